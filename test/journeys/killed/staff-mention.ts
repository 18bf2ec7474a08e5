import { expect } from 'vitest';
import { botUserId } from '../../../src/sandbox/workspace-people.ts';
import { general, iris, type Journey, type Point, sees } from './journey.ts';

type Moment = 'start';

const overHttp: readonly Point<Moment>[] = [
  {
    title: 'Slack is asked who wrote',
    at: 'start',
    trap: { provider: 'workspace', operation: 'users.info', when: 'before' },
    isFresh: true,
  },
  { title: 'the question is committed', at: 'start', trap: { committed: 'take-turn', by: 'web' } },
  {
    title: 'the order is being looked up',
    at: 'start',
    trap: { provider: 'shop', operation: 'orders', when: 'before' },
  },
  { title: 'the answer is committed', at: 'start', trap: { committed: 'deliver-messages' } },
  {
    title: 'the answer is about to be posted',
    at: 'start',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'before' },
  },
  {
    title: 'the answer was posted and Slack’s answer is lost',
    at: 'start',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'after' },
  },
];

const overSocketMode: readonly Point<Moment>[] = [
  {
    title: 'the envelope came and is not acknowledged',
    at: 'start',
    trap: { provider: 'workspace', operation: 'users.info', when: 'before' },
    isFresh: true,
  },
  { title: 'the question is committed', at: 'start', trap: { committed: 'take-turn', by: 'web' } },
  { title: 'the acknowledgement is lost', at: 'start', trap: { unacknowledged: 'events_api' } },
];

export const staffMention: Journey<Moment> = {
  name: 'a mention is answered in its thread',
  slackBy: 'http',
  points: overHttp,
  async play(people, reach) {
    const { orderNumber } = people.nextCustomer('320.00');
    await reach('start');
    const ts = await people.say(iris, general, `<@${botUserId}> show order ${orderNumber}`);
    await sees('the answer', () => people.answersIn(general, ts).length > 0);
    await people.settled();

    expect(people.answersIn(general, ts)).toHaveLength(1);
    expect(JSON.stringify(people.answersIn(general, ts))).toContain(`Order #${orderNumber}`);
  },
};

export const mentionBySocket: Journey<Moment> = {
  ...staffMention,
  name: 'a mention over Socket Mode is answered in its thread',
  slackBy: 'socket',
  points: overSocketMode,
};
