import { Refusal } from '../policy-tool/refusal.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { changeLetter, lockLetter, withdrawJobs } from '../storage/dead-letters.ts';
import { loginName } from '../terminal/login-name.ts';
import { type Desk, findLetter, refuseEnded } from './desk.ts';

export async function dropLetter(
  desk: Desk,
  { seq, reason, yes }: { readonly seq: number; readonly reason: string; readonly yes: boolean },
): Promise<readonly string[]> {
  const found = await findLetter(desk, seq);
  refuseEnded(found);
  const meaning = whatDroppingMeans(found.queue);
  if (movesMoney.has(found.queue) && !yes) {
    throw new Refusal(`Dead letter ${seq} is about money. ${meaning} Add --yes to drop it all the same.`);
  }
  await desk.db.transaction(async (tx) => {
    const letter = await lockLetter(tx, found.id);
    if (!letter) throw new Refusal(`There is no dead letter ${seq} any more.`);
    refuseEnded(letter);
    if ((await withdrawJobs(tx, letter)) === 'runs') {
      throw new Refusal(`Dead letter ${seq} is being tried this moment. Ask again in a minute.`);
    }
    await changeLetter(tx, letter.id, 'dropped');
    await recordAudit(tx, {
      store: letter.store,
      actor: 'operator',
      action: 'dead-letter.dropped',
      subject: letter.subject,
      detail: { letter: seq, queue: letter.queue, by: loginName(), reason },
    });
  });
  return [`Dead letter ${seq} was dropped. ${meaning}`];
}

const movesMoney: ReadonlySet<string> = new Set(['execute-refund', 'end-return', 'follow-return']);

export function whatDroppingMeans(queue: string): string {
  return meanings[queue] ?? 'It is not tried again.';
}

const meanings: Readonly<Record<string, string>> = {
  'take-turn': 'The bot does not answer these messages; the customer was told that something went wrong.',
  'deliver-messages':
    'These texts are not sent until the next text to the same customer, which takes them along.',
  'execute-refund':
    'The refund is not made and stays open in the ledger. Make it in Shopify by hand, or tell the customer. The end of a pause sends it again.',
  'announce-approval': 'No card is posted; the approval ends when its time is over, and counts as denied.',
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
