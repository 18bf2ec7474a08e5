import { expect } from 'vitest';
import { type Journey, maya, type Point, sees } from './journey.ts';

type Moment = 'start' | 'first-acked' | 'quoted' | 'yes-acked' | 'card-posted' | 'clicked';

const points: readonly Point<Moment>[] = [
  { title: 'the first message was acknowledged', at: 'first-acked', trap: 'now' },
  {
    title: 'the order is being looked up',
    at: 'start',
    trap: { provider: 'shop', operation: 'orders', when: 'before' },
  },
  {
    title: 'the quote is about to be sent',
    at: 'start',
    trap: { provider: 'phones', operation: 'messages.create', when: 'before' },
  },
  {
    title: 'the quote was sent and the answer is lost',
    at: 'start',
    trap: { provider: 'phones', operation: 'messages.create', when: 'after' },
  },
  { title: 'the yes was acknowledged', at: 'yes-acked', trap: 'now' },
  {
    title: 'the order is read again after the yes',
    at: 'quoted',
    trap: { provider: 'shop', operation: 'order', when: 'before' },
  },
  {
    title: 'the card is about to be posted',
    at: 'quoted',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'before' },
  },
  {
    title: 'the card was posted and the answer is lost',
    at: 'quoted',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'after' },
  },
  {
    title: 'the order is read again at the click',
    at: 'card-posted',
    trap: { provider: 'shop', operation: 'order', when: 'before' },
  },
  { title: 'the click is committed', at: 'card-posted', trap: { committed: 'execute-refund', by: 'web' } },
  { title: 'the click was acknowledged', at: 'clicked', trap: 'now' },
  {
    title: 'the refund is about to be made',
    at: 'card-posted',
    trap: { provider: 'shop', operation: 'refundCreate', when: 'before' },
  },
  {
    title: 'the refund was made and the answer is lost',
    at: 'card-posted',
    trap: { provider: 'shop', operation: 'refundCreate', when: 'after' },
  },
  {
    title: 'the card is about to be closed',
    at: 'card-posted',
    trap: { provider: 'workspace', operation: 'chat.update', when: 'before' },
  },
  { title: 'the outcome is committed', at: 'card-posted', trap: { committed: 'deliver-messages' } },
  {
    title: 'the outcome is about to be sent',
    at: 'card-posted',
    trap: { provider: 'phones', operation: 'messages.create', when: 'before' },
  },
  {
    title: 'the outcome was sent and the answer is lost',
    at: 'card-posted',
    trap: { provider: 'phones', operation: 'messages.create', when: 'after' },
  },
];

export const bigRefund: Journey<Moment> = {
  name: 'a big refund is announced, made and told',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone, orderNumber } = people.nextCustomer('320.00');
    await reach('start');
    await people.text(phone, `return the walnut desk from order ${orderNumber}`);
    await reach('first-acked');
    await sees('the quote', () => people.textsTo(phone, '$320.00').length > 0);
    await reach('quoted');
    await people.text(phone, 'yes');
    await reach('yes-acked');
    const card = await sees('the card', () => people.cardsOf(orderNumber)[0]);
    await sees('the words to the customer', () => people.textsTo(phone, 'manager').length > 0);
    await people.settled();
    await reach('card-posted');
    await people.press(maya, card, 'approve_refund');
    await reach('clicked');
    await sees('the outcome', () => people.textsTo(phone, 'Done:').length > 0);
    await people.settled();

    expect(people.refundsOf(orderNumber)).toEqual([32_000]);
    expect(people.textsTo(phone, 'Done:')).toHaveLength(1);
    expect(people.cardsOf(orderNumber)).toHaveLength(1);
    expect(JSON.stringify(people.cardsOf(orderNumber))).toContain('Approved by Maya');
    expect(people.textsTo(phone)).toHaveLength(3);
  },
};
