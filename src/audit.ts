import './report-crashes.ts';
import { readAuditOptions } from './audit-tool/read-options.ts';
import { runAuditTool } from './audit-tool/run-audit-tool.ts';
import { runTool } from './terminal/run-tool.ts';

await runTool(readAuditOptions(process.argv.slice(2)), runAuditTool);
