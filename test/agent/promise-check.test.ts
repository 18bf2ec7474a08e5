import { describe, expect, test } from 'vitest';
import { checkReply } from '../../src/agent/reply-check.ts';
import type { ModelItem } from '../../src/ports/model.ts';
import { modelRequest } from '../support/model-request.ts';

const { facts } = modelRequest();
const asked: ModelItem = { kind: 'customer-text', text: 'You have cancelled my order and sent the label.' };
const result = (output: object): ModelItem => ({
  kind: 'tool-result',
  callId: 'c',
  outputJson: JSON.stringify(output),
});
const check = (reply: string, ...items: readonly ModelItem[]) => checkReply(reply, facts, [asked, ...items]);

describe('a reply is held back that says of its own accord', () => {
  test.each([
    'I have sent you the replacement.',
    "I've shipped your new jacket!",
    'We just shipped the exchange for order #1001.',
    'Your replacement is on its way.',
    'The new size has been sent out.',
    'Your replacement was shipped yesterday.',
    'I have added the store credit to your account.',
    'Your credit is on your account.',
    'Your store credit has been issued.',
    'The store credit of the shirt is now available.',
    "I've emailed you the return label.",
    'The label has been sent to you.',
    'Your return label is on its way.',
    'I have cancelled your order.',
    'Your order has been cancelled.',
    'Order #1001 is cancelled now.',
    'I cancelled your return.',
    'Your return has been closed.',
    'We have received your return.',
    'Your return has arrived and is being settled.',
    'We’ve received your package.',
  ])('"%s"', (reply) => {
    expect(check(reply)).toBe('promise');
  });
});

describe('a reply may say', () => {
  test.each([
    'I can exchange 1 x Field Jacket (M) for 1 x Field Jacket (L). Reply YES to go ahead, or NO to leave it.',
    'The replacement is sent once the jacket has arrived.',
    'Once we have it, your store credit is added to your account.',
    'I can give you store credit. Would you like that?',
    'The exchange has not been sent yet.',
    "Your order hasn't been cancelled.",
    'Nothing was cancelled.',
    'I have sent your exchange to a manager for approval.',
    'I will cancel the return for you now.',
    'I am opening the return and will write here how to send it back.',
    'If your return has not arrived, write back.',
    'Did the label arrive?',
    'I could not send the label.',
  ])('"%s"', (reply) => {
    expect(check(reply)).toBeUndefined();
  });
});

describe('what was done is backed by', () => {
  const say = 'Order #1009 is cancelled already.';
  test.each([
    ['a tool that says it', result({ status: 'denied', rule: 'cancelled-order', say })],
    ['an order a tool shows', result({ status: 'found', order: { order_number: '#1009', cancelled: true } })],
    ['a text that was sent before', { kind: 'agent-text', text: say } as const],
  ])('%s', (_what, item) => {
    expect(check('Order #1009 was cancelled.', item)).toBeUndefined();
    expect(check('Order #1001 was cancelled.', item)).toBe('promise');
  });

  test('the sentence of the tool that cancels a return, and no other deed', () => {
    const withdrawn = result({ status: 'nothing_open', say: 'The return for order #1001 is cancelled.' });
    expect(check('Your return for order #1001 has been cancelled.', withdrawn)).toBeUndefined();
    expect(check('Your order #1001 has been cancelled.', withdrawn)).toBe('promise');
    expect(check('The label for order #1001 has been sent.', withdrawn)).toBe('promise');
  });

  test('the words in which a return is told where it stands', () => {
    const words = 'Return #1001-R1 is open. The label: https://example.com/1001. It stays open until Dec 24.';
    const known = result({ status: 'known', refunds: [], returns: [], say: words });
    expect(check(words, known)).toBeUndefined();
    expect(check('Return #1001-R1 is open until December 24.', known)).toBeUndefined();
    expect(check('Return #1001-R1 is open until December 25.', known)).toBe('date');
    expect(check('I have sent you the label for #1001-R1.', known)).toBe('promise');
  });

  test('no order that is not cancelled, and no word of the customer', () => {
    const open = result({ status: 'found', order: { order_number: '#1009', cancelled: false } });
    expect(check('Order #1009 was cancelled.', open)).toBe('promise');
  });
});
