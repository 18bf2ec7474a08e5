import './report-crashes.ts';
import { configOrExit } from './launch.ts';
import { readChatOptions } from './terminal/read-chat-options.ts';
import { runChat } from './terminal/run-chat.ts';

const terminal = { input: process.stdin, output: process.stdout, errors: process.stderr };
const read = readChatOptions(process.argv.slice(2));
switch (read.kind) {
  case 'ok':
    process.exit(await runChat(configOrExit(), read.options, terminal));
    break;
  case 'usage':
    console.log(read.text);
    break;
  case 'wrong':
    console.error(read.sentence);
    process.exitCode = 1;
}
