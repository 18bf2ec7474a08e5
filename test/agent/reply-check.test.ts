import { describe, expect, test } from 'vitest';
import { checkReply } from '../../src/agent/reply-check.ts';
import type { ModelItem } from '../../src/ports/model.ts';
import { modelRequest } from '../support/model-request.ts';

const { facts } = modelRequest();
const asked: ModelItem = { kind: 'customer-text', text: 'I paid $99.00 on March 3 and want 50% in 2 days' };
const result = (output: object): ModelItem => ({
  kind: 'tool-result',
  callId: 'c',
  outputJson: JSON.stringify(output),
});
const quoted = result({ status: 'quoted', amount: '$1,234.50', fee: '$24.00', placed_on: '2026-11-05' });
const refunded = { ...facts, refunds: [{ order_number: '#1', amount: '$24.00', state: 'refunded' }] };

const check = (reply: string, items: readonly ModelItem[] = [asked, quoted], known = facts) =>
  checkReply(reply, known, items);

describe('a reply may name', () => {
  test.each([
    ['the amount as it was given', 'You get $1,234.50 back.'],
    ['the amount without its separator', 'You get $1234.50 back.'],
    ['the amount with its code', 'You get 1,234.50 USD back.'],
    ['the amount as other countries write it', 'Sie bekommen 1.234,50 USD zurück.'],
    ['a round amount without its zeros', 'The fee is $24.'],
    ['several known amounts', '$1,234.50, after a fee of $24.00.'],
    ['the day of a known date', 'You bought it on November 5.'],
    ['the day before the month', 'You bought it on 5th of November 2026.'],
    ['the days of the policy', 'You have 30 days to return it; our 30-day window is long.'],
    ['an order number and a quantity', 'That is order #1001 with 2 shirts of size 42.'],
    ['an amount it said before', 'As I said: $7.00.'],
  ])('%s', (_what, reply) => {
    const before: ModelItem = { kind: 'agent-text', text: 'That is $7.00.' };
    expect(check(reply, [asked, before, quoted])).toBeUndefined();
  });
});

describe('a reply is held back that names', () => {
  test.each([
    ['an amount nobody gave', 'You get $1,234.60 back.'],
    ['the amount ten times over', 'You get $12,345.00 back.'],
    ['the amount a hundredth of it', 'You get $12.34 back.'],
    ['an amount only the customer named', 'You get $99.00 back.'],
    ['a bare figure with cents', 'You get 52.99 back.'],
    ['an amount in words of a currency', 'You get 99 dollars back.'],
    ['an amount in euros', 'Sie bekommen 12,50 € zurück.'],
    ['an amount with the code in front', 'You get EUR 12.50 back.'],
    ['an amount without decimals', 'You get ¥1300 back.'],
    ['an amount to three decimals', 'You get KWD 18.751 back.'],
    ['a percentage nobody gave', 'I can take 50% off.'],
    ['an amount in full-width characters', 'You get ＄９９．５０ back.'],
    ['an amount in the digits of another script', 'You get ٩٩ dollars back.'],
    ['an amount with nothing visible between its digits', 'You get $9\u200b9.50 back.'],
    ['an amount in words', 'You get ninety-nine dollars back.'],
  ])('%s', (_what, reply) => {
    expect(check(reply)).toBe('amount');
  });

  test.each([
    ['a date nobody gave', 'You get it by November 12.'],
    ['a date as a number', 'You get it by 12/24/2026.'],
    ['a date in a German way', 'Sie bekommen es am 24.12.2026.'],
    ['a date only the customer named', 'You bought it on March 3.'],
    ['a number of days nobody gave', 'It takes 5 to 7 business days.'],
    ['a range of days', 'It takes 5-7 days.'],
    ['a time only the customer named', 'You get it within 2 days.'],
    ['hours', 'Your bank needs 48 hours.'],
    ['a day of the week', 'You have it by Friday.'],
  ])('%s', (_what, reply) => {
    expect(check(reply)).toBe('date');
  });

  test.each(['', '   ', '\n\n'])('nothing at all: "%s"', (reply) => {
    expect(check(reply)).toBe('empty');
  });
});

describe('a reply that says the money is back', () => {
  const claims = [
    'Your refund has been issued.',
    'Your order was refunded.',
    'You have been refunded!',
    "You've been refunded!",
    'You’ve been refunded!',
    "I've refunded your shirt.",
    'I just refunded your shirt.',
    'We refunded you.',
    'I have successfully credited your card.',
    'I processed your refund.',
    'Your refund is complete.',
    'Your refund is on its way.',
    'Your refund of $24.00 for order #1 is on its way.',
    'The refund for your shirt is already done.',
    'The refund went through.',
    'Refund completed!',
    'I sent your money back.',
    'Your refund is complete, and once your bank has it you will see it.',
    'Your refund has been sent; it arrives when your bank books it.',
  ];
  test.each(claims)('is held back while no refund was made: "%s"', (reply) => {
    expect(check(reply)).toBe('refunded');
  });
  test.each(claims)('is let through once one was: "%s"', (reply) => {
    expect(check(reply, [asked], refunded)).toBeUndefined();
  });

  test('is let through when a tool says that the refund ended', () => {
    const ended = result({
      status: 'already_submitted',
      state: 'refunded',
      say: 'That refund is already done.',
    });
    expect(check('That refund is already done.', [asked, ended])).toBeUndefined();
  });

  test.each([
    'Thank you. Your refund of $24.00 for order #1001 is being made now; I will confirm here when it is done.',
    'I can refund it to your original payment method. Reply YES to go ahead.',
    'It has not been refunded yet.',
    "It hasn't been refunded.",
    'Your refund is being made now; I will confirm here when it is done.',
    'A manager has to look at the refund first.',
    'Refunds go back to the original payment method.',
    'Do you want a refund?',
    'The refund was not approved.',
    'Your refund is made once the shirt has arrived.',
    'Your refund is issued as soon as we have it back.',
  ])('is not what this one says: "%s"', (reply) => {
    expect(check(reply)).toBeUndefined();
  });
});

