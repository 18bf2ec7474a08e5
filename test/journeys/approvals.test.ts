import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SlackMessage } from '../../src/sandbox/workspace-state.ts';
import { approvals } from '../../src/storage/schema/refunds.ts';
import { jane, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const policyFile = join(folder, 'policy.yaml');
  writeFileSync(policyFile, 'approvals:\n  - above: 300.00\n    people: 2\n');
  world = await openWorld((config) => ({ ...config, returns: { ...config.returns, policyFile } }));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const textOf = (message: unknown) => JSON.stringify(message);
const cards = () => world.sandbox.workspace.cards();
const approvalsChannel = 'CAPPROVALS';

async function ask(): Promise<SlackMessage> {
  await world.say(jane, 'I want to return the walnut desk from order 1002');
  await world.say(jane, 'yes');
  return world.card('#1002');
}

async function clickAndSettle(card: SlackMessage, user: string, action: Parameters<World['click']>[2]) {
  await world.click(card, user, action);
  await world.settled();
}

async function lower(card: SlackMessage, user: string, amount: string): Promise<void> {
  await world.sandbox.workspace.click({
    user,
    channel: card.channel,
    ts: card.ts,
    actionId: 'lower_refund',
  });
  const modal = await waitFor('the modal', () => world.sandbox.workspace.openModals()[0]);
  await world.sandbox.workspace.submitModal({ user, viewId: modal.id, values: { amount } });
  await world.settled();
}

describe('a refund that two people must approve', () => {
  test('shows the first yes on its card, lives through a restart, and is made after the second', async () => {
    const card = await ask();
    await clickAndSettle(card, maya, 'approve_refund');
    expect(world.refundsOf('#1002')).toEqual([]);
    expect(textOf(await world.card('#1002'))).toMatch(/1 of 2/);
    expect(textOf(await world.card('#1002'))).toContain('approve_refund');

    await world.restart();
    await clickAndSettle(card, maya, 'approve_refund');
    expect(world.refundsOf('#1002')).toEqual([]);
    await clickAndSettle(card, noah, 'approve_refund');
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 42_000 }]);
    expect(textOf(await world.card('#1002'))).not.toContain('approve_refund');
  });
});

describe('a lower amount', () => {
  test('goes to the second approver, to the customer, and after their yes to the shop', async () => {
    await lower(await ask(), maya, '$350.00');
    expect(cards()).toHaveLength(2);
    const [old, fresh] = cards();
    expect(textOf(old)).not.toContain('approve_refund');
    expect(textOf(fresh)).toContain('$350.00');
    expect(textOf(fresh)).toContain('1 of 2');

    await world.restart();
    await clickAndSettle(fresh as SlackMessage, noah, 'approve_refund');
    expect(world.textsTo(jane).at(-1)).toContain('$350.00 instead of $420.00');
    expect(world.refundsOf('#1002')).toEqual([]);

    await world.restart();
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 35_000 }]);
    expect(world.textsTo(jane).filter((text) => text.startsWith('Done:'))).toHaveLength(1);
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1002')).toHaveLength(1);
  });

  test('that the customer does not want is not refunded', async () => {
    await lower(await ask(), maya, '80');
    expect(world.textsTo(jane).at(-1)).toContain('$80.00 instead of $420.00');
    await world.say(jane, 'no');
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    const [row] = await world.db.execute(sql`select state from refunds order by id desc limit 1`);
    expect(row).toEqual({ state: 'offered' });
  });
});

describe('a card', () => {
  test.each(['refresh-card', 'remind-approvers'] as const)(
    'that was deleted is posted again when the job %s finds it gone',
    async (job) => {
      const card = await ask();
      await world.sandbox.workspace.admin.deleteMessage(approvalsChannel, card.ts);
      const { db, jobs } = world.app.context.refunds;
      const [approval] = await db.select({ approvalId: approvals.id }).from(approvals);
      if (!approval) throw new Error('There is no approval.');
      await db.transaction((tx) => jobs.enqueue(tx, job, approval));
      await world.settled();
      const copies = cards();
      expect(copies).toHaveLength(1);
      expect(copies[0]?.ts).not.toBe(card.ts);
      expect(textOf(copies[0])).toContain('approve_refund');
      await clickAndSettle(copies[0] ?? card, maya, 'approve_refund');
      await clickAndSettle(copies[0] ?? card, noah, 'approve_refund');
      expect(world.refundsOf('#1002')).toHaveLength(1);
    },
  );

  test('that cannot be changed any more is posted again; a click on either copy is the one decision', async () => {
    const card = await ask();
    world.sandbox.workspace.faults.add({
      operation: 'chat.update',
      when: 'before',
      times: 1,
      action: { kind: 'status', status: 200, body: '{"ok":false,"error":"cant_update_message"}' },
    });
    await clickAndSettle(card, maya, 'approve_refund');
    expect(cards()).toHaveLength(2);
    const [first, second] = cards() as [SlackMessage, SlackMessage];
    expect(textOf(second)).toMatch(/1 of 2/);
    await Promise.all([
      world.click(first, noah, 'approve_refund'),
      world.click(second, noah, 'approve_refund'),
      world.click(first, maya, 'approve_refund'),
    ]);
    await world.settled();
    expect(world.refundsOf('#1002')).toHaveLength(1);
  });

  test('that a Slack outage kept away has its full time when it comes', async () => {
    const mend = world.sandbox.workspace.faults.add({
      operation: 'chat.postMessage',
      when: 'before',
      action: { kind: 'status', status: 503 },
    });
    await world.say(jane, 'I want to return the walnut desk from order 1002');
    await world.say(jane, 'yes');
    await world.db.execute(sql`update approvals set expires_at = now() - interval '2 days'`);
    mend();
    const card = await world.card('#1002');
    await waitFor('the card to be recorded', async () => {
      const [row] = await world.db.execute(sql`select card, expires_at > now() + interval '23 hours' as full
        from approvals`);
      return row?.card !== null && row?.full === true;
    });
    await clickAndSettle(card, maya, 'approve_refund');
    await clickAndSettle(card, noah, 'approve_refund');
    expect(world.refundsOf('#1002')).toHaveLength(1);
  });
});
