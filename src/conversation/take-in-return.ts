import type {
  FoundReturn,
  ReturnReference,
  StaffPerson,
  TakeInAnswer,
  TakenIn,
} from '../ports/staff-desk.ts';
import { recordArrival } from '../refunds/record-arrival.ts';
import { mayTakeIn } from '../returns/may-take-in.ts';
import { findReturnsNamed, type OpenReturnRow, readOpenReturn } from '../storage/open-returns.ts';
import type { ConversationContext } from './context.ts';
import { staffName } from './is-staff.ts';
import { toOpenReturn } from './open-return.ts';
import { whoIs } from './who-is.ts';

/** What a colleague may take in now. Throws ExternalError when Slack cannot say who this is. */
export async function findReturnToTakeIn(
  context: ConversationContext,
  by: StaffPerson,
  reference: ReturnReference,
): Promise<FoundReturn> {
  if ((await whoIs(context, by)) === 'nobody') return notStaff;
  const [row, ...others] = await findRows(context, reference);
  if (!row) return { kind: 'not-found' };
  if (others.length > 0) return { kind: 'several', names: [row, ...others].map(({ name }) => name) };
  return mayTakeIn(row, by.userId) ? { kind: 'found', openReturn: toOpenReturn(row) } : ownRequest;
}

/** Goods that a colleague has in their hands: what came is settled. Throws as above; nothing changed then. */
export async function takeInReturn(context: ConversationContext, taken: TakenIn): Promise<TakeInAnswer> {
  const { refunds, staff } = context;
  const { returnId, refundId, lines, by } = taken;
  if (!staff || (await whoIs(context, by)) === 'nobody') return notStaff;
  const row = await readOpenReturn(refunds.db, refunds.store, returnId);
  // Open again in a moment it would be taken in by somebody nobody checked.
  if (!row) return { kind: 'already' };
  if (!mayTakeIn(row, by.userId)) return ownRequest;
  const name = await staffName(staff, by);
  const recorded = await recordArrival(refunds, { returnId, refundId, lines, by: by.userId, name });
  return recorded.kind === 'recorded' ? { kind: 'recorded', say: `You took in ${recorded.what}.` } : recorded;
}

const notStaff = { kind: 'not-allowed', why: 'not-staff' } as const;
const ownRequest = { kind: 'not-allowed', why: 'requester' } as const;

async function findRows(
  { refunds: { db, store } }: ConversationContext,
  reference: ReturnReference,
): Promise<readonly OpenReturnRow[]> {
  if ('name' in reference) return findReturnsNamed(db, store, reference.name);
  const row = await readOpenReturn(db, store, reference.returnId);
  return row ? [row] : [];
}
