import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuidedModel } from '../../../src/adapters/guided/guided-model.ts';
import { readConsent } from '../../../src/returns/consent.ts';
import { onlyBoots, type Script, startDialogue } from './dialogue.ts';

const refunds = [{ order_number: '#1001', amount: '$48.00', state: 'awaiting-approval' }];

describe('small talk', () => {
  it('greets with what it can do', async () => {
    const dialogue = startDialogue();
    expect(await dialogue.say('Hi there!')).toMatch(/^Hi, this is the returns assistant of Fern & Co\./);
    expect(dialogue.calls).toEqual([]);
  });

  it.each(['thanks!', 'Thank you so much, bye', 'ok', 'no'])('calls nothing for %j', async (text) => {
    const dialogue = startDialogue();
    await dialogue.say(text);
    expect(dialogue.calls).toEqual([]);
  });

  it('explains itself', async () => {
    expect(await startDialogue().say('what can you do?')).toContain('what you would like to return');
  });

  it('asks plainly what it did not understand, then calls a person', async () => {
    const dialogue = startDialogue();
    expect(await dialogue.say('asdf qwer')).toContain("Sorry, I didn't understand that");
    await dialogue.say('blorp');
    expect(dialogue.calls.at(-1)).toEqual({ name: 'hand_off', arguments: { reason: 'not_understood' } });
  });

  it('calls a person when the items stay unclear', async () => {
    const dialogue = startDialogue();
    await dialogue.say('I want to return something from #1001');
    expect(await dialogue.say('the purple elephant')).toContain("can't find that on order #1001");
    await dialogue.say('the purple elephant!');
    expect(dialogue.calls.at(-1)).toEqual({ name: 'hand_off', arguments: { reason: 'not_understood' } });
  });
});

describe('a person', () => {
  it.each([
    ['I want to talk to a human', 'asked_for_person'],
    ['agent', 'asked_for_person'],
    ['can someone call me', 'asked_for_person'],
    ['get me a real person please', 'asked_for_person'],
    ['I need customer service', 'asked_for_person'],
    ['is this a bot?', 'asked_for_person'],
    ['I will sue you', 'legal_threat'],
    ['You will hear from my lawyer about order #1001', 'legal_threat'],
    ['I am filing a chargeback', 'legal_threat'],
    ['This is a scam, give me my money back', 'upset'],
    ['this is unacceptable, refund me now', 'upset'],
  ])('is called for %j', async (text, reason) => {
    const dialogue = startDialogue();
    expect(await dialogue.say(text)).toContain('Someone from our team takes over.');
    expect(dialogue.calls).toEqual([{ name: 'hand_off', arguments: { reason } }]);
  });

  it.each([
    'I bought it for another person, return the shirt from #1001',
    'I need to return the shirt from #1001 for someone',
    'The shirt from #1001 is terrible quality',
  ])('is not called for %j', async (text) => {
    const dialogue = startDialogue();
    await dialogue.say(text);
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
  });

  it('is called when a check asks for one, and the customer hears why', async () => {
    const dialogue = startDialogue({
      answers: {
        check_return: [{ status: 'needs_person', rule: 'not-delivered', say: 'It has not arrived.' }],
      },
    });
    expect(await dialogue.say('return the shirt from #1001')).toBe(
      'It has not arrived. Someone from our team takes over.',
    );
    expect(dialogue.calls.at(-1)).toEqual({ name: 'hand_off', arguments: { reason: 'needs_person' } });
  });
});

describe('a question', () => {
  it.each([
    ['what is your return policy?', 'You can return items within 30 days of delivery.'],
    ['how many days do I have?', 'You can return items within 30 days of delivery.'],
    ['do you take back gift cards?', "Gift cards can't be returned."],
    ['how long does a refund take?', 'I have no exact time for that.'],
  ])('is answered from the facts: %j', async (text, answer) => {
    const dialogue = startDialogue({ facts: { refunds } });
    expect(await dialogue.say(text)).toContain(answer);
    expect(dialogue.calls).toEqual([]);
  });

  it.each([
    ['where is my refund', null],
    ['Has my refund for #1001 been processed?', '1001'],
    ['when will I get my money back?', null],
    ['status of my return 1002', '1002'],
  ])('about a refund is looked up: %j', async (text, order_number) => {
    const dialogue = startDialogue({ facts: { refunds } });
    expect(await dialogue.say(text)).toBe('The refund of $48.00 for #1001 waits.');
    expect(dialogue.calls).toEqual([{ name: 'return_status', arguments: { order_number } }]);
  });

  it('about a refund waits for the proof of whose order it is', async () => {
    const answers = { prove_identity: [{ status: 'verified', order: onlyBoots }] };
    const dialogue = startDialogue({ facts: { phone_known: false }, answers });
    expect(await dialogue.say('where is my refund?')).toContain('To look up the order I need');
    await dialogue.say('1003');
    dialogue.facts = { ...dialogue.facts, proven_orders: ['#1003'] };
    expect(await dialogue.say('jane@example.com 97205')).toBe('I see no refund so far.');
    expect(dialogue.calls.at(-1)).toEqual({ name: 'return_status', arguments: { order_number: '#1003' } });
  });

  it('about a parcel that never came is answered with what is known', async () => {
    const dialogue = startDialogue();
    expect(await dialogue.say('I never received my order #1001')).toContain('delivered on Nov 5');
  });

  it('about an order is answered with its dates', async () => {
    expect(await startDialogue().say('where is my order #1002?')).toBe(
      'Order #1002 was placed on Nov 1 and delivered on Nov 5.',
    );
  });

  it('starts no return by itself', async () => {
    const dialogue = startDialogue({ facts: { refunds } });
    await dialogue.say('where is my refund?');
    expect(await dialogue.say('hello')).toContain('returns assistant');
  });

  it('beside a request leaves the request standing', async () => {
    const dialogue = startDialogue();
    await dialogue.say('I want to return something from #1001. How long will it take?');
    await dialogue.say('the mugs');
    expect(dialogue.calls.at(-1)?.name).toBe('check_return');
  });

  it('inside a request does not hold the request up', async () => {
    const dialogue = startDialogue();
    await dialogue.say('I want to return the shirt from #1001. How long will it take?');
    expect(dialogue.calls.at(-1)?.name).toBe('check_return');
  });
});

