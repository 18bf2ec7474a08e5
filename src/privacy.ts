import './report-crashes.ts';
import { readPrivacyOptions } from './privacy-tool/read-options.ts';
import { runPrivacyTool } from './privacy-tool/run-privacy-tool.ts';
import { runTool } from './terminal/run-tool.ts';

await runTool(readPrivacyOptions(process.argv.slice(2)), runPrivacyTool);
