import { describe, expect, it } from 'vitest';
import { notFoundSay, onlyBoots, type Script, socksAndShirts, startDialogue } from './dialogue.ts';

const stranger: Script = { facts: { phone_known: false } };
const verified: Script = {
  ...stranger,
  answers: { prove_identity: [{ status: 'verified', order: onlyBoots }] },
};

describe('a sender the shop does not know', () => {
  it('is asked for all three proofs at once', async () => {
    const dialogue = startDialogue(stranger);
    expect(await dialogue.say('I want to return my boots')).toBe(
      'To look up the order I need the order number, the e-mail address on the order and the postal code it was shipped to.',
    );
    expect(dialogue.calls).toEqual([]);
  });

  it('goes on with the first request once the proof is complete', async () => {
    const dialogue = startDialogue(verified);
    await dialogue.say('I want to return my boots, they are too small');
    expect(await dialogue.say('order 1003, jo.doe+shop@example.com, zip 10001')).toContain('Reply YES');
    expect(dialogue.calls).toEqual([
      { name: 'find_order', arguments: { order_number: '1003' } },
      {
        name: 'prove_identity',
        arguments: { order_number: '1003', email: 'jo.doe+shop@example.com', postal_code: '10001' },
      },
      {
        name: 'check_return',
        arguments: {
          order_number: '#1003',
          items: [{ line_id: 'boots', quantity: 1, exchange_for: null }],
          reason: 'too_small',
          wish: 'refund',
        },
      },
    ]);
  });

  it('collects the proof over several texts and asks for what is missing', async () => {
    const dialogue = startDialogue(verified);
    await dialogue.say('I want to return my boots');
    expect(await dialogue.say('it is #1003')).toBe(notFoundSay);
    expect(await dialogue.say('jo@example.com')).toBe(
      'To look up the order I need the postal code it was shipped to.',
    );
    await dialogue.say('10001');
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'prove_identity', 'check_return']);
  });

  it.each([
    ['1003 jo@example.com 10001', '10001'],
    ['10001, jo@example.com, order #1003', '10001'],
    ['#1003 jo@example.com 10001-1234', '10001-1234'],
    ['Order number: 1003. E-mail: jo@example.com. Postcode: SW1A 1AA.', 'SW1A 1AA'],
    ['#1003, jo@example.com, sw1a1aa', 'sw1a1aa'],
    ['#1003, jo@example.com, K1A 0B1', 'K1A 0B1'],
    ['#1003, jo@example.com, 1012 AB', '1012 AB'],
    ['postal code is 80331, order #1003 and my email is jo@example.com', '80331'],
    ['#1003\njo@example.com\n10115', '10115'],
    ['my zip is 10001 my order 1003 and email jo@example.com.', '10001'],
  ])('is read from %j', async (text, postalCode) => {
    const dialogue = startDialogue(verified);
    await dialogue.say('I want to return my boots');
    await dialogue.say(text);
    expect(dialogue.calls[1]?.arguments).toEqual({
      order_number: '1003',
      email: 'jo@example.com',
      postal_code: postalCode,
    });
  });

  it('hears that a proof was wrong, and may correct one part of it', async () => {
    const dialogue = startDialogue({
      ...stranger,
      answers: {
        prove_identity: [
          { status: 'not_verified', say: 'These details do not match.' },
          { status: 'verified', order: onlyBoots },
        ],
      },
    });
    await dialogue.say('return my boots');
    expect(await dialogue.say('#1003 jo@example.com 10002')).toBe('These details do not match.');
    await dialogue.say('sorry, the zip is 10001');
    expect(dialogue.calls[1]?.arguments).toMatchObject({ email: 'jo@example.com', postal_code: '10001' });
    expect(dialogue.calls.at(-1)?.name).toBe('check_return');
  });

  it('burns no try on a text that brings nothing new', async () => {
    const dialogue = startDialogue(stranger);
    await dialogue.say('return my boots');
    await dialogue.say('#1003 jo@example.com 10002');
    await dialogue.say('but I want to return them');
    expect(dialogue.calls.map(({ name }) => name)).not.toContain('prove_identity');
  });

  it('hears that proofs are locked', async () => {
    const dialogue = startDialogue({
      ...stranger,
      answers: { prove_identity: [{ status: 'locked', say: 'Too many tries; a person has been told.' }] },
    });
    expect(await dialogue.say('return #1003, jo@example.com, zip 10001')).toBe(
      'Too many tries; a person has been told.',
    );
  });

  it('needs no number again for the order it has proven', async () => {
    const dialogue = startDialogue({ facts: { phone_known: false, proven_orders: ['#1003'] } });
    await dialogue.say('I want to return the boots');
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['find_order', 'check_return']);
  });

  it('gets the same question for an order the shop does not know', async () => {
    const dialogue = startDialogue(stranger);
    const unknown = await dialogue.say('return the shirt from #9999');
    expect(await startDialogue(stranger).say(`return the shirt from ${socksAndShirts.order_number}`)).toBe(
      unknown,
    );
  });

  it('is asked for a proof when the phone is known but has no orders', async () => {
    const dialogue = startDialogue({ phoneOrders: [] });
    expect(await dialogue.say('I want to return my boots')).toContain('the order number, the e-mail address');
  });
});

describe('a code', () => {
  const offer = `${notFoundSay} Or reply CODE.`;
  const asked = 'If that order has a phone, a code is on its way. Please send me its six digits here.';
  const script = (check: object): Script => ({
    ...stranger,
    answers: {
      find_order: [{ status: 'not_found', say: offer }],
      send_code: [{ status: 'code_asked', say: asked }],
      check_code: [{ status: 'not_verified', say: 'That code did not match.' }, check as never],
    },
  });

  it('is asked for by the word, and goes on with the first request once it is right', async () => {
    const dialogue = startDialogue(script({ status: 'verified', order: onlyBoots }));
    expect(await dialogue.say('I want to return my boots from order 1003')).toBe(offer);
    expect(await dialogue.say('CODE')).toBe(asked);
    expect(dialogue.calls).toEqual([{ name: 'send_code', arguments: { order_number: '1003' } }]);
    dialogue.facts = { ...dialogue.facts, codes_awaited: ['1003'] };
    expect(await dialogue.say('123456')).toBe('That code did not match.');
    expect(await dialogue.say('sorry, it is 654 321')).toContain('Reply YES');
    expect(dialogue.calls.map(({ name }) => name)).toEqual(['check_code', 'check_return']);
    expect(dialogue.calls[0]?.arguments).toEqual({ order_number: '1003', code: '654321' });
  });

  it.each(['text me a code please', 'I need the code', 'can you send a code?', 'code'])(
    'is asked for by "%s"',
    async (text) => {
      const dialogue = startDialogue(script({}));
      await dialogue.say('return the boots from 1003');
      await dialogue.say(text);
      expect(dialogue.calls.map(({ name }) => name)).toEqual(['send_code']);
    },
  );

  it('is not what a postal code of six digits is', async () => {
    const dialogue = startDialogue(script({}));
    await dialogue.say('return the boots from 1003');
    await dialogue.say('CODE');
    dialogue.facts = { ...dialogue.facts, codes_awaited: ['1003'] };
    await dialogue.say('jo@example.com, postal code 560001');
    expect(dialogue.calls.map(({ name }) => name)).not.toContain('check_code');
  });
});
