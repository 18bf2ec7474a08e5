import { describe, expect, it } from 'vitest';
import { type Call, onlyBoots, type Script, socksAndShirts, startDialogue, twoShirts } from './dialogue.ts';

/** What one text leads to: the lines checked, as `shirt x1`, with reason and wish. */
async function checked(text: string, script: Script = {}): Promise<unknown> {
  const dialogue = startDialogue(script);
  const reply = await dialogue.say(text);
  return checkOf(dialogue.calls) ?? reply;
}

function checkOf(calls: readonly Call[]): string | undefined {
  const call = calls.find(({ name }) => name === 'check_return');
  const items = call?.arguments.items as { line_id: string; quantity: number }[] | undefined;
  return items?.map(({ line_id, quantity }) => `${line_id} x${quantity}`).join(', ');
}

function reasonOf(calls: readonly Call[]): unknown {
  return calls.find(({ name }) => name === 'check_return')?.arguments.reason;
}

function wishOf(calls: readonly Call[]): unknown {
  return calls.find(({ name }) => name === 'check_return')?.arguments.wish;
}

describe('one text that says everything', () => {
  it.each([
    ['I want to return the blue shirt from order #1001', 'shirt x1'],
    ['Hi! I would like to return the shirt from order 1001, thanks', 'shirt x1'],
    ['return the linnen shrit, order 1001', 'shirt x1'],
    ['Can I send back my mug? Order #1001', 'mug x1'],
    ['i want to return 2 mugs from #1001', 'mug x2'],
    ['return two of the mugs from #1001 please', 'mug x2'],
    ['return the mugs, order #1001', 'mug x2'],
    ['return one of the mugs, order #1001', 'mug x1'],
    ['order #1001: returning one pair of socks', 'socks x1'],
    ['return mugs x2 from order #1001', 'mug x2'],
    ['I want to return both mugs from order #1001', 'mug x2'],
    ['return the shirt and the socks from #1001', 'shirt x1, socks x2'],
    ['return the shirt, 1 mug & 2 socks from #1001', 'shirt x1, mug x1, socks x2'],
    ['I want to return everything from order #1001', 'shirt x1, socks x2, mug x2'],
    ['return the whole order #1001', 'shirt x1, socks x2, mug x2'],
    ['return all but the socks from #1001', 'shirt x1, mug x2'],
    ['return everything except the socks and the mug, order #1001', 'shirt x1'],
    ['return my order #1001 but keep the socks', 'shirt x1, mug x2'],
    ['return everything from #1001 except one mug', 'shirt x1, socks x2, mug x1'],
    ['return the mugs from #1001 except one', 'mug x1'],
    ['I keep the socks, return the shirt from #1001', 'shirt x1'],
    ['return the $48 one from #1001', 'shirt x1'],
    ['return the 12 dollar ones of order #1001', 'socks x1'],
    ['return the first item of #1001', 'shirt x1'],
    ['return the last one of #1001', 'mug x1'],
    ['return the red one from #1002', 'red x1'],
    ['return both shirts from #1002', 'blue x1, red x1'],
    ['return the shirts from #1002', 'blue x1, red x1'],
    ['return two shirts from #1002', 'blue x1, red x1'],
    ['return the blue and the red shirt from #1002', 'blue x1, red x1'],
    ['return the large shirt from #1002', 'red x1'],
    ['return order #1003', 'boots x1'],
    ['I want to return it. Order #1003', 'boots x1'],
    [
      'return the trainers from #1003',
      "I can't find that on order #1003. What would you like to return? It has Rain Boots (42).",
    ],
  ])('%s', async (text, expected) => {
    expect(await checked(text)).toBe(expected);
  });

  it.each([
    ['The shirt from #1001 is too small', 'too_small'],
    ['My mug from order #1001 arrived broken', 'damaged'],
    ['return the mug from #1001, it is not broken, I changed my mind', 'unwanted'],
    ['You sent me the wrong shirt, order #1001', 'wrong_item'],
    ['Return the shirt from #1001, it arrived too late', 'arrived_late'],
    ['Return the shirt from #1001, it is way too big', 'too_large'],
    ['Return the shirt from #1001, it is not as described', 'not_as_described'],
    ['Return the shirt from #1001', 'unwanted'],
  ])('hears the reason in %j', async (text, reason) => {
    const dialogue = startDialogue();
    await dialogue.say(text);
    expect(reasonOf(dialogue.calls)).toBe(reason);
  });

  it.each([
    ['Return the shirt from #1001 for store credit', 'store_credit', 'shirt x1'],
    ['Exchange the shirt from #1001 for a larger size', 'exchange', 'shirt x1'],
    ['swap the blue shirt from #1002 for an L', 'exchange', 'blue x1'],
    ['exchange the blue shirt from #1002, can I get a large instead?', 'exchange', 'blue x1'],
    ['refund the shirt from #1001, no store credit', 'refund', 'shirt x1'],
  ])('hears the wish in %j', async (text, wish, items) => {
    const dialogue = startDialogue();
    await dialogue.say(text);
    expect(wishOf(dialogue.calls)).toBe(wish);
    expect(checkOf(dialogue.calls)).toBe(items);
  });
});

