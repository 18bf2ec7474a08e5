import { describe, expect, it } from 'vitest';
import type { ConversationFacts } from '../../../src/ports/tools.ts';
import { type Dialogue, type Script, startDialogue } from './dialogue.ts';

const variants = [
  { ref: '71', title: 'Blue / L', available: true, price_difference: null },
  { ref: '72', title: 'Blue / XL long', available: true, price_difference: '$8.00 more' },
  { ref: '73', title: 'Red / M', available: true, price_difference: null },
  { ref: '74', title: 'Blue / S', available: false, price_difference: null },
];
const list =
  'What would you like in exchange for Linen Shirt (Blue / M)? 1) Blue / L, 2) Blue / XL long ($8.00 more), 3) Red / M. Sold out: Blue / S.';
const question = { status: 'choose_variant', line_id: 'shirt', variants, say: list };

function talk(...answers: readonly Readonly<Record<string, unknown>>[]): Dialogue {
  const script: Script = { answers: { check_return: answers } };
  return startDialogue(script);
}

function chosen({ calls }: Dialogue): unknown {
  const last = calls.findLast(({ name }) => name === 'check_return')?.arguments;
  const [item] = (last?.items ?? []) as { line_id: string; exchange_for: string | null }[];
  return [last?.wish, item?.line_id, item?.exchange_for];
}

describe('the variant an exchange is for', () => {
  it.each([
    ['exchange the shirt from #1001 for a size L', '71'],
    ['Exchange the shirt from #1001 for a large please', '71'],
    ['swap the shirt from #1001 to L', '71'],
    ['can I swap the shirt from 1001 for the XL long?', '72'],
    ['shirt from #1001 wrong size, need a large', '71'],
    ["the shirt from #1001: i'd rather have it in red", '73'],
    ['exchange shirt #1001 for an extra large', '72'],
    ['exchange shirt from order 1001, x-large pls', '72'],
    ['can i trade the shirt from 1001 for the red one', '73'],
    ['the shirt of 1001 is a bit tight, exchange it for XL', '72'],
    ['replace the shirt from 1001 with the long one', '72'],
    ['do you have the shirt from 1001 in red', '73'],
    ['i want the shirt from 1001 in red instead of blue', '73'],
  ])('is read from %j', async (text, ref) => {
    const dialogue = talk(question);
    await dialogue.say(text);
    expect(chosen(dialogue)).toEqual(['exchange', 'shirt', ref]);
  });

  it.each([
    ['L', '71'],
    ['large', '71'],
    ['2', '72'],
    ['2)', '72'],
    ['the second one', '72'],
    ['the third please', '73'],
    ['XL long', '72'],
    ['the long one', '72'],
    ['red', '73'],
    ['the red one pls', '73'],
    ['in red please', '73'],
    ['lrg', '71'],
    ['size L', '71'],
    ['option 3', '73'],
  ])('is chosen from the list by %j', async (text, ref) => {
    const dialogue = talk(question, question);
    expect(await dialogue.say('exchange the shirt from #1001')).toBe(list);
    await dialogue.say(text);
    expect(chosen(dialogue)).toEqual(['exchange', 'shirt', ref]);
  });

  it.each(['exchange the shirt from #1001', 'I want to exchange the shirt from 1001 for another one'])(
    'is asked for after %j',
    async (text) => {
      const dialogue = talk(question);
      expect(await dialogue.say(text)).toBe(list);
      expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
    },
  );

  it('is asked for again where the answer fits several', async () => {
    const dialogue = talk(question, question);
    await dialogue.say('exchange the shirt from #1001');
    expect(await dialogue.say('blue')).toBe(list);
  });

  it('is left to a person where it stays unclear', async () => {
    const dialogue = talk(question, question, question);
    await dialogue.say('exchange the shirt from #1001');
    await dialogue.say('blue');
    await dialogue.say('blue!');
    expect(dialogue.calls.at(-1)).toEqual({ name: 'hand_off', arguments: { reason: 'not_understood' } });
  });

  it('that is sold out gets what the shop says of it', async () => {
    const soldOut = { ...question, say: `Blue / S is sold out. ${list}` };
    const dialogue = talk(question, soldOut, question);
    expect(await dialogue.say('swap the shirt from #1001 for a small')).toBe(soldOut.say);
    await dialogue.say('then L');
    expect(chosen(dialogue)).toEqual(['exchange', 'shirt', '71']);
  });

  it.each([
    [
      'one size up',
      [
        ['Blue / S', true],
        ['Blue / L', true],
        ['Blue / XL', true],
      ],
      '1',
    ],
    [
      'a smaller size',
      [
        ['Blue / S', true],
        ['Blue / L', true],
        ['Blue / XL', true],
      ],
      '0',
    ],
    [
      'a bigger size',
      [
        ['Blue / S', true],
        ['Blue / L', true],
      ],
      '1',
    ],
  ] as const)('may be %s than the one bought', async (size, titles, ref) => {
    const sizes = titles.map(([title, available], index) => {
      return { ref: String(index), title, available, price_difference: null };
    });
    const dialogue = talk({ ...question, variants: sizes });
    await dialogue.say(`exchange the shirt from #1001 for ${size}`);
    expect(chosen(dialogue)).toEqual(['exchange', 'shirt', ref]);
  });

  it('is not guessed where two are bigger', async () => {
    const dialogue = talk(question);
    expect(await dialogue.say('exchange the shirt from #1001 for a bigger size')).toBe(list);
  });

  it('is not the one that comes back', async () => {
    const same = [{ ref: '70', title: 'Blue / M', available: true, price_difference: null }];
    const dialogue = talk({ ...question, variants: same });
    await dialogue.say('exchange the shirt from #1001 for a larger size');
    expect(dialogue.calls.at(-1)).toEqual({ name: 'hand_off', arguments: { reason: 'needs_person' } });
  });

  it('may be the same again for what came broken', async () => {
    const dialogue = talk();
    await dialogue.say('the shirt from #1001 arrived torn, can you replace it');
    expect(chosen(dialogue)).toEqual(['exchange', 'shirt', null]);
  });

  it.each([
    ['too small', 'too_small'],
    ['too big', 'too_large'],
  ])('keeps the reason %s', async (words, reason) => {
    const dialogue = talk(question);
    await dialogue.say(`the shirt from #1001 is ${words}, exchange it for L`);
    expect(dialogue.calls.at(-1)?.arguments.reason).toBe(reason);
  });
});

