import { expect } from 'vitest';
import { askForDesk, type Journey, maya, type Point, sees } from './journey.ts';

type Moment = 'asked' | 'filled-in' | 'offered' | 'yes-acked';

const points: readonly Point<Moment>[] = [
  {
    title: 'the window was opened and the answer is lost',
    at: 'asked',
    trap: { provider: 'workspace', operation: 'views.open', when: 'after' },
  },
  {
    title: 'the lower amount was sent in and the order is read',
    at: 'filled-in',
    trap: { provider: 'shop', operation: 'order', when: 'before' },
  },
  {
    title: 'the lower amount is committed',
    at: 'filled-in',
    trap: { committed: 'deliver-messages', by: 'web' },
  },
  {
    title: 'the offer is about to be sent',
    at: 'filled-in',
    trap: { provider: 'phones', operation: 'messages.create', when: 'before' },
  },
  {
    title: 'the offer was sent and the answer is lost',
    at: 'filled-in',
    trap: { provider: 'phones', operation: 'messages.create', when: 'after' },
  },
  { title: 'the customer’s yes to it was acknowledged', at: 'yes-acked', trap: 'now' },
  {
    title: 'the order is read again after that yes',
    at: 'offered',
    trap: { provider: 'shop', operation: 'order', when: 'before' },
  },
  { title: 'that yes is accepted and committed', at: 'offered', trap: { committed: 'execute-refund' } },
  {
    title: 'the lower refund was made and the answer is lost',
    at: 'offered',
    trap: { provider: 'shop', operation: 'refundCreate', when: 'after' },
  },
];

export const lowerAmount: Journey<Moment> = {
  name: 'a lower amount is offered, agreed to and refunded',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('320.00');
    const card = await askForDesk(people, { phone, orderNumber });
    await reach('asked');
    await people.press(maya, card, 'lower_refund');
    await people.modalOf(maya);
    await reach('filled-in');
    await people.fillIn(maya, { amount: '150.00' });
    await sees('the offer', () => people.textsTo(phone, '$150.00 instead of $320.00').length > 0);
    await people.settled();
    expect(people.refundsOf(orderNumber)).toEqual([]);

    await reach('offered');
    await people.text(phone, 'yes');
    await reach('yes-acked');
    await sees('the outcome', () => people.textsTo(phone, 'Done:').length > 0);
    await people.settled();

    expect(people.refundsOf(orderNumber)).toEqual([15_000]);
    expect(people.textsTo(phone, 'instead of')).toHaveLength(1);
    expect(people.textsTo(phone, 'Done:')).toHaveLength(1);
    expect(JSON.stringify(people.cardsOf(orderNumber))).not.toMatch(/"action_id":"(?:approve|lower|deny)_/);
  },
};
