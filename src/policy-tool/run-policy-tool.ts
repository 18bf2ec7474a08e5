import { PolicyFileError } from '../app/load-policy.ts';
import type { Config } from '../config.ts';
import { ExternalError } from '../errors.ts';
import type { Terminal } from '../terminal/screen.ts';
import { checkFile } from './check-file.ts';
import { explainCase } from './explain-case.ts';
import { publishFile } from './publish-file.ts';
import type { PolicyCommand } from './read-options.ts';
import { Refusal } from './refusal.ts';
import { replayFile } from './replay-file.ts';
import { showHistory } from './show-history.ts';

/** Resolves with the exit code. */
export async function runPolicyTool(
  config: Config,
  command: PolicyCommand,
  { output, errors }: Pick<Terminal, 'output' | 'errors'>,
): Promise<number> {
  try {
    output.write(`${(await run(config, command)).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (error instanceof ExternalError) {
      errors.write(`${nameOf(error)} cannot be asked right now${error.code ? ` (${error.code})` : ''}.\n`);
      return 1;
    }
    if (!(error instanceof Refusal || error instanceof PolicyFileError)) throw error;
    errors.write(`${error.message}\n`);
    return 1;
  }
}

function run(config: Config, command: PolicyCommand): Promise<readonly string[]> {
  switch (command.name) {
    case 'check':
      return checkFile(config, command.file);
    case 'explain':
      return explainCase(config, command);
    case 'replay':
      return replayFile(config, command);
    case 'publish':
      return publishFile(config, command);
    case 'history':
      return showHistory(config);
  }
}

function nameOf({ service }: ExternalError): string {
  return service === 'shopify' ? 'The shop' : service;
}
