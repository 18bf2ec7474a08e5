import { afterEach, describe, expect, test } from 'vitest';
import type { SlackMessage } from '../../src/sandbox/workspace-state.ts';
import { approvals } from '../../src/storage/schema/refunds.ts';
import { iris, jane, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
afterEach(() => world.close());

async function openWithApprovers(ttlSeconds = 3600): Promise<SlackMessage> {
  world = await openWorld((config) => ({
    ...config,
    returns: { ...config.returns, approvalTtlSeconds: ttlSeconds },
    ...(config.slack && { slack: { ...config.slack, approvers: [maya, noah, iris] } }),
  }));
  await world.say(jane, 'I want to return the walnut desk from order 1002');
  await world.say(jane, 'yes');
  return world.card('#1002');
}

/** As somebody presses it whose screen still shows the buttons. */
const press = (card: SlackMessage, user: string, actionId: string) =>
  world.sandbox.workspace.click({ user, channel: card.channel, ts: card.ts, actionId, shown: card });

const outcomes = () =>
  world.textsTo(jane).filter((text) => /on its way back|not approved|in time/.test(text));

describe('over HTTP, at the same instant', () => {
  test('ten clicks of three approvers make one decision and one refund, and the customer hears of it once', async () => {
    const card = await openWithApprovers();
    const clickers = Array.from({ length: 10 }, (_, index) => [maya, noah, iris][index % 3] ?? maya);
    const answers = await Promise.all(clickers.map((user) => press(card, user, 'approve_refund')));
    await world.settled();
    expect(answers.map(({ status }) => status)).toEqual(clickers.map(() => 200));
    expect(world.refundsOf('#1002')).toHaveLength(1);
    expect(outcomes()).toHaveLength(1);
    await waitFor('nine answers to late clicks', () => {
      const told = world.sandbox.workspace.ephemerals();
      return told.filter(({ text }) => text.includes('Already approved')).length === 9;
    });
  });

  test('approve and deny: one of them holds, and the money and the words follow it', async () => {
    const card = await openWithApprovers();
    await press(card, noah, 'deny_refund');
    const modal = await waitFor('the modal', () => world.sandbox.workspace.openModals()[0]);
    await Promise.all([
      press(card, maya, 'approve_refund'),
      world.sandbox.workspace.submitModal({ user: noah, viewId: modal.id, values: { reason: 'Worn' } }),
    ]);
    await world.settled();
    const [approval] = await world.db.select().from(approvals);
    expect(['approved', 'denied']).toContain(approval?.state);
    expect(world.refundsOf('#1002')).toHaveLength(approval?.state === 'approved' ? 1 : 0);
    expect(outcomes()).toEqual([
      expect.stringMatching(approval?.state === 'approved' ? /on its way back/ : /not approved.*Worn/),
    ]);
  });

  test('an approval and its expiry: one of them holds, and the customer hears that one', async () => {
    const card = await openWithApprovers(2);
    const posted = await waitFor('the card to be recorded', async () => {
      const [row] = await world.db.select().from(approvals);
      return row?.card ? row : undefined;
    });
    await waitFor('the last moment', () => Date.now() > posted.expiresAt.getTime() - 15);
    await Promise.all([maya, noah, iris].map((user) => press(card, user, 'approve_refund')));
    const ended = await waitFor('the decision', async () => {
      const [row] = await world.db.select().from(approvals);
      return row && row.state !== 'pending' ? row : undefined;
    });
    await world.settled();
    await waitFor('the customer to be told', () => outcomes().length > 0);
    expect(world.refundsOf('#1002')).toHaveLength(ended.state === 'approved' ? 1 : 0);
    expect(outcomes()).toEqual([
      expect.stringMatching(ended.state === 'approved' ? /on its way back/ : /in time/),
    ]);
  });
});
