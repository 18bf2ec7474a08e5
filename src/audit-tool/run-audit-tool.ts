import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { withRecords } from '../policy-tool/open-records.ts';
import { Refusal } from '../policy-tool/refusal.ts';
import type { Terminal } from '../terminal/screen.ts';
import { type CheckedChain, checkChain } from './check-chain.ts';
import { exportAudit } from './export-audit.ts';
import type { AuditCommand } from './read-options.ts';

type Streams = Pick<Terminal, 'output' | 'errors'>;

/** Resolves with the exit code: 1 where the log is not what was written, or cannot be read. */
export async function runAuditTool(
  config: Config,
  command: AuditCommand,
  { output, errors }: Streams,
): Promise<number> {
  try {
    return await withRecords(config, async ({ db, store }) => {
      if (command.name === 'export') {
        await pipeline(Readable.from(exportAudit(db, store)), output, { end: false });
        return 0;
      }
      const checked = await checkChain(db, store, command.expectedHead);
      output.write(`${describe(checked).join('\n')}\n`);
      return checked.problems.length === 0 ? 0 : 1;
    });
  } catch (error) {
    // `npm run audit -- export | head` has read what it wanted.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0;
    if (!(error instanceof Refusal)) throw error;
    errors.write(`${error.message}\n`);
    return 1;
  }
}

const mostShown = 20;

function describe({ sealed, head, problems }: CheckedChain): readonly string[] {
  const hidden = problems.length - mostShown;
  return [
    ...problems.slice(0, mostShown),
    ...(hidden > 0 ? [`And ${hidden} more.`] : []),
    problems.length === 0
      ? `${sealed} rows, each as it was sealed.`
      : `${sealed} rows, not all as they were sealed.`,
    ...(head ? [`Head: ${head}`, 'Keep it somewhere else, and give it to --expect-head next time.'] : []),
  ];
}
