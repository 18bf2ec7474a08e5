import './report-crashes.ts';
import { configOrExit, launch, stopOnSignal } from './launch.ts';

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
  for (const sentence of [
    'I want to return the blue shirt from order 1001      (a small refund, made at once after your yes)',
    'return the walnut desk from 1002                     (a big one: a manager approves it in Slack)',
    'can I still return the vase from 1003?               (too late: the policy says no, and why)',
    'exchange the field jacket from 1021 for L            (as Omar Aziz, +15551230012: sent when the first is back)',
  ]) {
    console.log(`    ${sentence}`);
  }
  console.log('\n  Ctrl-C stops it; what happened is kept in .data and is there again at the next start.\n');
}
