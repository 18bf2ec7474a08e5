import { expect } from 'vitest';
import { askForDesk, type Journey, maya, type Point, sees } from './journey.ts';

type Moment = 'asked';

const points: readonly Point<Moment>[] = [
  {
    title: 'the order is read again at the click',
    at: 'asked',
    trap: { provider: 'shop', operation: 'order', when: 'before' },
  },
  { title: 'the acknowledgement of the click is lost', at: 'asked', trap: { unacknowledged: 'interactive' } },
];

/** Slack gives a click to nobody else: whoever saw nothing happen presses again. */
export const socketClick: Journey<Moment> = {
  name: 'a refund approved over Socket Mode is made',
  slackBy: 'socket',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('320.00');
    const card = await askForDesk(people, { phone, orderNumber });
    await reach('asked');
    await people.press(maya, card, 'approve_refund');
    await sees('the outcome', () => people.textsTo(phone, 'Done:').length > 0);
    await people.settled();

    expect(people.refundsOf(orderNumber)).toEqual([32_000]);
    expect(people.textsTo(phone)).toHaveLength(3);
    expect(people.cardsOf(orderNumber)).toHaveLength(1);
    expect(JSON.stringify(people.cardsOf(orderNumber))).toContain('Approved by Maya');
  },
};
