import './report-crashes.ts';
import { readPolicyOptions } from './policy-tool/read-options.ts';
import { runPolicyTool } from './policy-tool/run-policy-tool.ts';
import { runTool } from './terminal/run-tool.ts';

// The file of POLICY_FILE may be the very one that is to be mended: reading the settings leaves it alone.
await runTool(readPolicyOptions(process.argv.slice(2)), runPolicyTool);
