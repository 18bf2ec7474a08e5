import { describe, expect, it } from 'vitest';
import { startDialogue } from './dialogue.ts';

const denied = (offer: string) => ({
  status: 'denied',
  rule: 'window-closed',
  say: `The return window has closed (Linen Shirt). I can offer you ${offer} instead.`,
});

async function offered(offer: string) {
  const dialogue = startDialogue({ answers: { check_return: [denied(offer)] } });
  const reply = await dialogue.say('return the shirt from #1001, it is too small');
  return { dialogue, reply };
}

const wish = (calls: readonly { arguments: Record<string, unknown> }[]) => calls.at(-1)?.arguments;

describe('an offer after a denial', () => {
  it('is made in the words of the tool', async () => {
    const { reply } = await offered('store credit');
    expect(reply).toBe(
      'Sorry, that is not possible. The return window has closed (Linen Shirt). I can offer you store credit instead. If you think this is wrong, ask for a person.',
    );
  });

  it.each([
    'yes',
    'ok',
    'store credit',
    'Store credit is fine',
    'yes store credit then',
    'ok the credit',
    'credit please',
    'as a gift card please',
    'ill take the credit',
    '1',
    'sure, do that',
    'yes please\nstore credit works',
  ])('of store credit is quoted on %j, and not submitted', async (text) => {
    const { dialogue } = await offered('store credit');
    await dialogue.say(text);
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
    expect(wish(dialogue.calls)).toMatchObject({
      wish: 'store_credit',
      reason: 'too_small',
      items: [{ line_id: 'shirt', quantity: 1, exchange_for: null }],
    });
    await dialogue.say('yes');
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['submit_return']);
  });

  it.each([
    ['exchange it then', 'exchange'],
    ['the exchange', 'exchange'],
    ['can I swap it', 'exchange'],
    ['2', 'exchange'],
    ['the second', 'exchange'],
    ['the first one', 'store_credit'],
    ['store credit', 'store_credit'],
    ['not an exchange, the credit', 'store_credit'],
  ])('of several is taken by %j', async (text, wanted) => {
    const { dialogue } = await offered('store credit or an exchange');
    await dialogue.say(text);
    expect(wish(dialogue.calls)).toMatchObject({ wish: wanted });
  });

  it('of several is named again after a mere yes, and taken then', async () => {
    const { dialogue } = await offered('store credit, an exchange, or a person to look at it');
    expect(await dialogue.say('yes')).toBe(
      'Which of these would you like? I can offer you store credit, an exchange or a person to look at it instead.',
    );
    expect(dialogue.calls).toEqual([]);
    await dialogue.say('2');
    expect(wish(dialogue.calls)).toMatchObject({ wish: 'exchange', items: [{ line_id: 'shirt' }] });
  });

  it.each(['yes', 'a person please', 'ok someone look at it'])('of a person is taken by %j', async (text) => {
    const { dialogue } = await offered('a person to look at it');
    await dialogue.say(text);
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['hand_off']);
  });

  it.each(['no', 'no thanks', 'never mind'])('is left by %j', async (text) => {
    const { dialogue } = await offered('store credit');
    expect(await dialogue.say(text)).toMatch(/^All right/);
    expect(dialogue.calls).toEqual([]);
  });

  it('is taken before an older quote for something else is agreed to', async () => {
    const dialogue = startDialogue({ answers: {} });
    await dialogue.say('return the mugs from #1001');
    expect(dialogue.facts.open_quotes).toHaveLength(1);
    const late = startDialogue({
      facts: { open_quotes: dialogue.facts.open_quotes },
      answers: { check_return: [denied('store credit')] },
    });
    await late.say('return the blue shirt from #1002');
    await late.say('yes');
    expect(late.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
    expect(wish(late.calls)).toMatchObject({ order_number: '#1002', wish: 'store_credit' });
  });
});

describe('a wish', () => {
  it.each([
    ['return the shirt from #1001, store credit is fine', 'store_credit'],
    ['return the shirt from #1001 as a gift card please', 'store_credit'],
    ['can i get store credit for the shirt from #1001', 'store_credit'],
    ['exchange the shirt from #1001 for store credit', 'store_credit'],
    ['return the shirt from #1001 to my credit card', 'refund'],
    ['refund the shirt from #1001 please, not store credit', 'refund'],
  ])('is read from %j', async (text, wanted) => {
    const dialogue = startDialogue();
    await dialogue.say(text);
    expect(wish(dialogue.calls)).toMatchObject({ wish: wanted });
  });

  it('ends with the return it was for', async () => {
    const dialogue = startDialogue();
    await dialogue.say('return the shirt from #1001 for store credit');
    await dialogue.say('yes');
    await dialogue.say('I also want to return the mugs from #1001');
    expect(wish(dialogue.calls)).toMatchObject({ wish: 'refund' });
  });

  it('stays while the quote is changed', async () => {
    const dialogue = startDialogue();
    await dialogue.say('return both mugs from #1001 for store credit');
    await dialogue.say('only one');
    expect(wish(dialogue.calls)).toMatchObject({ wish: 'store_credit' });
    await dialogue.say('refund to my card instead please');
    expect(wish(dialogue.calls)).toMatchObject({ wish: 'refund' });
  });
});
