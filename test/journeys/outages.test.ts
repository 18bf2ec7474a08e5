import { sql } from 'drizzle-orm';
import { test as base, describe, expect } from 'vitest';
import { jane, maya, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

type Fault = Parameters<World['sandbox']['shop']['faults']['add']>[0];
type Scene = World & ReturnType<typeof watch>;

// Each waits for pauses most of its time, so they run side by side, each in a world of its own.
const test = base.extend<{ scene: Scene }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures from it
  scene: async ({}, use) => {
    const world = await openWorld();
    await use(Object.assign(world, watch(world)));
    await world.close();
  },
});

function watch(world: World) {
  const done = () => world.textsTo(jane).filter((text) => text.startsWith('Done:'));
  const staffRead = () => JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));
  return {
    done,
    staffRead,
    breakIt: (provider: 'shop' | 'phones' | 'workspace', fault: Fault) =>
      world.sandbox[provider].faults.add(fault),
    hearOf: (words: string) => waitFor(`staff to read "${words}"`, () => staffRead().includes(words)),
    outcomeHeard: () => waitFor('the outcome', () => done().length > 0),
    async refundState(): Promise<unknown> {
      const [row] = await world.db.execute(sql`select state from refunds`);
      return row?.state;
    },
  };
}

const down = { kind: 'status', status: 503, body: 'no healthy upstream' } as const;

