import './report-crashes.ts';
import { readDeadLettersOptions } from './dead-letters-tool/read-options.ts';
import { runDeadLettersTool } from './dead-letters-tool/run-dead-letters-tool.ts';
import { runTool } from './terminal/run-tool.ts';

await runTool(readDeadLettersOptions(process.argv.slice(2)), runDeadLettersTool);
