import { ExternalError } from '../errors.ts';
import type { ReturnId } from '../returns/ids.ts';
import { lockWithSender } from '../storage/conversations.ts';
import { databaseNow } from '../storage/database.ts';
import {
  lockReturn,
  type ReturnRow,
  readQuoteOfReturn,
  readReturn,
  updateReturn,
} from '../storage/returns.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { RefundContext } from './context.ts';
import { sayWayBack } from './say-way-back.ts';
import { tellCustomer } from './tell-customer.ts';

/**
 * Tells the customer of an open return, once, how to send it back. While a turn runs nothing is said: its
 * commit runs this again after its own reply.
 */
export async function announceReturn(context: RefundContext, returnId: ReturnId): Promise<void> {
  const { db, jobs, policies } = context;
  const row = await readReturn(db, returnId);
  const quote = await readQuoteOfReturn(db, returnId);
  if (row?.state !== 'open' || row.toldAt || !quote) return;
  const labelUrl = quote.label && fillIn(quote.label, row);
  if (labelUrl) await attachLabel(context, row, labelUrl);
  const policy = (await policies.find(quote.policyVersion)) ?? policies.current();
  await db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, row.conversationId);
    const current = await lockReturn(tx, returnId);
    if (current?.state !== 'open' || current.toldAt) return;
    if (locked.conversation.turnStartedAt !== null) return;
    await updateReturn(tx, returnId, { toldAt: await databaseNow(tx), labelUrl });
    const told = { ...current, labelUrl: labelUrl ?? null };
    const text =
      locked.conversation.party === 'staff'
        ? `Return ${current.shopReturnName} is open for order ${row.orderName}. ${sayWayBack(told, quote, policy.returnInstructions)}`
        : `Your return ${current.shopReturnName} for order ${row.orderName} is open. ${sayWayBack(told, quote, policy.returnInstructions)}`;
    await tellCustomer(tx, jobs, locked, text, {
      unprompted: true,
      staffInstead: `Return ${current.shopReturnName} for order ${row.orderName} is open. The customer opted out of messages and was not told how to send it back.`,
    });
  });
}

/** `{order}` and `{return}` in the template of the policy, without `#`. */
function fillIn(template: string, { orderName, shopReturnName }: ReturnRow): string {
  const named = (name: string | null) => encodeURIComponent((name ?? '').replace(/^#/, ''));
  return template.replaceAll('{order}', named(orderName)).replaceAll('{return}', named(shopReturnName));
}

/** Without it in the shop the customer still has the link, so only staff are told when the shop refuses it. */
async function attachLabel(context: RefundContext, row: ReturnRow, labelUrl: string): Promise<void> {
  const { db, jobs, storefront } = context;
  const returnId = row.shopReturnId ?? '';
  try {
    const parcels = (await storefront.readReturn(returnId))?.parcels ?? [];
    for (const { id: parcelId } of parcels) {
      const answer = await storefront.attachLabel({ returnId, parcelId, labelUrl });
      if (answer.kind === 'done') continue;
      throw new ExternalError({ service: 'shopify', retryable: false, outcome: 'refused', code: 'label' });
    }
  } catch (error) {
    if (!(error instanceof ExternalError) || error.retryable) throw error;
    const text = `Shopify did not take the label for return ${row.shopReturnName}. The customer has its link; add it to the return by hand if you need it there.`;
    await db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store: row.store, text }, 'ever'));
  }
}
