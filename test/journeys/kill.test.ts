import { describe, expect, test } from 'vitest';
import { asEnvironment } from '../../src/sandbox/credentials.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type KillableProgram, startKillableProgram } from '../support/killable-program.ts';
import { waitFor } from '../support/wait-for.ts';

const jane = '+15551230001';
const maya = 'UMAYA0001';

type Outside = { readonly sandbox: Sandbox; readonly program: KillableProgram };
type Moment = 'start' | 'first-acked' | 'quoted' | 'yes-acked' | 'card-posted' | 'clicked';

type Point = {
  readonly title: string;
  /** When in the journey the trap is set, or the process killed outright. */
  readonly at: Moment;
  readonly provider?: 'shop' | 'phones' | 'workspace';
  readonly operation?: string;
  /** 'before': the provider never got the request. 'after': it did what was asked, and the answer is lost. */
  readonly when?: 'before' | 'after';
};

const points: readonly Point[] = [
  { title: 'the first message was acknowledged', at: 'first-acked' },
  {
    title: 'the order is being looked up',
    at: 'start',
    provider: 'shop',
    operation: 'orders',
    when: 'before',
  },
  {
    title: 'the quote is about to be sent',
    at: 'start',
    provider: 'phones',
    operation: 'messages.create',
    when: 'before',
  },
  {
    title: 'the quote was sent and the answer is lost',
    at: 'start',
    provider: 'phones',
    operation: 'messages.create',
    when: 'after',
  },
  { title: 'the yes was acknowledged', at: 'yes-acked' },
  {
    title: 'the order is read again after the yes',
    at: 'quoted',
    provider: 'shop',
    operation: 'order',
    when: 'before',
  },
  {
    title: 'the card is about to be posted',
    at: 'quoted',
    provider: 'workspace',
    operation: 'chat.postMessage',
    when: 'before',
  },
  {
    title: 'the card was posted and the answer is lost',
    at: 'quoted',
    provider: 'workspace',
    operation: 'chat.postMessage',
    when: 'after',
  },
  {
    title: 'the order is read again at the click',
    at: 'card-posted',
    provider: 'shop',
    operation: 'order',
    when: 'before',
  },
  { title: 'the click was acknowledged', at: 'clicked' },
  {
    title: 'the refund is about to be made',
    at: 'card-posted',
    provider: 'shop',
    operation: 'refundCreate',
    when: 'before',
  },
  {
    title: 'the refund was made and the answer is lost',
    at: 'card-posted',
    provider: 'shop',
    operation: 'refundCreate',
    when: 'after',
  },
  {
    title: 'the card is about to be closed',
    at: 'card-posted',
    provider: 'workspace',
    operation: 'chat.update',
    when: 'before',
  },
  {
    title: 'the outcome is about to be sent',
    at: 'card-posted',
    provider: 'phones',
    operation: 'messages.create',
    when: 'before',
  },
  {
    title: 'the outcome was sent and the answer is lost',
    at: 'card-posted',
    provider: 'phones',
    operation: 'messages.create',
    when: 'after',
  },
];

describe('SIGKILL, and a start again, while', { concurrent: true, timeout: 120_000 }, () => {
  test.each(points)('$title: one card, one refund, one outcome message', async (point) => {
    const sandbox = await startSandbox({ appUrl: 'http://127.0.0.1:1', shopCost: 'unlimited' });
    const program = await startKillableProgram((url) => asEnvironment(sandbox.credentials, url));
    sandbox.moveProgram(program.url);
    try {
      await playBigRefund({ sandbox, program }, point);
    } finally {
      await program.stop();
      await sandbox.close();
    }
  });
});

async function playBigRefund(outside: Outside, point: Point): Promise<void> {
  const { sandbox, program } = outside;
  const reach = async (moment: Moment): Promise<void> => {
    if (point.at !== moment) return;
    if (point.provider) setTrap(outside, point);
    else await program.kill();
  };
  await program.ready();
  await reach('start');

  await text(outside, 'return the walnut desk from order 1002');
  await reach('first-acked');
  await waitFor('the quote', () => sent(sandbox, '$420.00').length > 0, 40_000);
  await reach('quoted');

  await text(outside, 'yes');
  await reach('yes-acked');
  const card = await waitFor('the card', () => sandbox.workspace.cards()[0], 40_000);
  await waitFor('the words to the customer', () => sent(sandbox, 'manager').length > 0, 40_000);
  await waitFor('the program to be idle', program.isIdle, 40_000);
  await reach('card-posted');

  // A manager whose click got no answer sees the buttons still there and presses again.
  await waitFor(
    'a click that counts',
    async () => {
      await program.ready();
      const { status } = await sandbox.workspace.click({
        user: maya,
        channel: card.channel,
        ts: card.ts,
        actionId: 'approve_refund',
        shown: card,
      });
      return status === 200;
    },
    40_000,
  );
  await reach('clicked');
  await waitFor('the outcome', () => sent(sandbox, 'Done:').length > 0, 40_000);
  await waitFor('the program to be idle', program.isIdle, 40_000);

  expect(program.kills).toBe(1);
  expect(sandbox.shop.refunds().filter((refund) => refund.idempotencyKey)).toMatchObject([
    { orderName: '#1002', amount: 42_000 },
  ]);
  expect(sent(sandbox, 'Done:')).toHaveLength(1);
  expect(sandbox.workspace.cards()).toHaveLength(1);
  expect(JSON.stringify(sandbox.workspace.cards())).toContain('Approved by Maya');
  expect(sent(sandbox, '')).toHaveLength(3);
}

/** Twilio tries once more when nobody answers; what is still unanswered then is delivered again. */
async function text({ sandbox, program }: Outside, body: string): Promise<void> {
  let { status, messageSid } = await sandbox.phones.receiveText({ from: jane, body });
  while (status !== 200) {
    await program.ready();
    ({ status } = await sandbox.phones.redeliver(messageSid));
  }
}

function setTrap({ sandbox, program }: Outside, { provider, operation, when }: Point): void {
  if (!provider || !operation || !when) throw new Error('A trap needs a place.');
  const { faults } = sandbox[provider];
  faults.add({ operation, when, times: 1, action: { kind: 'call', run: () => program.kill() } });
  faults.add({ operation, when, times: 1, action: { kind: 'drop' } });
}

function sent(sandbox: Sandbox, words: string): readonly string[] {
  return sandbox.phones
    .messagesTo(jane)
    .filter((message) => message.direction === 'outbound-api' && message.body.includes(words))
    .map((message) => message.body);
}