describe('a list of the day’s refunds', () => {
  const listed = result({
    status: 'listed',
    refunds: [
      { order_number: '#1001', amount: '$48.00', state: 'refunded', at: '2026-11-23T14:05:00.000Z' },
      {
        order_number: '#1002',
        amount: '$420.00',
        state: 'awaiting-approval',
        at: '2026-11-23T14:00:00.000Z',
      },
    ],
    total_refunded: ['$48.00'],
    say: '1 refund was made today, $48.00 in total.\n14:05 #1001: $48.00, refunded',
  });

  test.each([
    ['its own words', '1 refund was made today, $48.00 in total.\n14:05 #1001: $48.00, refunded'],
    ['an order it names as refunded', 'Yes: $48.00 of order #1001 has been refunded today, November 23.'],
    ['its total', 'So far $48.00 was refunded.'],
    ['what still waits', '#1001 has been refunded. #1002 ($420.00) waits for approval.'],
  ])('vouches for %s', (_what, reply) => {
    expect(check(reply, [asked, listed])).toBeUndefined();
  });

  test.each([
    ['an order it names as waiting', 'Order #1002 has been refunded.', 'refunded'],
    ['an order it does not name', 'Orders #1001 and #1003 have been refunded.', 'refunded'],
    ['an order named a sentence before', 'That is order #1002. It has been refunded.', 'refunded'],
    ['another total', 'So far $468.00 was refunded.', 'amount'],
    ['another day', 'Made on November 22: $48.00.', 'date'],
  ])('does not vouch for %s', (_what, reply, problem) => {
    expect(check(reply, [asked, listed])).toBe(problem);
  });

  test('vouches for no refund when it has none', () => {
    const empty = result({
      status: 'listed',
      refunds: [],
      total_refunded: [],
      say: 'No refunds so far today.',
    });
    expect(check('No refunds so far today.', [asked, empty])).toBeUndefined();
    expect(check('Order #1001 has been refunded.', [asked, empty])).toBe('refunded');
  });
});

describe('where a refund stands', () => {
  const say =
    'The refund of $48.00 for order #1001 was made on Nov 3. Banks usually take 5 to 10 business days.';
  const view = {
    order_number: '#1001',
    amount: '$48.00',
    on: '2026-11-03',
    reason: null,
    made_by_hand: false,
  };
  const known = (state: string, words = say) =>
    result({ status: 'known', refunds: [{ ...view, state }], returns: [], say: words });

  test.each([
    ['its own words', say],
    ['the figures in them', 'Your $48.00 were sent on November 3; it takes 5 to 10 business days.'],
    ['an order whose refund was made', 'Order #1001 has been refunded.'],
  ])('vouches for %s', (_what, reply) => {
    expect(check(reply, [asked, known('made')])).toBeUndefined();
  });

  test.each([
    ['other days', 'It takes 3 to 5 business days.', 'date'],
    ['an amount that stands in its data alone', 'It is $48.00.', 'amount'],
    ['a day that stands in its data alone', 'It was on November 3.', 'date'],
    ['a refund whose payment failed', 'Order #1001 has been refunded.', 'refunded'],
    ['a claim that names no order', 'You have been refunded.', 'refunded'],
  ])('does not vouch for %s', (_what, reply, problem) => {
    const failed = known('payment_failed', 'It did not go through. A person will look into it.');
    expect(check(reply, [asked, failed])).toBe(problem);
  });

  test('counts for more than what the facts knew before', () => {
    const before = { ...facts, refunds: [{ order_number: '#1001', amount: '$48.00', state: 'refunded' }] };
    const claim = 'Order #1001 has been refunded.';
    expect(check(claim, [asked], before)).toBeUndefined();
    expect(check(claim, [asked, known('payment_failed')], before)).toBe('refunded');
    expect(check(claim, [asked, known('made')], before)).toBeUndefined();
  });
});

describe('the orders of a customer', () => {
  const choose = result({
    status: 'choose',
    orders: [{ order_number: '#1001', placed_on: '2026-11-14', items: [{ title: 'Shirt', quantity: 1 }] }],
  });

  test('vouch for their days, and for nothing of money', () => {
    expect(check('Order #1001 of November 14.', [asked, choose])).toBeUndefined();
    expect(check('Order #1001 of November 15.', [asked, choose])).toBe('date');
    expect(check('Order #1001 was $48.00.', [asked, choose])).toBe('amount');
    expect(check('Order #1001 has been refunded.', [asked, choose])).toBe('refunded');
  });
});

test('a denial may be repeated as the tool said it', () => {
  const say = 'This has already been refunded (Cotton Socks).';
  const denied = result({ status: 'denied', rule: 'already-refunded', say });
  expect(check(`Sorry, that is not possible. ${say}`, [asked, denied])).toBeUndefined();
  expect(check('The socks have been refunded.', [asked, denied])).toBe('refunded');
});
