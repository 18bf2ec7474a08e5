import { describe, expect, it } from 'vitest';
import type { ConversationFacts } from '../../../src/ports/tools.ts';
import { type Script, startDialogue } from './dialogue.ts';

const jacket: ConversationFacts['returns'][number] = {
  name: '#1001-R1',
  order_number: '#1001',
  items: [{ title: 'Linen Shirt', variant: 'Blue / M', quantity: 1 }],
  open_until: '2026-12-24',
};
const boots = {
  ...jacket,
  name: '#1003-R1',
  order_number: '#1003',
  items: [{ title: 'Rain Boots', variant: '42', quantity: 1 }],
};
const say = 'Return #1001-R1 is open. Put it in a box.';
const withReturn = (...returns: ConversationFacts['returns']): Script => ({
  facts: { returns },
  answers: {
    return_status: [{ status: 'known', refunds: [], returns: [], say }],
    cancel_return: [{ status: 'withdrawing', order_number: '#1001', say: 'I am cancelling the return.' }],
  },
});

describe('a return on its way', () => {
  it.each([
    'how do I send it back?',
    'where do I send it?',
    'how do i return it',
    'label?',
    'I need the return label',
    "where's my label",
    'whats the return address',
    'what do I do now?',
    'how long do I have to send it back?',
    'by when do i have to ship it',
    'I sent it yesterday',
    'i already shipped it back',
    'I sent it yesterday, here is the tracking number 1Z999AA10123456784',
    'tracking 9400 1118 9922 3197 4284 90',
    'just dropped it off at UPS',
    'my wife posted it this morning',
    'its on its way back',
    'did you get it yet?',
    'has it arrived?',
    'have you received my package',
    'where is my refund?',
  ])('is looked up on %j', async (text) => {
    const dialogue = startDialogue(withReturn(jacket));
    expect(await dialogue.say(text)).toBe(say);
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['return_status']);
  });

  it.each([
    'cancel my return',
    'Please cancel the return',
    'I want to cancel my return',
    'i changed my mind about the return',
    "never mind, I'll keep it",
    'ill keep it after all',
    "I don't want to return it anymore",
    'actually im keeping the shirt',
    'we decided to keep it',
    'cancel my exchange please',
    'forget the return',
  ])('is taken back on %j', async (text) => {
    const dialogue = startDialogue(withReturn(jacket));
    expect(await dialogue.say(text)).toBe('I am cancelling the return.');
    expect(dialogue.calls).toEqual([{ name: 'cancel_return', arguments: { order_number: '1001' } }]);
  });

  it.each(['no', 'no thanks', 'nope', 'ok', 'thanks!', 'never mind', 'can I keep it?', 'cancel my return?'])(
    'stays as it is on %j',
    async (text) => {
      const dialogue = startDialogue(withReturn(jacket));
      await dialogue.say(text);
      expect(dialogue.calls.map(({ name }) => name)).not.toContain('cancel_return');
    },
  );

  it.each([
    ['cancel the return of the boots', '1003'],
    ['cancel my return for order #1001', '1001'],
    ['I will keep the shirt', '1001'],
    ['cancel my return', null],
  ])('of several is told apart: %j', async (text, order_number) => {
    const dialogue = startDialogue(withReturn(jacket, boots));
    await dialogue.say(text);
    expect(dialogue.calls).toEqual([{ name: 'cancel_return', arguments: { order_number } }]);
  });

  it('of several is asked for, and named by what is answered', async () => {
    const question =
      'Which return do you want to cancel: the one for order #1001 or the one for order #1003?';
    const script = withReturn(jacket, boots);
    const dialogue = startDialogue({
      ...script,
      answers: { cancel_return: [{ status: 'choose', order_numbers: ['#1001', '#1003'], say: question }] },
    });
    expect(await dialogue.say('cancel my return')).toBe(question);
    await dialogue.say('1003');
    expect(dialogue.calls).toEqual([{ name: 'cancel_return', arguments: { order_number: '1003' } }]);
  });

  it('does not stand in the way of another return', async () => {
    const dialogue = startDialogue(withReturn(jacket));
    await dialogue.say('I will keep the socks but return the mug from #1001');
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
  });

  it.each(['how do I return the mugs?', 'I want to return the mugs from #1001'])(
    'does not stand in the way of %j',
    async (text) => {
      const dialogue = startDialogue(withReturn(jacket));
      await dialogue.say(text);
      expect(dialogue.calls[0]?.name).toBe('find_order');
    },
  );

  it('is left to a person where it cannot be taken back here', async () => {
    const answers = { cancel_return: [{ status: 'bad_call', problem: 'order_number' }] };
    const dialogue = startDialogue({ ...withReturn(jacket), answers });
    await dialogue.say('cancel my return');
    expect(dialogue.calls.at(-1)).toEqual({ name: 'hand_off', arguments: { reason: 'cancel_return' } });
  });

  it('is not what a no to an open quote is about', async () => {
    const dialogue = startDialogue(withReturn(jacket));
    await dialogue.say('return the mugs from #1001');
    expect(await dialogue.say('never mind')).toContain('Nothing was returned');
    expect(dialogue.calls).toEqual([]);
  });
});

describe('without a return on its way', () => {
  it.each(['cancel my return', 'never mind, I will keep it'])('%j is a plain no', async (text) => {
    const dialogue = startDialogue();
    expect(await dialogue.say(text)).toMatch(/^All right/);
    expect(dialogue.calls).toEqual([]);
  });

  it('one that is named is asked about', async () => {
    const dialogue = startDialogue(withReturn());
    await dialogue.say('I want to cancel my return for order 1001');
    expect(dialogue.calls).toEqual([{ name: 'cancel_return', arguments: { order_number: '1001' } }]);
  });

  it('a tracking number is looked up all the same', async () => {
    const dialogue = startDialogue(withReturn());
    await dialogue.say('I sent it back, tracking number 1Z999AA10123456784');
    expect(dialogue.calls).toEqual([{ name: 'return_status', arguments: { order_number: null } }]);
  });
});
