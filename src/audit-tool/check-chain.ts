import { auditHash, countUnsealed, eachSealedRow } from '../storage/audit-chain.ts';
import type { Db } from '../storage/database.ts';

export type CheckedChain = {
  readonly sealed: number;
  /** The hash of the last row; whoever kept it elsewhere notices when the whole chain is replaced. */
  readonly head: string | undefined;
  /** A sentence each. */
  readonly problems: readonly string[];
};

/** Rows are sealed within seconds; after this nobody is at it. */
const sealedWithinSeconds = 600;

/** Reads the chain from its first row on and compares every row with its seal and with the row before it. */
export async function checkChain(
  db: Db,
  store: string,
  expectedHead: string | undefined,
): Promise<CheckedChain> {
  const problems: string[] = [];
  let number = 0;
  let sealed = 0;
  let head: string | null = null;
  let isHeadKnown = expectedHead === undefined;
  for await (const { chainNumber, previousHash, hash, content } of eachSealedRow(db, store)) {
    const found = chainNumber ?? 0;
    const missing = found - number - 1;
    if (missing > 0) problems.push(sayMissing(number + 1, found - 1));
    else if (missing < 0) problems.push(`Row ${found} was put before the first.`);
    else if (previousHash !== head) problems.push(`Row ${found} does not follow the row before it.`);
    if (auditHash(found, previousHash, content) !== hash)
      problems.push(
        `Row ${found} (${content.id}) is not what was sealed: it was changed, or put in its place.`,
      );
    sealed += 1;
    number = found;
    head = hash;
    isHeadKnown ||= hash === expectedHead;
  }
  if (!isHeadKnown) {
    problems.push(
      'The expected head is not in the chain: rows at its end are gone, or all were written anew.',
    );
  }
  const unsealed = await countUnsealed(db, store, sealedWithinSeconds);
  if (unsealed > 0) {
    problems.push(
      `${unsealed} rows have waited for more than ${sealedWithinSeconds / 60} minutes to be sealed; a running worker does it within seconds.`,
    );
  }
  return { sealed, head: head ?? undefined, problems };
}

function sayMissing(from: number, to: number): string {
  return from === to ? `Row ${from} is missing.` : `Rows ${from} to ${to} are missing.`;
}
