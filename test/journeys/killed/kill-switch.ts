import { expect } from 'vitest';
import { type Journey, maya, noah, type Point, sees } from './journey.ts';

type Moment = 'start' | 'paused' | 'held';

const points: readonly Point<Moment>[] = [
  { title: 'the pause is committed', at: 'start', trap: { committed: 'post-staff-notes', by: 'web' } },
  {
    title: 'the pause is about to be told',
    at: 'start',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'before' },
  },
  { title: 'the yes is committed during the pause', at: 'paused', trap: { committed: 'execute-refund' } },
  { title: 'the refund is held', at: 'held', trap: 'now' },
  {
    title: 'the end of the pause is committed',
    at: 'held',
    trap: { committed: 'execute-refund', by: 'web' },
  },
  {
    title: 'the held refund is about to be made',
    at: 'held',
    trap: { provider: 'shop', operation: 'refundCreate', when: 'before' },
  },
  {
    title: 'the held refund was made and the answer is lost',
    at: 'held',
    trap: { provider: 'shop', operation: 'refundCreate', when: 'after' },
  },
];

export const killSwitch: Journey<Moment> = {
  name: 'a refund is held by a pause and made after it',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('48.00');
    await reach('start');
    await people.command(maya, 'pause Wrong prices');
    await people.settled();

    await people.text(phone, `return the walnut desk from order ${orderNumber}`);
    await sees('the quote', () => people.textsTo(phone, 'YES').length > 0);
    await people.settled();
    await reach('paused');
    await people.text(phone, 'yes');
    await sees('the answer', () => people.textsTo(phone).length > 1);
    await people.settled();
    await reach('held');
    const { body } = await people.command(noah, 'pending');
    expect(body).toContain('1 refund is held');
    expect(people.refundsOf(orderNumber)).toEqual([]);

    await people.command(noah, 'resume');
    await sees('the outcome', () => people.textsTo(phone, 'Done:').length > 0);
    await people.settled();

    expect(people.refundsOf(orderNumber)).toEqual([4_800]);
    expect(people.textsTo(phone)).toHaveLength(3);
  },
};
