import { describe, expect, it } from 'vitest';
import { type Approval, type Click, decideApproval } from '../../src/returns/approval.ts';
import type { ApprovalId, RefundId } from '../../src/returns/ids.ts';
import { money } from '../../src/returns/money.ts';

const events = [
  'Anna approves',
  'Ben approves',
  'the requester approves',
  'somebody who wrote with the requester approves',
  'a stranger approves',
  'Anna denies',
  'Anna lowers',
  'time runs out',
  'the program restarts',
  'the order changes',
] as const;
type Event = (typeof events)[number];

const rightful = ['UANNA', 'UBEN'];
const start = new Date('2026-10-01T12:00:00.000Z');
const end = new Date('2026-10-02T12:00:00.000Z');

/** One return on its way: the open approval, the order as it is, and, apart from both, who said yes to what. */
type Journey = {
  readonly approval: Approval;
  readonly orderVersion: number;
  /** Undefined: what policy gives. */
  readonly lowered: number | undefined;
  readonly now: Date;
  readonly yes: readonly string[];
  readonly paid: number;
};

const digestOf = (journey: Pick<Journey, 'orderVersion' | 'lowered'>) =>
  `${journey.orderVersion}/${journey.lowered ?? 'all'}`;

function open(from: Omit<Journey, 'approval'>, required: number, votes: readonly string[]): Journey {
  const approval: Approval = {
    id: 'a' as ApprovalId,
    refundId: 'r' as RefundId,
    digest: digestOf(from),
    requestedBy: { kind: 'staff', userId: 'UREQUESTER', with: ['UWRITER'] },
    required,
    votes: votes.map((userId) => ({ userId, name: userId })),
    state: votes.length >= required ? 'approved' : 'pending',
    expiresAt: end,
  };
  return { ...from, approval, yes: votes };
}

function clickOf(journey: Journey, userId: string, decision: Click['decision']): Click {
  return {
    decision,
    by: { userId, name: userId },
    isApprover: userId !== 'USTRANGER',
    stillApprovers: rightful,
    currentDigest: digestOf(journey),
    lowerTo: { kind: 'ok', amount: money(100, 'USD') },
  };
}

function click(journey: Journey, userId: string, decision: Click['decision']): Journey {
  const { approval } = journey;
  const said = decideApproval(approval, clickOf(journey, userId, decision), journey.now);
  switch (said.kind) {
    case 'accepted': {
      if (said.state === 'denied') return { ...journey, approval: said.approval };
      if (said.state === 'lowered') {
        const lowered = (journey.lowered ?? 10) - 1;
        const lower = open({ ...journey, lowered }, approval.required, [userId]);
        return lower.approval.state === 'approved' ? pay(lower) : lower;
      }
      return pay({ ...journey, approval: said.approval, yes: [...journey.yes, userId] });
    }
    case 'counted':
      return { ...journey, approval: said.approval, yes: [...journey.yes, userId] };
    case 'counted-before':
      return { ...journey, approval: said.approval };
    case 'stale':
      return approval.state === 'pending' ? open(journey, approval.required, []) : journey;
    case 'expired':
      return { ...journey, approval: { ...approval, state: 'expired' } };
    case 'already-decided':
    case 'bad-amount':
    case 'not-allowed':
      return journey;
  }
}

function pay(journey: Journey): Journey {
  const people = new Set(journey.yes.filter((userId) => rightful.includes(userId)));
  if (people.size < journey.approval.required) throw new Error('Paid without enough people.');
  if (people.size !== new Set(journey.yes).size) throw new Error('Paid with a yes nobody may give.');
  if (journey.approval.digest !== digestOf(journey)) throw new Error('Paid something else.');
  if (journey.now >= end) throw new Error('Paid too late.');
  return { ...journey, paid: journey.paid + 1 };
}

function happen(journey: Journey, event: Event): Journey {
  switch (event) {
    case 'Anna approves':
      return click(journey, 'UANNA', 'approve');
    case 'Ben approves':
      return click(journey, 'UBEN', 'approve');
    case 'the requester approves':
      return click(journey, 'UREQUESTER', 'approve');
    case 'somebody who wrote with the requester approves':
      return click(journey, 'UWRITER', 'approve');
    case 'a stranger approves':
      return click(journey, 'USTRANGER', 'approve');
    case 'Anna denies':
      return click(journey, 'UANNA', 'deny');
    case 'Anna lowers':
      return click(journey, 'UANNA', 'lower');
    case 'time runs out':
      return { ...journey, now: end };
    case 'the program restarts':
      return { ...journey, approval: reread(journey.approval) };
    case 'the order changes':
      return { ...journey, orderVersion: journey.orderVersion + 1 };
  }
}

function reread(approval: Approval): Approval {
  const stored = JSON.parse(JSON.stringify(approval)) as Approval;
  const date = (value: Date | undefined) => value && new Date(value);
  return { ...stored, expiresAt: date(stored.expiresAt), decidedAt: date(stored.decidedAt) };
}

function walk(
  journey: Journey,
  path: readonly Event[],
  seen: { sequences: number; paid: number; outcomes: Set<string> },
): void {
  seen.sequences += 1;
  const isOver = journey.approval.state !== 'pending';
  for (const event of path.length < 6 ? events : []) {
    const next = attempt(() => happen(journey, event), [...path, event]);
    if (next.paid > 1 || (isOver && next.paid !== journey.paid)) {
      throw new Error(`Paid twice: ${[...path, event].join(', ')}`);
    }
    // Nothing pure is left to happen once it is over: every single event after it was tried just now.
    if (isOver) continue;
    if (next.paid > 0) seen.paid += 1;
    seen.outcomes.add(next.approval.state);
    walk(next, [...path, event], seen);
  }
}

function attempt(run: () => Journey, path: readonly Event[]): Journey {
  try {
    return run();
  } catch (error) {
    throw new Error(`${String(error)} After: ${path.join(', ')}`, { cause: error });
  }
}

describe.each([1, 2])('over every sequence of six events, with %i people needed', (required) => {
  it('money moves at most once, and never without that many rightful, different people on that digest', () => {
    const seen = { sequences: 0, paid: 0, outcomes: new Set<string>() };
    const first = { orderVersion: 1, lowered: undefined, now: start, yes: [], paid: 0 };
    walk(open(first, required, []), [], seen);
    expect([...seen.outcomes].toSorted()).toEqual(['approved', 'denied', 'expired', 'pending']);
    expect(seen.paid).toBeGreaterThan(1000);
    expect(seen.sequences).toBeGreaterThan(10_000);
  });
});
