import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jane, maya, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

type Provider = 'shop' | 'phones' | 'workspace';
type Fault = Parameters<World['sandbox']['shop']['faults']['add']>[0];

function breakIt(provider: Provider, fault: Fault): () => void {
  return world.sandbox[provider].faults.add(fault);
}
const down = { kind: 'status', status: 503, body: 'no healthy upstream' } as const;
const done = () => world.textsTo(jane).filter((text) => text.startsWith('Done:'));
const staffRead = () => JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));
const hearOf = (words: string) =>
  waitFor(`staff to read "${words}"`, () => (staffRead().includes(words) ? true : undefined));
const outcomeHeard = () => waitFor('the outcome', () => done().length > 0);

async function refundState(): Promise<unknown> {
  const [row] = await world.db.execute(sql`select state from refunds`);
  return row?.state;
}

describe('while Shopify is away', () => {
  test('a customer gets a plain sentence, and later the same words work', async () => {
    const repair = breakIt('shop', { when: 'before', action: down });
    const answers = await world.say(jane, 'return the blue shirt from 1001');
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/can't reach the shop's order system/);
    expect(answers[0]).not.toMatch(/503|upstream|error/i);
    repair();
    const [quote] = await world.say(jane, 'return the blue shirt from 1001');
    expect(quote).toContain('$48.00');
  });

  test.each<[string, Fault]>([
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
  ])('a refund that %s is made once, and told once', async (_what, fault) => {
    await world.say(jane, 'return the blue shirt from 1001');
    breakIt('shop', fault);
    await world.say(jane, 'yes');
    await outcomeHeard();
    await world.settled();
    expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
    expect(done()).toHaveLength(1);
    expect(await refundState()).toBe('refunded');
  });

  test('an order that cannot be read after the yes moves nothing until it can', async () => {
    await world.say(jane, 'return the blue shirt from 1001');
    const repair = breakIt('shop', { when: 'before', action: down });
    const [answer] = await world.say(jane, 'yes');
    expect(answer).toMatch(/can't reach/);
    expect(world.refundsOf('#1001')).toEqual([]);
    repair();
    await world.say(jane, 'yes');
    await outcomeHeard();
    expect(world.refundsOf('#1001')).toHaveLength(1);
  });

  test('a click is answered with "try again", decides nothing, and counts when it is made again', async () => {
    await world.say(jane, 'return the walnut desk from 1002');
    await world.say(jane, 'yes');
    const card = await world.card('#1002');
    await world.settled();
    const repair = breakIt('shop', { when: 'before', action: down });
    expect(await world.click(card, maya, 'approve_refund')).toBe(200);
    await waitFor('an answer to the click', () => world.sandbox.workspace.ephemerals().length === 1);
    expect(await refundState()).toBe('awaiting-approval');
    repair();
    await world.click(card, maya, 'approve_refund');
    await outcomeHeard();
    expect(world.refundsOf('#1002')).toHaveLength(1);
  });
});

describe('a refund the shop does not make', () => {
  test('because somebody was faster is told to the customer and to staff, and not tried again', async () => {
    await world.say(jane, 'return the blue shirt from 1001');
    breakIt('shop', {
      operation: 'refundCreate',
      when: 'before',
      times: 1,
      action: {
        kind: 'call',
        run: () => world.sandbox.shop.editOrder('#1001', { kind: 'refund', line: 'Blue Oxford Shirt' }),
      },
    });
    await world.say(jane, 'yes');
    await waitFor('the outcome', () =>
      world.textsTo(jane).some((text) => text.includes('could not be made')),
    );
    await hearOf('needs a person');
    expect(await refundState()).toBe('rejected');
    expect(world.refundsOf('#1001')).toEqual([]);
    expect(done()).toEqual([]);
  });

  test('because the payment failed is told to the customer and to staff', async () => {
    world.sandbox.shop.setPaymentStatus('FAILURE');
    await world.say(jane, 'return the blue shirt from 1001');
    await world.say(jane, 'yes');
    await waitFor('the outcome', () => world.textsTo(jane).some((text) => text.includes('turned it down')));
    await hearOf('needs a person');
    expect(done()).toEqual([]);
  });
});

