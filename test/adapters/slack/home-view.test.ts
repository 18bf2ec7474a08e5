import { describe, expect, test } from 'vitest';
import { buildHomeView } from '../../../src/adapters/slack/home-view.ts';
import { messageLink } from '../../../src/adapters/slack/message-link.ts';
import type { HomeView, MissingLine, OpenHandOff, WaitingApproval } from '../../../src/ports/staff-desk.ts';
import type { ApprovalId, ReturnId } from '../../../src/returns/ids.ts';
import { texts } from './block-limits.ts';
import { napkins } from './open-return.ts';
import { emptyHome } from './quiet-room.ts';

const workspaceUrl = 'https://birch.slack.com/';
const at = new Date('2026-11-22T10:00:00Z');
const long = '*<!channel>* & `@here` '.repeat(200);

function approval(n: number, orderName = `#${n}`): WaitingApproval {
  return {
    approvalId: `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}` as ApprovalId,
    orderName,
    amount: '$420.00',
    settlement: ['to the original payment', 'at once'],
    canBeLowered: true,
    votes: { have: 1, need: 2 },
    mayDecide: true,
    approvers: ['UMAYA0001'],
    expiresAt: at,
    card: { channel: 'CAPPROVALS', ts: '1763892000.000100' },
  };
}
const handOff: OpenHandOff = {
  reason: 'The customer asked for a person.',
  since: at,
  takenBy: undefined,
  thread: { channel: 'CSUPPORT', ts: '1763892000.000200' },
};
const pause = { by: 'Maya', reason: 'Wrong prices', since: at, held: 3 };
const show = (view: Partial<HomeView>, notice?: string) =>
  buildHomeView({ ...emptyHome, ...view }, { workspaceUrl, notice });
const actions = (view: object) =>
  [...JSON.stringify(view).matchAll(/"action_id":"(\w+)"/g)].map(([, actionId]) => actionId);
const mrkdwnOf = (view: object) =>
  JSON.stringify(view, (key, value) => (key === 'text' && value?.type === 'plain_text' ? undefined : value));

describe('App Home', () => {
  test('shows people who are not staff one sentence, whatever it was given', () => {
    const view = show({ person: 'nobody', approvals: [approval(1)], handOffs: [handOff], pause });
    expect(texts(view)).toEqual(['I show the returns of this store to its staff only.']);
  });

  test('shows an approver each approval with its votes, expiry, link and buttons', () => {
    const view = show({ approvals: [approval(1, '#1002')] });
    const words = texts(view).join('\n');
    expect(words).toContain(
      '*<https://birch.slack.com/archives/CAPPROVALS/p1763892000000100|Order #1002>* · $420.00 · to the original payment, at once · 1 of 2 approvals',
    );
    expect(words).toContain('<!date^1795341600^');
    expect(actions(view)).toEqual(['pause_refunds', 'approve_refund', 'lower_refund', 'deny_refund']);
  });

  test('shows an approver whom a tier leaves out who may decide instead of buttons', () => {
    const approvers = ['UNOAH0002', 'S0MANAGERS', '<!here>'];
    const view = show({ approvals: [{ ...approval(1), mayDecide: false, approvers }] });
    expect(actions(view)).toEqual(['pause_refunds']);
    expect(texts(view)).toContain(
      'You may not decide about this one: <@UNOAH0002>, <!subteam^S0MANAGERS> may, unless they asked for it.',
    );
  });

  test('shows staff who may not approve the same without a button', () => {
    const view = show({ person: 'staff', approvals: [approval(1)], pause });
    expect(texts(view).join('\n')).toContain('Order #1');
    expect(actions(view)).toEqual([]);
  });

  test('shows the first 20 approvals and counts the rest', () => {
    const view = show({ approvals: Array.from({ length: 33 }, (_, n) => approval(n + 1)) });
    expect(actions(view).filter((each) => each === 'approve_refund')).toHaveLength(20);
    expect(texts(view)).toContain('and 13 more');
  });

  test('shows approvers and staff the newest returns on their way, each with its button', () => {
    const newest = Array.from({ length: 20 }, (_, n) => ({
      ...napkins,
      returnId: napkins.returnId.replace('a1', String(n).padStart(2, '0')) as ReturnId,
    }));
    for (const person of ['approver', 'staff'] as const) {
      const view = show({ person, returns: { newest, count: 31 } });
      expect(actions(view).filter((each) => each === 'item_arrived')).toHaveLength(10);
      expect(texts(view)).toContain('and 21 more');
      expect(texts(view).join('\n')).toContain('2 × Linen Napkins, 1 × Blue Shirt (M)');
    }
    expect(texts(show({}))).toContain('No return is on its way.');
  });

  test('says who takes care of a customer, and who has waited for nobody yet', () => {
    const words = texts(
      show({ handOffs: [handOff, { ...handOff, takenBy: 'UIRIS0003' }, { ...handOff, takenBy: '<!here>' }] }),
    ).join('\n');
    expect(words).toContain('*Nobody yet*, since <!date^1795341600^');
    expect(words).toContain('archives/CSUPPORT/p1763892000000200|Open the thread>');
    expect(words).toContain('With <@UIRIS0003>');
    expect(words).not.toContain('<!here>');
  });

  test('shows a pause with who, why and how many are held, and the way to end it', () => {
    const view = show({ pause });
    const words = texts(view).join('\n');
    expect(words).toMatch(
      /Refunds are paused\*\nPaused by Maya, <!date.*: Wrong prices\n3 refunds are held\./,
    );
    expect(actions(view)).toEqual(['resume_refunds']);
  });

  test('shows the figures of today, each currency by itself', () => {
    const today = { conversations: 12, refunds: 5, refunded: ['$1,200.00', '€90.00'], handOffs: 2 };
    expect(texts(show({ today }))).toEqual(
      expect.arrayContaining([
        '*Conversations*\n12',
        '*Handed to your team*\n2',
        '*Refunds made*\n5',
        '*Refunded*\n$1,200.00\n€90.00',
      ]),
    );
  });

  test('keeps to 100 blocks and to lengths Slack takes, with everything at its most', () => {
    const view = show(
      {
        approvals: Array.from({ length: 200 }, (_, n) => approval(n, long)),
        returns: {
          newest: Array.from({ length: 20 }, (_, n) => ({
            ...napkins,
            returnId: String(n) as ReturnId,
            name: long,
            orderName: long,
            amount: long,
            settlement: [long],
            missing: Array.from(
              { length: 300 },
              () => ({ ...napkins.missing[0], title: long }) as MissingLine,
            ),
          })),
          count: 1e9,
        },
        handOffs: Array.from({ length: 200 }, () => ({ ...handOff, reason: long, takenBy: long })),
        pause: { ...pause, by: long, reason: long },
        today: { conversations: 1e9, refunds: 1e9, refunded: Array(40).fill(long), handOffs: 1e9 },
      },
      'Done.',
    );
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    const ids = view.blocks.flatMap(({ block_id }) => block_id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const text of texts(view)) expect(text.length).toBeLessThanOrEqual(2000);
    expect(mrkdwnOf(view)).not.toMatch(/<!channel>|@here/);
  });
});

test('a message is linked to only where its workspace is known', () => {
  const message = { channel: 'C1', ts: '1763892000.000100' };
  expect(messageLink('https://birch.slack.com', message)).toBe(
    'https://birch.slack.com/archives/C1/p1763892000000100',
  );
  expect(messageLink(undefined, message)).toBeUndefined();
  expect(messageLink(workspaceUrl, undefined)).toBeUndefined();
});
