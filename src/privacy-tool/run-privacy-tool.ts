import { personalDataKeys } from '../app/personal-data-keys.ts';
import type { Config } from '../config.ts';
import { type Erased, eraseRequested } from '../conversation/erase-requested.ts';
import { ExternalError } from '../errors.ts';
import { withRecords } from '../policy-tool/open-records.ts';
import { Refusal } from '../policy-tool/refusal.ts';
import { createPersonalData } from '../storage/personal-data.ts';
import type { Terminal } from '../terminal/screen.ts';
import { exportPerson } from './export-person.ts';
import { findPerson } from './find-person.ts';
import type { PrivacyCommand } from './read-options.ts';

/** Resolves with the exit code: 2 when something is still waited for, and erased later. */
export async function runPrivacyTool(
  config: Config,
  command: PrivacyCommand,
  { output, errors }: Pick<Terminal, 'output' | 'errors'>,
): Promise<number> {
  try {
    return await withRecords(config, async ({ db, store }) => {
      const records = { db, store, personal: createPersonalData(personalDataKeys(config)) };
      const asked = await findPerson(config, records, command);
      if (command.name === 'export') {
        const path = command.file ?? `personal-data-${asked.request.id}.json`;
        const { conversations } = await exportPerson(records, asked, path);
        output.write(`${countOf(conversations)} and what belongs to it: ${path}\n`);
        return 0;
      }
      const erased = await eraseRequested(records, asked.request);
      output.write(`${describeErasure(erased, asked.request.id)}\n`);
      return erased.kind === 'waits' ? 2 : 0;
    });
  } catch (error) {
    if (error instanceof ExternalError) {
      errors.write(`The shop cannot be asked right now${error.code ? ` (${error.code})` : ''}.\n`);
      return 1;
    }
    if (!(error instanceof Refusal)) throw error;
    errors.write(`${error.message}\n`);
    return 1;
  }
}

function describeErasure(erased: Erased, id: string): string {
  switch (erased.kind) {
    case 'erased':
      return `Erased: ${countOf(erased.conversations)}.`;
    case 'waits':
      return `Not everything can be erased yet: ${openThings[erased.for]}. The request (${id}) stays open: the program looks again every day and erases the rest after 25 days at the latest.`;
    case 'unreadable':
      return `Request ${id} cannot be read: the key it was encrypted with is gone.`;
  }
}

const openThings = {
  refund: 'a refund is not settled',
  return: 'a return is open',
  message: 'a message is not answered',
} as const;

function countOf(conversations: number): string {
  return conversations === 1 ? '1 conversation' : `${conversations} conversations`;
}