describe('while Twilio is away', () => {
  test.each<[string, Fault]>([
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
  ])('and %s, a text arrives once', async (_what, fault) => {
    if (fault.operation === 'messages.list')
      breakIt('phones', { operation: 'messages.create', when: 'after', times: 1, action: { kind: 'drop' } });
    breakIt('phones', fault);
    await world.say(jane, 'what is your return policy?');
    await waitFor('the text to be settled', async () => {
      const [row] = await world.db.execute(sql`select state from outbox`);
      return row?.state === 'sent';
    });
    expect(world.textsTo(jane)).toHaveLength(1);
  });

  test('texts that had to wait arrive in the order they were said', async () => {
    const repair = breakIt('phones', { operation: 'messages.create', when: 'before', action: down });
    await world.say(jane, 'return the blue shirt from 1001');
    await world.say(jane, 'what is your return policy?');
    expect(world.textsTo(jane)).toEqual([]);
    repair();
    await waitFor('both texts', () => world.textsTo(jane).length === 2);
    expect(world.textsTo(jane)[0]).toContain('$48.00');
    expect(world.textsTo(jane)[1]).toContain('30 days');
  });

  test.each([
    ['the customer opted out at the carrier', 21610, true],
    ['the number does not exist', 21211, false],
  ])('a text refused because %s is not tried again, and staff are told', async (_what, code, optedOut) => {
    const body = JSON.stringify({ code, message: 'refused', status: 400 });
    breakIt('phones', {
      operation: 'messages.create',
      when: 'before',
      times: 1,
      action: { kind: 'status', status: 400, body, headers: { 'content-type': 'application/json' } },
    });
    await world.say(jane, 'what is your return policy?');
    await hearOf(`code ${code}`);
    const [row] = await world.db.execute(sql`select state, error_code as code from outbox`);
    expect(row).toEqual({ state: 'refused', code: String(code) });
    expect(staffRead()).not.toContain(jane);
    expect(await world.say(jane, 'what is your return policy?')).toHaveLength(optedOut ? 0 : 1);
  });
});

describe('while Slack is away', () => {
  async function expectOneCard(): Promise<void> {
    await world.card('#1002');
    await world.settled();
    await waitFor('the card to be known', async () => {
      const [row] = await world.db.execute(sql`select card from approvals`);
      return row?.card !== null;
    });
    expect(world.sandbox.workspace.cards()).toHaveLength(1);
  }

  test.each<[string, Fault]>([
    ['is down', { operation: 'chat.postMessage', when: 'before', times: 2, action: down }],
    [
      'posts the card and loses its answer',
      { operation: 'chat.postMessage', when: 'after', times: 1, action: { kind: 'drop' } },
    ],
  ])('and %s, the card is posted once, and the approval lives as long as any other', async (_what, fault) => {
    await world.say(jane, 'return the walnut desk from 1002');
    breakIt('workspace', fault);
    await world.say(jane, 'yes');
    await expectOneCard();
    const [approval] = await world.db.execute<{ state: string; lives: number }>(
      sql`select state, extract(epoch from expires_at - created_at)::int as lives from approvals`,
    );
    expect(approval).toEqual({ state: 'pending', lives: 86_400 });
    await world.click(await world.card('#1002'), maya, 'approve_refund');
    await outcomeHeard();
    expect(world.refundsOf('#1002')).toHaveLength(1);
  });

  test('a card is not posted again before the time Slack asked for', async () => {
    const posted: number[] = [];
    const note = () => void posted.push(performance.now());
    await world.say(jane, 'return the walnut desk from 1002');
    breakIt('workspace', {
      operation: 'chat.postMessage',
      when: 'before',
      action: { kind: 'call', run: note },
    });
    breakIt('workspace', {
      operation: 'chat.postMessage',
      when: 'before',
      times: 1,
      action: { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
    });
    await world.say(jane, 'yes');
    await expectOneCard();
    expect(posted).toHaveLength(2);
    expect((posted[1] ?? 0) - (posted[0] ?? 0)).toBeGreaterThan(2_900);
  });

  test('nobody can be checked, so nobody decides; the customer goes on being answered', async () => {
    await world.say(jane, 'return the walnut desk from 1002');
    await world.say(jane, 'yes');
    const card = await world.card('#1002');
    await world.settled();
    breakIt('workspace', { operation: 'usergroups.users.list', when: 'before', times: 4, action: down });
    breakIt('workspace', { operation: 'users.info', when: 'before', times: 4, action: down });
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(await refundState()).toBe('awaiting-approval');
    expect(await world.say(jane, 'what is your return policy?')).toHaveLength(1);
  });
});
