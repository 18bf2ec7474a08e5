import { expect } from 'vitest';
import { askForDesk, type Journey, maya, noah, type Point, sees } from './journey.ts';

type Moment = 'asked' | 'first-shown';

const points: readonly Point<Moment>[] = [
  {
    title: 'the order is read again at the first click',
    at: 'asked',
    trap: { provider: 'shop', operation: 'order', when: 'before' },
  },
  {
    title: 'the order was read at the first click and nothing is committed',
    at: 'asked',
    trap: { provider: 'shop', operation: 'order', when: 'after' },
  },
  { title: 'the first vote is committed', at: 'asked', trap: { committed: 'refresh-card', by: 'web' } },
  {
    title: 'the first vote is about to be shown',
    at: 'asked',
    trap: { provider: 'workspace', operation: 'chat.update', when: 'before' },
  },
  {
    title: 'the first vote was shown and the answer is lost',
    at: 'asked',
    trap: { provider: 'workspace', operation: 'chat.update', when: 'after' },
  },
  { title: 'one of two has approved', at: 'first-shown', trap: 'now' },
  {
    title: 'the order was read at the second click and nothing is committed',
    at: 'first-shown',
    trap: { provider: 'shop', operation: 'order', when: 'after' },
  },
  {
    title: 'the second vote is committed',
    at: 'first-shown',
    trap: { committed: 'execute-refund', by: 'web' },
  },
  {
    title: 'the refund two people approved was made and the answer is lost',
    at: 'first-shown',
    trap: { provider: 'shop', operation: 'refundCreate', when: 'after' },
  },
  {
    title: 'the card was closed and the answer is lost',
    at: 'first-shown',
    trap: { provider: 'workspace', operation: 'chat.update', when: 'after' },
  },
];

export const twoApprovers: Journey<Moment> = {
  name: 'a refund that two people approve is made',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('420.00');
    const card = await askForDesk(people, { phone, orderNumber });
    const shown = () => JSON.stringify(people.cardsOf(orderNumber));
    await reach('asked');
    await people.press(maya, card, 'approve_refund');
    await sees('the first vote on the card', () => shown().includes('1 of 2'));
    await people.settled();
    // Whoever saw the process die does not know what became of the click.
    await people.press(maya, card, 'approve_refund');
    await people.settled();
    expect(people.refundsOf(orderNumber)).toEqual([]);

    await reach('first-shown');
    await people.press(noah, card, 'approve_refund');
    await sees('the outcome', () => people.textsTo(phone, 'Done:').length > 0);
    await people.settled();

    expect(people.refundsOf(orderNumber)).toEqual([42_000]);
    expect(people.textsTo(phone)).toHaveLength(3);
    expect(people.cardsOf(orderNumber)).toHaveLength(1);
    expect(shown()).toMatch(/Approved by [^"]*Noah/);
    expect(shown()).not.toContain('approve_refund');
  },
};
