import { expect } from 'vitest';
import { iris, type Journey, type Point, sees, support } from './journey.ts';

type Moment = 'start' | 'opened' | 'reading' | 'answered';

const points: readonly Point<Moment>[] = [
  { title: 'the hand-off is committed', at: 'start', trap: { committed: 'post-staff-notes' } },
  {
    title: 'the thread is about to be opened',
    at: 'start',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'before' },
  },
  {
    title: 'the thread was opened, the transcript is missing and the answer is lost',
    at: 'start',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'after' },
  },
  {
    title: 'the transcript was posted and the answer is lost',
    at: 'start',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'after', nth: 2 },
  },
  {
    title: 'the customer’s further words were posted and the answer is lost',
    at: 'opened',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'after' },
  },
  { title: 'the reply is committed', at: 'reading', trap: { committed: 'deliver-messages', by: 'web' } },
  {
    title: 'the reply is about to be sent',
    at: 'reading',
    trap: { provider: 'phones', operation: 'messages.create', when: 'before' },
  },
  {
    title: 'the reply was sent and the answer is lost',
    at: 'reading',
    trap: { provider: 'phones', operation: 'messages.create', when: 'after' },
  },
  {
    title: 'the reply was noted in the thread and the answer is lost',
    at: 'reading',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'after' },
  },
  { title: 'the hand back is committed', at: 'answered', trap: { committed: 'post-staff-notes', by: 'web' } },
  {
    title: 'the hand back was noted in the thread and the answer is lost',
    at: 'answered',
    trap: { provider: 'workspace', operation: 'chat.postMessage', when: 'after' },
  },
];

export const supportThread: Journey<Moment> = {
  name: 'a conversation is taken over, answered and handed back',
  slackBy: 'http',
  points,
  async play(people, reach) {
    const { phone } = people.nextCustomer('48.00');
    const roots = () =>
      people.workspace
        .messagesIn(support)
        .filter(({ threadTs, blocks }) => !threadTs && JSON.stringify(blocks).includes(phone.slice(-4)));
    const posted = (words: string) =>
      roots().flatMap(({ ts }) =>
        people.answersIn(support, ts).filter((each) => JSON.stringify(each).includes(words)),
      );
    await reach('start');
    await people.text(phone, 'I want to talk to a human');
    await sees('the transcript', () => posted('talk to a human').length > 0);
    await people.settled();
    const [root] = roots();
    if (!root) throw new Error('No thread was opened.');

    await reach('opened');
    await people.text(phone, 'it is about my desk');
    await sees('the further words', () => posted('it is about my desk').length > 0);
    await people.settled();

    await people.press(iris, root, 'reply_to_customer');
    await people.modalOf(iris);
    await reach('reading');
    await people.fillIn(iris, { reply: 'We will call you today.' });
    await sees('the reply', () => people.textsTo(phone, 'We will call').length > 0);
    await sees('the note of it', () => posted('We will call you today.').length > 0);
    await people.settled();

    await reach('answered');
    await people.press(iris, root, 'hand_back');
    await sees('the note of the hand back', () => posted('handed the conversation back').length > 0);
    await people.settled();
    const before = people.textsTo(phone).length;
    await people.text(phone, 'what is your policy?');
    await sees('the bot', () => people.textsTo(phone).length > before);
    await people.settled();

    expect(roots()).toHaveLength(1);
    expect(posted('')).toHaveLength(4);
    expect(people.textsTo(phone)).toEqual([
      expect.stringContaining('team'),
      'We will call you today.',
      expect.stringContaining('30 days'),
    ]);
  },
};
