import { describe, expect, it } from 'vitest';
import { type Dialogue, policy, type Script, startDialogue } from './dialogue.ts';

async function quoted(text = 'return both mugs from #1001', script: Script = {}): Promise<Dialogue> {
  const dialogue = startDialogue(script);
  await dialogue.say(text);
  expect(dialogue.facts.open_quotes).toHaveLength(1);
  return dialogue;
}

function linesOf({ calls }: Dialogue): unknown {
  return calls.find(({ name }) => name === 'check_return')?.arguments.items;
}

const mugs = (quantity: number) => ({ line_id: 'mug', quantity, exchange_for: null });
const socks = (quantity: number) => ({ line_id: 'socks', quantity, exchange_for: null });
const question =
  'I can refund $24.00 for 2 x Coffee Mug (White) from order #1001. Reply YES to go ahead, or NO to leave it.';

describe('an open quote', () => {
  it.each(['yes', 'Go ahead!', '👍', 'sí', 'sounds good, please do', 'yes\nthanks'])(
    'is submitted on %j',
    async (text) => {
      const dialogue = await quoted();
      await dialogue.say(text);
      expect(dialogue.calls.map(({ name }) => name)).toEqual(['submit_return']);
    },
  );

  it.each(['no', 'never mind', "don't", 'No, thank you'])('is left alone on %j', async (text) => {
    const dialogue = await quoted();
    expect(await dialogue.say(text)).toContain('Nothing was returned');
    expect(dialogue.calls).toEqual([]);
  });

  it.each([
    ['yes but only one of them', [mugs(1)]],
    ['just one please', [mugs(1)]],
    ['yes, and the socks too', [mugs(2), socks(2)]],
    ['yes\nand also the shirt', [mugs(2), { line_id: 'shirt', quantity: 1, exchange_for: null }]],
    ['add one pair of socks', [mugs(2), socks(1)]],
    ['no, the shirt instead', [{ line_id: 'shirt', quantity: 1, exchange_for: null }]],
    ['only 1 mug', [mugs(1)]],
    ['everything please', [{ line_id: 'shirt', quantity: 1, exchange_for: null }, socks(2), mugs(2)]],
  ])('is checked anew, not submitted, on %j', async (text, lines) => {
    const dialogue = await quoted();
    await dialogue.say(text);
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
    expect(linesOf(dialogue)).toEqual(lines);
  });

  it('drops the item the customer keeps after all', async () => {
    const dialogue = await quoted('return the mugs and the socks from #1001');
    await dialogue.say('I would like to keep the socks');
    expect(linesOf(dialogue)).toEqual([mugs(2)]);
  });

  it('is left alone when the customer keeps all of it', async () => {
    const dialogue = await quoted();
    expect(await dialogue.say('I think I am keeping the mugs')).toContain('Nothing was returned');
  });

  it.each([
    ['can I have store credit instead?', { wish: 'store_credit', items: [mugs(2)] }],
    ['they arrived broken by the way', { reason: 'damaged', items: [mugs(2)] }],
  ])('is checked anew with what %j adds', async (text, expected) => {
    const dialogue = await quoted();
    await dialogue.say(text);
    expect(dialogue.calls.at(-1)?.arguments).toMatchObject(expected);
  });

  it.each([
    [['yes', 'thanks'], 'submit_return'],
    [['hi', 'ok', 'go ahead'], 'submit_return'],
    [['yes', 'and the socks too'], 'check_return'],
    [['only one of them', 'yes'], 'check_return'],
    [['yes', 'wait'], 'find_order'],
  ])('takes quick texts together: %j leads to %s', async (texts, last) => {
    const dialogue = await quoted();
    await dialogue.say(...texts);
    expect(dialogue.calls.at(-1)?.name).toBe(last);
  });

  it('keeps the reason and the wish when the items change', async () => {
    const dialogue = await quoted('return both mugs from #1001, they are broken, for store credit');
    await dialogue.say('yes but only one of them');
    expect(dialogue.calls.at(-1)?.arguments).toMatchObject({ reason: 'damaged', wish: 'store_credit' });
  });

  it.each([
    ['how long will it take?', 'I have no exact time for that.'],
    ['what is your return policy?', policy.join(' ')],
    ['is there a restocking fee?', 'There is no restocking fee.'],
  ])('stays open while %j is answered', async (text, answer) => {
    const dialogue = await quoted();
    const reply = await dialogue.say(text);
    expect(reply).toContain(answer);
    expect(reply).toContain(question);
    expect(dialogue.calls).toEqual([]);
    await dialogue.say('ok yes');
    expect(dialogue.calls[0]?.name).toBe('submit_return');
  });

  it.each(['where is my refund?', 'did you refund me yet', 'refund status?', 'when will I get my money'])(
    'stays open, and is asked for again, after %j',
    async (text) => {
      const dialogue = await quoted();
      expect(await dialogue.say(text)).toBe(
        'I see no refund so far. I also still need your YES or NO for the refund of $24.00 for order #1001.',
      );
      expect(dialogue.calls.map(({ name }) => name)).toEqual(['return_status']);
      await dialogue.say('ok yes');
      expect(dialogue.calls[0]?.name).toBe('submit_return');
    },
  );

  it('stays open while the order is described', async () => {
    const dialogue = await quoted();
    expect(await dialogue.say('when was my order delivered?')).toBe(
      `Order #1001 was placed on Nov 1 and delivered on Nov 5. ${question}`,
    );
  });

  it.each(['yes?', 'maybe', 'I guess so', 'yes if you waive the fee', 'hmm', 'yes 👎', '"yes"', 'yesterday'])(
    'is not submitted on %j',
    async (text) => {
      const dialogue = await quoted();
      const reply = await dialogue.say(text);
      expect(dialogue.calls.map(({ name }) => name)).not.toContain('submit_return');
      expect(reply).toContain('$24.00');
    },
  );

  it('goes to a person after two answers that are neither yes nor no', async () => {
    const dialogue = await quoted();
    expect(await dialogue.say('hmm')).toBe(`Sorry, I need a clear yes or no. ${question}`);
    await dialogue.say('well');
    expect(dialogue.calls.at(-1)).toEqual({ name: 'hand_off', arguments: { reason: 'not_understood' } });
  });

  it('gives way to a return from another order', async () => {
    const dialogue = await quoted();
    await dialogue.say('actually I want to return the belt from #1002');
    expect(linesOf(dialogue)).toEqual([{ line_id: 'belt', quantity: 1, exchange_for: null }]);
  });

  it('is shown before anything else when its amount was never sent', async () => {
    const dialogue = await quoted();
    dialogue.facts = {
      ...dialogue.facts,
      open_quotes: dialogue.facts.open_quotes.map((quote) => ({ ...quote, shown: false })),
    };
    expect(await dialogue.say('yes')).toBe(question);
    expect(dialogue.calls).toEqual([]);
  });

  it.each(['expired', 'changed'])('is checked anew when submitting finds it %s', async (status) => {
    const dialogue = await quoted('return both mugs from #1001', {
      answers: { submit_return: [{ status, say: 'I need to check once more.' }] },
    });
    expect(await dialogue.say('yes')).toMatch(/^I checked it once more: I can refund \$24\.00/);
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['submit_return', 'find_order', 'check_return']);
    expect(linesOf(dialogue)).toEqual([mugs(2)]);
  });

  it.each(['awaiting_approval', 'already_submitted', 'not_confirmed', 'needs_person', 'unavailable'])(
    'passes on what submitting answers: %s',
    async (status) => {
      const script = { answers: { submit_return: [{ status, say: 'What the tool says.' }] } };
      const dialogue = await quoted(undefined, script);
      expect(await dialogue.say('yes')).toBe('What the tool says.');
      expect(dialogue.calls).toHaveLength(1);
    },
  );
});
