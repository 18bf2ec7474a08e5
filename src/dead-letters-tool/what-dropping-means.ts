import type { RefundId } from '../returns/ids.ts';
import { isTerminal } from '../returns/refund.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { DeadLetter } from '../storage/dead-letters.ts';
import { readRefund } from '../storage/refunds.ts';

export async function whatDroppingMeans(
  db: Tx | Db,
  { queue, subject }: Pick<DeadLetter, 'queue' | 'subject'>,
): Promise<string> {
  if (queue !== 'execute-refund') return meanings[queue] ?? 'It is not tried again.';
  const { state } = await readRefund(db, subject as RefundId);
  if (isTerminal(state)) return `The refund has ended already: ${state}.`;
  const again = 'The end of a pause sends it again.';
  // Made by hand as well, it would be paid twice.
  return state === 'sending' || state === 'unknown'
    ? `Shopify may have made this refund: it was asked to, and never answered. Look at the order there before you make it by hand. ${again}`
    : `The refund is not made and stays open in the ledger. Make it in Shopify by hand, or tell the customer. ${again}`;
}

const meanings: Readonly<Record<string, string>> = {
  'take-turn': 'The bot does not answer these messages; the customer was told that something went wrong.',
  'deliver-messages':
    'These texts are not sent until the next text to the same customer, which takes them along.',
  'announce-approval':
    'No card is posted. The approval is over, which counts as denied, and the customer is told.',
  'refresh-card': 'The card in Slack keeps showing what it shows now.',
  'expire-approval': 'The approval stays open until somebody decides it.',
  'post-staff-notes': 'The notes wait for the next one, which takes them along.',
  'release-conversation': 'The conversation stays with people until they hand it back.',
  'announce-return': 'The customer is not told how to send it back.',
  'follow-return': 'The return is looked at again when the ledgers are compared.',
  'end-return': 'The return stays open in Shopify.',
  'add-tags': 'The tags are missing in Shopify.',
  'reconcile-refunds': 'The ledgers are not compared until a worker starts.',
  'sweep-inbound': "Twilio's list is not read until a worker starts.",
};