describe('while Shopify is away', { concurrent: true }, () => {
  test('a customer gets a plain sentence, and later the same words work', async ({ scene }) => {
    const repair = scene.breakIt('shop', { when: 'before', action: down });
    const answers = await scene.say(jane, 'return the blue shirt from 1001');
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/can't reach the shop's order system/);
    expect(answers[0]).not.toMatch(/503|upstream|error/i);
    repair();
    const [quote] = await scene.say(jane, 'return the blue shirt from 1001');
    expect(quote).toContain('$48.00');
  });

  test('staff are told once, however many customers ask', async ({ scene }) => {
    scene.breakIt('shop', { when: 'before', action: down });
    for (const from of [jane, '+15551230002']) await scene.say(from, 'return the blue shirt from 1001');
    await scene.hearOf('cannot be reached');
    const notes = scene.sandbox.workspace.messagesIn('CSUPPORT');
    expect(notes.filter((note) => note.text.includes('cannot be reached'))).toHaveLength(1);
  });

  test.for<[string, Fault]>([
    [
      'is refused by a busy shop',
      { operation: 'refundCreate', when: 'before', times: 2, action: { kind: 'throttle' } },
    ],
    ['meets a shop that is down', { operation: 'refundCreate', when: 'before', times: 2, action: down }],
    ['loses its answer', { operation: 'refundCreate', when: 'after', times: 1, action: { kind: 'drop' } }],
    [
      'is answered with an error after it was made',
      { operation: 'refundCreate', when: 'after', times: 1, action: down },
    ],
  ])('a refund that %s is made once, and told once', async ([_what, fault], { scene }) => {
    await scene.say(jane, 'return the blue shirt from 1001');
    scene.breakIt('shop', fault);
    await scene.say(jane, 'yes');
    await scene.outcomeHeard();
    await scene.settled();
    expect(scene.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
    expect(scene.done()).toHaveLength(1);
    expect(await scene.refundState()).toBe('refunded');
  });

  test('an order that cannot be read after the yes moves nothing until it can', async ({ scene }) => {
    await scene.say(jane, 'return the blue shirt from 1001');
    const repair = scene.breakIt('shop', { when: 'before', action: down });
    const [answer] = await scene.say(jane, 'yes');
    expect(answer).toMatch(/can't reach/);
    expect(scene.refundsOf('#1001')).toEqual([]);
    repair();
    await scene.say(jane, 'yes');
    await scene.outcomeHeard();
    expect(scene.refundsOf('#1001')).toHaveLength(1);
  });

  test('a click is answered with "try again", decides nothing, and counts when it is made again', async ({
    scene,
  }) => {
    await scene.say(jane, 'return the walnut desk from 1002');
    await scene.say(jane, 'yes');
    const card = await scene.card('#1002');
    await scene.settled();
    const repair = scene.breakIt('shop', { when: 'before', action: down });
    expect(await scene.click(card, maya, 'approve_refund')).toBe(200);
    await waitFor('an answer to the click', () => scene.sandbox.workspace.ephemerals().length === 1);
    expect(await scene.refundState()).toBe('awaiting-approval');
    repair();
    await scene.click(card, maya, 'approve_refund');
    await scene.outcomeHeard();
    expect(scene.refundsOf('#1002')).toHaveLength(1);
  });
});

describe('a refund the shop does not make', { concurrent: true }, () => {
  test('because somebody was faster is told to the customer and to staff, and not tried again', async ({
    scene,
  }) => {
    await scene.say(jane, 'return the blue shirt from 1001');
    scene.breakIt('shop', {
      operation: 'refundCreate',
      when: 'before',
      times: 1,
      action: {
        kind: 'call',
        run: () => scene.sandbox.shop.editOrder('#1001', { kind: 'refund', line: 'Blue Oxford Shirt' }),
      },
    });
    await scene.say(jane, 'yes');
    await waitFor('the outcome', () =>
      scene.textsTo(jane).some((text) => text.includes('could not be made')),
    );
    await scene.hearOf('needs a person');
    expect(await scene.refundState()).toBe('rejected');
    expect(scene.refundsOf('#1001')).toEqual([]);
    expect(scene.done()).toEqual([]);
  });

  test('because the payment failed is told to the customer and to staff', async ({ scene }) => {
    scene.sandbox.shop.setPaymentStatus('FAILURE');
    await scene.say(jane, 'return the blue shirt from 1001');
    await scene.say(jane, 'yes');
    await waitFor('the outcome', () => scene.textsTo(jane).some((text) => text.includes('turned it down')));
    await scene.hearOf('needs a person');
    expect(scene.done()).toEqual([]);
  });
});

describe('while Twilio is away', { concurrent: true }, () => {
  test.for<[string, Fault]>([
    [
      'fails twice',
      { operation: 'messages.create', when: 'before', times: 2, action: { kind: 'status', status: 500 } },
    ],
    ['is busy', { operation: 'messages.create', when: 'before', times: 1, action: { kind: 'throttle' } }],
    [
      'takes the text and loses its answer',
      { operation: 'messages.create', when: 'after', times: 1, action: { kind: 'drop' } },
    ],
    [
      'takes the text, loses its answer, and cannot be asked for it at first',
      { operation: 'messages.list', when: 'before', times: 1, action: down },
    ],
  ])('and %s, a text arrives once', async ([_what, fault], { scene }) => {
    if (fault.operation === 'messages.list')
      scene.breakIt('phones', {
        operation: 'messages.create',
        when: 'after',
        times: 1,
        action: { kind: 'drop' },
      });
    scene.breakIt('phones', fault);
    await scene.say(jane, 'what is your return policy?');
    await waitFor('the text to be settled', async () => {
      const [row] = await scene.db.execute(sql`select state from outbox`);
      return row?.state === 'sent';
    });
    expect(scene.textsTo(jane)).toHaveLength(1);
  });

  test('texts that had to wait arrive in the order they were said', async ({ scene }) => {
    const repair = scene.breakIt('phones', { operation: 'messages.create', when: 'before', action: down });
    await scene.say(jane, 'return the blue shirt from 1001');
    await scene.say(jane, 'what is your return policy?');
    expect(scene.textsTo(jane)).toEqual([]);
    repair();
    await waitFor('both texts', () => scene.textsTo(jane).length === 2);
    expect(scene.textsTo(jane)[0]).toContain('$48.00');
    expect(scene.textsTo(jane)[1]).toContain('30 days');
  });

  test.for([
    ['the customer opted out at the carrier', 21610, true],
    ['the number does not exist', 21211, false],
  ])(
    'a text refused because %s is not tried again, and staff are told',
    async ([_what, code, optedOut], { scene }) => {
      const body = JSON.stringify({ code, message: 'refused', status: 400 });
      scene.breakIt('phones', {
        operation: 'messages.create',
        when: 'before',
        times: 1,
        action: { kind: 'status', status: 400, body, headers: { 'content-type': 'application/json' } },
      });
      await scene.say(jane, 'what is your return policy?');
      await scene.hearOf(`code ${code}`);
      const [row] = await scene.db.execute(sql`select state, error_code as code from outbox`);
      expect(row).toEqual({ state: 'refused', code: String(code) });
      expect(scene.staffRead()).not.toContain(jane);
      expect(await scene.say(jane, 'what is your return policy?')).toHaveLength(optedOut ? 0 : 1);
    },
  );
});

describe('while Slack is away', { concurrent: true }, () => {
  async function expectOneCard(scene: Scene): Promise<void> {
    await scene.card('#1002');
    await scene.settled();
    await waitFor('the card to be known', async () => {
      const [row] = await scene.db.execute(sql`select card from approvals`);
      return row?.card !== null;
    });
    expect(scene.sandbox.workspace.cards()).toHaveLength(1);
  }

  test.for<[string, Fault]>([
    ['is down', { operation: 'chat.postMessage', when: 'before', times: 2, action: down }],
    [
      'posts the card and loses its answer',
      { operation: 'chat.postMessage', when: 'after', times: 1, action: { kind: 'drop' } },
    ],
  ])(
    'and %s, the card is posted once, and the approval lives as long as any other',
    async ([_what, fault], { scene }) => {
      await scene.say(jane, 'return the walnut desk from 1002');
      scene.breakIt('workspace', fault);
      await scene.say(jane, 'yes');
      await expectOneCard(scene);
      const [approval] = await scene.db.execute<{ state: string; lives: number }>(
        sql`select state, extract(epoch from expires_at - created_at)::int as lives from approvals`,
      );
      expect(approval).toMatchObject({ state: 'pending' });
      // From the card on, which came later than the request.
      expect(Number(approval?.lives)).toBeGreaterThanOrEqual(86_400);
      await scene.click(await scene.card('#1002'), maya, 'approve_refund');
      await scene.outcomeHeard();
      expect(scene.refundsOf('#1002')).toHaveLength(1);
    },
  );

  test('a card is not posted again before the time Slack asked for', async ({ scene }) => {
    const posted: number[] = [];
    const note = () => void posted.push(performance.now());
    await scene.say(jane, 'return the walnut desk from 1002');
    scene.breakIt('workspace', {
      operation: 'chat.postMessage',
      when: 'before',
      action: { kind: 'call', run: note },
    });
    scene.breakIt('workspace', {
      operation: 'chat.postMessage',
      when: 'before',
      times: 1,
      action: { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
    });
    await scene.say(jane, 'yes');
    await expectOneCard(scene);
    expect(posted).toHaveLength(2);
    expect((posted[1] ?? 0) - (posted[0] ?? 0)).toBeGreaterThan(2_900);
  });

  test('nobody can be checked, so nobody decides; the customer goes on being answered', async ({ scene }) => {
    await scene.say(jane, 'return the walnut desk from 1002');
    await scene.say(jane, 'yes');
    const card = await scene.card('#1002');
    await scene.settled();
    scene.breakIt('workspace', {
      operation: 'usergroups.users.list',
      when: 'before',
      times: 4,
      action: down,
    });
    scene.breakIt('workspace', { operation: 'users.info', when: 'before', times: 4, action: down });
    await scene.click(card, maya, 'approve_refund');
    await scene.settled();
    expect(await scene.refundState()).toBe('awaiting-approval');
    expect(await scene.say(jane, 'what is your return policy?')).toHaveLength(1);
  });
});