describe('a return, step by step', () => {
  it('finds, quotes, hears yes and submits', async () => {
    const dialogue = startDialogue();
    expect(await dialogue.say('I want to return the blue shirt from order #1001')).toContain('$24.00');
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
    expect(await dialogue.say('yes please')).toBe('Your return is submitted.');
    expect(dialogue.calls).toEqual([{ name: 'submit_return', arguments: { quote_id: 'q1' } }]);
    expect(await dialogue.say('thanks!')).toContain("You're welcome");
    expect(dialogue.calls).toEqual([]);
  });

  it('asks for the items, then for the right one of two', async () => {
    const dialogue = startDialogue({ phoneOrders: [twoShirts] });
    expect(await dialogue.say('hi, I need to return something')).toBe(
      'What would you like to return from order #1002? 1) Linen Shirt (Blue / M), 2) Linen Shirt (Red / L), 3) Leather Belt',
    );
    expect(await dialogue.say('a shirt')).toBe(
      'Which of these from order #1002 do you mean? 1) Linen Shirt (Blue / M), 2) Linen Shirt (Red / L)',
    );
    await dialogue.say('the second');
    expect(checkOf(dialogue.calls)).toBe('red x1');
  });

  it.each([
    ['red', 'red x1'],
    ['2', 'red x1'],
    ['the first one', 'blue x1'],
    ['both', 'blue x1, red x1'],
    ['all of them', 'blue x1, red x1'],
    ['the medium', 'blue x1'],
    ['the $52 one', 'red x1'],
    ['the belt, sorry', 'belt x1'],
  ])('takes %j for an answer to "which shirt"', async (text, expected) => {
    const dialogue = startDialogue();
    expect(await dialogue.say('return the shirt from #1002')).toContain('Which of these');
    await dialogue.say(text);
    expect(checkOf(dialogue.calls)).toBe(expected);
  });

  it('keeps what was clear while it asks about the rest', async () => {
    const dialogue = startDialogue();
    await dialogue.say('return the belt and the shirt from #1002');
    await dialogue.say('blue');
    expect(checkOf(dialogue.calls)).toBe('belt x1, blue x1');
  });

  it('keeps the reason and the wish of an earlier text', async () => {
    const dialogue = startDialogue();
    await dialogue.say('the shirt of order #1002 is too small, I want store credit');
    await dialogue.say('the red one');
    expect(reasonOf(dialogue.calls)).toBe('too_small');
    expect(wishOf(dialogue.calls)).toBe('store_credit');
  });

  it('answers several quick texts together', async () => {
    const dialogue = startDialogue();
    await dialogue.say('hi', 'I want to return something', 'order 1001', 'the shirt');
    expect(checkOf(dialogue.calls)).toBe('shirt x1');
  });

  it('finds the one order of the phone that holds the item', async () => {
    const dialogue = startDialogue({ phoneOrders: [twoShirts, onlyBoots] });
    await dialogue.say('I want to return the boots');
    expect(dialogue.calls.map(({ arguments: { order_number } }) => order_number)).toEqual([
      null,
      '1003',
      '#1003',
    ]);
    expect(checkOf(dialogue.calls)).toBe('boots x1');
  });

  it.each([
    ['the second one', '1001'],
    ['2', '1001'],
    ['1001', '1001'],
    ['#1003', '1003'],
    ['the latest one', '1002'],
    ['the one with the boots', '1003'],
  ])('asks which order when several fit, and takes %j', async (text, number) => {
    const dialogue = startDialogue({ phoneOrders: [twoShirts, socksAndShirts, onlyBoots] });
    expect(await dialogue.say('I want to return something')).toContain(
      '1) #1002 (Linen Shirt, Linen Shirt, Leather Belt), 2) #1001',
    );
    await dialogue.say(text);
    expect(dialogue.calls.some(({ arguments: { order_number } }) => order_number === number)).toBe(true);
  });

  it('counts items, not orders, once the order is chosen', async () => {
    const dialogue = startDialogue({ phoneOrders: [twoShirts, socksAndShirts] });
    await dialogue.say('I want to return something');
    expect(await dialogue.say('the second one')).toContain('from order #1001?');
    await dialogue.say('the first one');
    expect(checkOf(dialogue.calls)).toBe('shirt x1');
  });

  it('starts anew after a return is done', async () => {
    const dialogue = startDialogue();
    await dialogue.say('return the shirt from #1001, it is too small');
    await dialogue.say('yes');
    await dialogue.say('I also want to return the belt from #1002');
    expect(checkOf(dialogue.calls)).toBe('belt x1');
  });

  it('quotes again when a yes comes after the quote ran out', async () => {
    const dialogue = startDialogue();
    await dialogue.say('return the shirt from #1001');
    dialogue.facts = { ...dialogue.facts, open_quotes: [] };
    expect(await dialogue.say('yes')).toContain('Reply YES');
    expect(checkOf(dialogue.calls)).toBe('shirt x1');
  });

  it('serves staff any order they name, and asks them for a number only', async () => {
    const dialogue = startDialogue({ facts: { party: 'staff', phone_known: false } });
    expect(await dialogue.say('I need to return something for a customer')).toBe(
      'Which order is it? Please give me its number.',
    );
    await dialogue.say('1003');
    expect(checkOf(dialogue.calls)).toBe('boots x1');
  });
});
