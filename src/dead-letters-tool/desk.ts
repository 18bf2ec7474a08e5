import { Refusal } from '../policy-tool/refusal.ts';
import type { Db } from '../storage/database.ts';
import { type OpenLetter, readLetter } from '../storage/dead-letters.ts';
import type { JobQueue } from '../storage/jobs.ts';

export type Desk = { readonly db: Db; readonly store: string; readonly jobs: JobQueue };

export async function findLetter({ db, store }: Desk, seq: number): Promise<OpenLetter> {
  const letter = await readLetter(db, store, seq);
  if (!letter) throw new Refusal(`There is no dead letter ${seq}; npm run dead-letters -- list shows them.`);
  return letter;
}

export function refuseEnded({ seq, state, endedAt }: Pick<OpenLetter, 'seq' | 'state' | 'endedAt'>): void {
  if (!endedAt) return;
  throw new Refusal(
    state === 'done' ? `Dead letter ${seq} was done meanwhile.` : `Dead letter ${seq} was dropped already.`,
  );
}
