import { expect } from 'vitest';
import { hastily, type Journey, type Point, sees } from './journey.ts';

type Moment = 'quoted' | 'yes-acked';

const points: readonly Point<Moment>[] = [
  { title: 'the yes is committed', at: 'quoted', trap: { committed: 'execute-refund' } },
  { title: 'the yes was acknowledged', at: 'yes-acked', trap: 'now' },
  {
    title: 'the cancellation is about to be asked for',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'orderCancel', when: 'before' },
  },
  {
    title: 'the cancellation was asked for and the answer is lost',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'orderCancel', when: 'after' },
  },
  {
    title: 'the shop is asked whether it is done',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'job', when: 'before' },
  },
  {
    title: 'the outcome was sent and the answer is lost',
    at: 'quoted',
    trap: { provider: 'phones', operation: 'messages.create', when: 'after', nth: 2 },
  },
];

export const cancelling: Journey<Moment> = {
  name: 'an order that was not shipped is cancelled',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('61.00');
    await people.text(phone, `please cancel my order ${orderNumber}`);
    await sees('the quote', () => people.textsTo(phone, 'YES').length > 0);
    await people.settled();
    await reach('quoted');
    await people.text(phone, 'yes');
    await reach('yes-acked');
    await hastily(people, 'the outcome', () => people.textsTo(phone, 'is cancelled;').length > 0);
    await people.settled();

    expect(people.moneyOf(orderNumber)).toEqual([6_100]);
    expect(people.textsTo(phone, 'is cancelled;')).toHaveLength(1);
    expect(people.textsTo(phone)).toHaveLength(3);
  },
};
