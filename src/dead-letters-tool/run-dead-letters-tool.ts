import type { Config } from '../config.ts';
import { withRecords } from '../policy-tool/open-records.ts';
import { Refusal } from '../policy-tool/refusal.ts';
import { openJobQueue } from '../storage/jobs.ts';
import type { Terminal } from '../terminal/screen.ts';
import type { Desk } from './desk.ts';
import { dropLetter } from './drop-letter.ts';
import type { DeadLettersCommand } from './read-options.ts';
import { retryAll, retryLetter } from './retry-letters.ts';
import { listLetters, showLetter } from './show-letters.ts';

/** Resolves with the exit code. */
export async function runDeadLettersTool(
  config: Config,
  command: DeadLettersCommand,
  { output, errors }: Pick<Terminal, 'output' | 'errors'>,
): Promise<number> {
  try {
    const lines = await withRecords(config, async ({ db, store, url }) => {
      const jobs = openJobQueue(url, { works: false, onError: () => {} });
      await jobs.start();
      try {
        return await run({ db, store, jobs }, command);
      } finally {
        await jobs.stop();
      }
    });
    output.write(`${lines.join('\n')}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    errors.write(`${error.message}\n`);
    return 1;
  }
}

function run(desk: Desk, command: DeadLettersCommand): Promise<readonly string[]> {
  switch (command.name) {
    case 'list':
      return listLetters(desk);
    case 'show':
      return showLetter(desk, command.seq);
    case 'retry':
      return command.seq === 'all' ? retryAll(desk) : retryLetter(desk, command.seq);
    case 'drop':
      return dropLetter(desk, command);
  }
}
