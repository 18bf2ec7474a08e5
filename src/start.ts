import { configOrExit, launch, stopOnSignal } from './launch.ts';
import { describeDemoStore } from './sandbox/demo-store.ts';

const config = configOrExit();
const launched = await launch(config);
stopOnSignal(launched.stop, config.shutdownGraceMs);

for (const warning of config.warnings) console.warn(`Warning: ${warning}`);
console.log(`\nThe returns agent listens on ${launched.url}`);
if (launched.sandbox) {
  console.log(`It runs in the sandbox: a demo store, phones and a Slack workspace on this machine, no account needed.

  Open ${launched.url} to text the store, watch the approval card appear and click it.
  Or run "npm run chat" in a second terminal. Things to say:
`);
  for (const story of describeDemoStore().slice(0, 3)) console.log(`    ${story.summary}`);
  console.log('\n  Ctrl-C stops it; what happened is kept in .data and is there again at the next start.\n');
}
