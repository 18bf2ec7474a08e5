import { databaseNow } from '../storage/database.ts';
import { forgetOld, forgetShortLived } from '../storage/erasure.ts';
import { endPrivacyRequest, openPrivacyRequests, type PrivacyRequest } from '../storage/privacy-requests.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import { forgetEndedWindows } from '../storage/usage.ts';
import type { ConversationContext } from './context.ts';
import { type Erased, eraseRequested } from './erase-requested.ts';

const dayMs = 86_400_000;
const batchSize = 500;
/** A job may take five minutes; what is left after so many is taken up soon. */
const mostBatches = 100;

/** Once a day: what is older than it may be kept is forgotten, and what people asked for is done. */
export async function keepPrivacy(context: ConversationContext): Promise<void> {
  const { db, jobs, store, log } = context.refunds;
  for (const request of await openPrivacyRequests(db, store)) {
    if (request.kind !== 'export') await settle(context, request);
  }
  await forgetShortLived(db, store);
  await forgetEndedWindows(db);
  const now = (await databaseNow(db)).getTime();
  const scope = { kind: 'older', store, than: new Date(now - context.retentionDays * dayMs) } as const;
  let forgotten = 0;
  let isDone = false;
  for (let batch = 0; batch < mostBatches && !isDone; batch++) {
    const count = await forgetOld(db, scope, batchSize);
    forgotten += count;
    isDone = count === 0;
  }
  log.info('What is older than it may be kept was forgotten', { count: forgotten });
  await db.transaction(async (tx) => {
    const startsAt = (await databaseNow(tx)).getTime() + (isDone ? dayMs : 60_000);
    await jobs.enqueue(tx, 'keep-privacy', { store }, { startAfter: new Date(startsAt) });
  });
}

async function settle({ refunds, personal }: ConversationContext, request: PrivacyRequest): Promise<void> {
  const { db, jobs, store } = refunds;
  const erased = await eraseRequested({ db, personal }, request);
  const whose = request.kind === 'erase-shop' ? "the shop's data" : "a customer's data";
  await db.transaction(async (tx) => {
    if (erased.kind === 'unreadable') await endPrivacyRequest(tx, request.id);
    await addStaffNoteOnce(tx, jobs, { store, text: say(erased, whose, request.id) }, 'ever');
  });
}

function say(erased: Erased, whose: string, id: string): string {
  switch (erased.kind) {
    case 'erased':
      return `I was asked to erase ${whose}, and did (request ${id}).`;
    case 'waits':
      return `I was asked to erase ${whose} (request ${id}). ${whatWaits[erased.for]} I look again every day and erase it after 25 days at the latest.`;
    case 'unreadable':
      return `I was asked to erase ${whose} (request ${id}) and cannot read whose: the key it was encrypted with is gone. Do it by hand: npm run privacy -- erase.`;
  }
}

const whatWaits: Readonly<Record<'refund' | 'return' | 'message', string>> = {
  refund: 'A refund is not settled yet.',
  return: 'A return is still open.',
  message: 'A message is not answered yet.',
};
