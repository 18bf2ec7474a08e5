import { expect } from 'vitest';
import { hastily, type Journey, type Point, sees } from './journey.ts';

type Moment = 'quoted' | 'opened';

const points: readonly Point<Moment>[] = [
  {
    title: 'the return with its exchange is about to be opened',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'returnCreate', when: 'before' },
  },
  {
    title: 'the return with its exchange was opened and the answer is lost',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'returnCreate', when: 'after' },
  },
  { title: 'the arrival is committed', at: 'opened', trap: { committed: 'execute-refund' } },
  {
    title: 'the other one is about to be sent',
    at: 'opened',
    trap: { provider: 'shop', operation: 'returnProcess', when: 'before' },
  },
  {
    title: 'the other one is sent and the answer is lost',
    at: 'opened',
    trap: { provider: 'shop', operation: 'returnProcess', when: 'after' },
  },
  { title: 'the outcome is committed', at: 'opened', trap: { committed: 'deliver-messages' } },
];

export const exchange: Journey<Moment> = {
  name: 'a jacket comes back and another one goes out',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('96.00');
    await people.text(phone, `I want to exchange the field jacket from order ${orderNumber} for size L`);
    await sees('the quote', () => people.textsTo(phone, 'YES').length > 0);
    await people.settled();
    await reach('quoted');
    await people.text(phone, 'yes');
    await hastily(people, 'the way back', () => people.textsTo(phone, 'is open.').length > 0);
    await people.settled();

    await reach('opened');
    people.parcelArrives(orderNumber);
    await people.shopTells('returns/update', orderNumber);
    await hastily(people, 'the outcome', () => people.textsTo(phone, 'We received').length > 0);
    await people.settled();

    expect(people.returnsOf(orderNumber)).toMatchObject([
      { status: 'CLOSED', exchanges: [{ quantity: 1, processed: 1, lineIds: [expect.any(String)] }] },
    ]);
    expect(people.moneyOf(orderNumber)).toEqual([0]);
    expect(people.textsTo(phone, 'We received')).toEqual([expect.stringContaining('Field Jacket (L)')]);
    expect(people.textsTo(phone)).toHaveLength(4);
  },
};
