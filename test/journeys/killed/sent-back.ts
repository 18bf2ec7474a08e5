import { expect } from 'vitest';
import { hastily, type Journey, type Point, sees } from './journey.ts';

type Moment = 'quoted' | 'yes-acked' | 'opened' | 'arrived' | 'told-of-arrival';

const points: readonly Point<Moment>[] = [
  { title: 'the yes is committed', at: 'quoted', trap: { committed: 'execute-refund' } },
  { title: 'the yes was acknowledged', at: 'yes-acked', trap: 'now' },
  {
    title: 'the return is about to be opened',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'returnCreate', when: 'before' },
  },
  {
    title: 'the return was opened and the answer is lost',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'returnCreate', when: 'after' },
  },
  { title: 'the opened return is committed', at: 'quoted', trap: { committed: 'announce-return' } },
  {
    title: 'the way back was told and the answer is lost',
    at: 'quoted',
    trap: { provider: 'phones', operation: 'messages.create', when: 'after', nth: 2 },
  },
  { title: 'the return is open', at: 'opened', trap: 'now' },
  { title: 'word of the parcel is committed', at: 'opened', trap: { committed: 'follow-return', by: 'web' } },
  {
    title: 'the return is read',
    at: 'opened',
    trap: { provider: 'shop', operation: 'return', when: 'before' },
  },
  { title: 'the arrival is committed', at: 'opened', trap: { committed: 'execute-refund' } },
  { title: 'word of the parcel was acknowledged', at: 'told-of-arrival', trap: 'now' },
  {
    title: 'the shop is asked what it comes to',
    at: 'opened',
    trap: { provider: 'shop', operation: 'return', when: 'after', nth: 3 },
  },
  {
    title: 'what arrived is about to be settled',
    at: 'opened',
    trap: { provider: 'shop', operation: 'returnProcess', when: 'before' },
  },
  {
    title: 'what arrived was settled and the answer is lost',
    at: 'opened',
    trap: { provider: 'shop', operation: 'returnProcess', when: 'after' },
  },
  { title: 'the outcome is committed', at: 'opened', trap: { committed: 'deliver-messages' } },
  {
    title: 'the outcome is about to be sent',
    at: 'opened',
    trap: { provider: 'phones', operation: 'messages.create', when: 'before' },
  },
  {
    title: 'the outcome was sent and the answer is lost',
    at: 'opened',
    trap: { provider: 'phones', operation: 'messages.create', when: 'after' },
  },
];

export const sentBack: Journey<Moment> = {
  name: 'goods are sent back, arrive and are refunded',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('48.00');
    await people.text(phone, `return the walnut desk from order ${orderNumber}, it is too big`);
    await sees('the quote', () => people.textsTo(phone, 'YES').length > 0);
    await people.settled();
    await reach('quoted');
    await people.text(phone, 'yes');
    await reach('yes-acked');
    await hastily(people, 'the way back', () => people.textsTo(phone, 'is open.').length > 0);
    await people.settled();
    expect(people.moneyOf(orderNumber)).toEqual([]);

    await reach('opened');
    people.parcelArrives(orderNumber);
    await people.shopTells('returns/update', orderNumber);
    await reach('told-of-arrival');
    await hastily(people, 'the outcome', () => people.textsTo(phone, 'We received').length > 0);
    await people.settled();

    expect(people.returnsOf(orderNumber)).toMatchObject([{ status: 'CLOSED' }]);
    expect(people.moneyOf(orderNumber)).toEqual([4_800]);
    expect(people.textsTo(phone, 'is open.')).toHaveLength(1);
    expect(people.textsTo(phone, 'We received')).toHaveLength(1);
    expect(people.textsTo(phone)).toHaveLength(4);
  },
};