describe('after the variants were listed', () => {
  it('another item is no variant', async () => {
    const dialogue = talk(question);
    await dialogue.say('exchange the shirt from #1001');
    await dialogue.say('actually return the mug instead for a refund');
    expect(chosen(dialogue)).toEqual(['refund', 'mug', null]);
  });

  it('a no ends it', async () => {
    const dialogue = talk(question);
    await dialogue.say('exchange the shirt from #1001');
    expect(await dialogue.say('no thanks')).toMatch(/^All right/);
  });
});

describe('an open quote of an exchange', () => {
  const open: ConversationFacts['open_quotes'][number] = {
    quote_id: 'q',
    order_number: '#1001',
    amount: '$0.00',
    items: [{ title: 'Linen Shirt', variant: 'Blue / M', quantity: 1 }],
    settles: 'on_arrival',
    store_credit: null,
    exchange: ['1 x Linen Shirt (Blue / L)'],
    shown: true,
  };
  const again =
    'I can exchange 1 x Linen Shirt (Blue / M) from order #1001 for 1 x Linen Shirt (Blue / L), with $0.00 to refund, once it has arrived. Reply YES to go ahead, or NO to leave it.';
  const quoted = () =>
    startDialogue({ facts: { open_quotes: [open] }, answers: { check_return: [question] } });

  it.each([
    ['actually the XL', '72'],
    ['XL long instead', '72'],
    ["i'd rather have it in red", '73'],
    ['yes but in red please', '73'],
  ])('is checked anew with the variant of %j', async (text, ref) => {
    const dialogue = quoted();
    await dialogue.say(text);
    expect(chosen(dialogue)).toEqual(['exchange', 'shirt', ref]);
  });

  it('keeps its variant when something else changes', async () => {
    const dialogue = quoted();
    await dialogue.say('it is too small by the way');
    expect(chosen(dialogue)).toEqual(['exchange', 'shirt', '71']);
  });

  it.each(['hmm', 'what do you mean'])('is asked for again after %j', async (text) => {
    expect(await quoted().say(text)).toContain(again);
  });

  it('can become a refund', async () => {
    const dialogue = startDialogue({ facts: { open_quotes: [open] } });
    await dialogue.say('just refund me the money instead');
    expect(chosen(dialogue)).toEqual(['refund', 'shirt', null]);
  });

  it('is asked for by its name beside another answer', async () => {
    expect(await quoted().say('where is my refund?')).toBe(
      'I see no refund so far. I also still need your YES or NO for the exchange for order #1001.',
    );
  });

  it('of store credit is repeated as such', async () => {
    const credit = {
      ...open,
      amount: '$50.40',
      settles: 'at_once',
      store_credit: '$50.40',
      exchange: [],
    } as const;
    const dialogue = startDialogue({ facts: { open_quotes: [credit] } });
    expect(await dialogue.say('hmm')).toContain(
      'I can give $50.40 as store credit for 1 x Linen Shirt (Blue / M) from order #1001.',
    );
  });
});
