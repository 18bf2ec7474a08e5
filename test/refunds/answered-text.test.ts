import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendMessage } from '../../src/storage/conversations.ts';
import { readQuote } from '../../src/storage/quotes.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

let desk: RefundDesk;
beforeAll(async () => {
  desk = await openRefundDesk();
});
afterAll(() => desk.close());

/** Two quotes were shown, and a yes to one of the two texts came by its button or as a quotation. */
async function yesTo(which: 'earlier' | 'later', phone: string, earlier: string, later: string) {
  const asker = await desk.customer(phone);
  const { conversation } = asker;
  const shown: number[] = [];
  let quoteId = await desk.quote(asker, '1001', earlier);
  for (const title of [undefined, later]) {
    if (title) quoteId = await desk.quote(asker, '1001', title);
    await desk.show(asker, quoteId);
    const row = await desk.db.transaction((tx) => readQuote(tx, conversation.id, quoteId));
    shown.push(row?.shownInSeq ?? 0);
  }
  const seq = which === 'earlier' ? shown[0] : shown[1];
  await desk.db.transaction((tx) => appendMessage(tx, conversation, 'customer', 'Yes', null, null, 0, seq));
  return (await desk.submit(asker, quoteId)).kind;
}

test('a yes to the text of an earlier quote does not agree to the newer one', async () => {
  expect(await yesTo('earlier', '+15551230001', 'Shirt', 'Socks')).toBe('not-confirmed');
});

test('a yes to the very text that shows the quote agrees to it', async () => {
  expect(await yesTo('later', '+15551230001', 'Shirt', 'Socks')).toBe('submitted');
});
