import { expect } from 'vitest';
import { askForDesk, type Journey, maya, type Point, sees } from './journey.ts';

type Moment = 'asked' | 'shown';

const points: readonly Point<Moment>[] = [
  {
    title: 'the Home tab is about to be shown',
    at: 'asked',
    trap: { provider: 'workspace', operation: 'views.publish', when: 'before' },
  },
  {
    title: 'the order is read again at the click in Home',
    at: 'shown',
    trap: { provider: 'shop', operation: 'order', when: 'before' },
  },
  { title: 'the click in Home is committed', at: 'shown', trap: { committed: 'execute-refund', by: 'web' } },
  {
    title: 'the card in the channel is about to be closed',
    at: 'shown',
    trap: { provider: 'workspace', operation: 'chat.update', when: 'before' },
  },
];

export const homeClick: Journey<Moment> = {
  name: 'a refund approved in App Home is made',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('320.00');
    await askForDesk(people, { phone, orderNumber });
    await reach('asked');
    // What Home could not show is shown at the next opening.
    await sees('the refund in Home', async () => {
      await people.openHome(maya);
      return JSON.stringify(people.workspace.homeOf(maya)?.view.blocks ?? '').includes(`#${orderNumber}`);
    });
    await reach('shown');
    await people.pressAtHome(maya, 'approve_refund');
    await sees('the outcome', () => people.textsTo(phone, 'Done:').length > 0);
    await people.settled();

    expect(people.refundsOf(orderNumber)).toEqual([32_000]);
    expect(people.textsTo(phone)).toHaveLength(3);
    expect(people.cardsOf(orderNumber)).toHaveLength(1);
    expect(JSON.stringify(people.cardsOf(orderNumber))).toContain('Approved by Maya');
  },
};