describe('when a tool cannot help', () => {
  it.each(['unavailable', 'denied', 'invalid', 'not_found'])(
    'passes on why a check is %s',
    async (status) => {
      const dialogue = startDialogue({ answers: { check_return: [{ status, say: 'What the tool says.' }] } });
      expect(await dialogue.say('return the shirt from #1001')).toContain('What the tool says.');
    },
  );

  it('passes on that the shop cannot be asked', async () => {
    const dialogue = startDialogue({
      answers: { find_order: [{ status: 'unavailable', say: 'Try later.' }] },
    });
    expect(await dialogue.say('return the shirt from #1001')).toBe('Try later.');
    expect(dialogue.calls).toHaveLength(1);
  });

  it('asks plainly after a call that was refused', async () => {
    const dialogue = startDialogue({
      answers: { find_order: [{ status: 'bad_call', problem: 'order_number' }] },
    });
    expect(await dialogue.say('return the shirt from #1001')).toContain("Sorry, I didn't understand that");
  });

  it('says so when even a person cannot be called', async () => {
    const dialogue = startDialogue({ answers: { hand_off: [{ status: 'bad_call', problem: 'x' }] } });
    expect(await dialogue.say('agent')).toContain("can't do that right now");
  });
});

describe('whatever is written', () => {
  const scripts: readonly Script[] = [
    {},
    { facts: { phone_known: false } },
    { facts: { party: 'staff', phone_known: false } },
    { facts: { refunds } },
  ];
  const word = fc.oneof(
    fc.constantFrom(
      'return',
      'the',
      'shirt',
      'mugs',
      'socks',
      '#1001',
      '1002',
      'yes',
      'no',
      'but',
      'only',
      'two',
    ),
    fc.constantFrom(
      'first',
      'all',
      'except',
      'keep',
      'and',
      'how',
      'long',
      '?',
      'jo@example.com',
      '10001',
      '$48',
      'zip',
    ),
    fc.string({ maxLength: 12 }),
  );
  const texts = fc.array(
    fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
    { minLength: 1, maxLength: 5 },
  );

  it('ends every turn within six calls, in words that ask nobody to opt out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...scripts), texts, async (script, said) => {
        const dialogue = startDialogue(script);
        for (const text of said) {
          const reply = await dialogue.say(text);
          expect(reply.trim()).not.toBe('');
          expect(reply.length).toBeLessThan(600);
          expect(reply).not.toMatch(/\b(?:CANCEL|END|STOP|QUIT)\b/);
          expect(reply).toMatch(/^[\x20-\x7e\n]*$/);
          expect(dialogue.calls.length).toBeLessThanOrEqual(6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('submits only what was shown, and only on a text that is a yes', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (said) => {
        const dialogue = startDialogue();
        await dialogue.say('return the shirt from #1001');
        for (const text of said) {
          const shown = dialogue.facts.open_quotes
            .filter((quote) => quote.shown)
            .map((quote) => quote.quote_id);
          await dialogue.say(text);
          const submitted = dialogue.calls.filter(({ name }) => name === 'submit_return');
          if (submitted.length === 0) continue;
          expect(shown).toContain(submitted[0]?.arguments.quote_id);
          expect(readConsent(text)).toBe('yes');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same answer to the same request', async () => {
    const first = startDialogue();
    const second = startDialogue();
    expect(await first.say('return a mug from #1001')).toBe(await second.say('return a mug from #1001'));
    expect(first.calls).toEqual(second.calls);
    expect(createGuidedModel().name).toBe('guided');
  });
});
