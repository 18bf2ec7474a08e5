import type { ApprovalClick } from '../../src/ports/approval-desk.ts';
import { decideApproval } from '../../src/refunds/decide-approval.ts';
import type { ApprovalId } from '../../src/returns/ids.ts';
import { colleague, colleagues } from './colleagues.ts';
import type { Random } from './random.ts';
import type { Actor, Request, WorldDeps } from './world.ts';

const minute = 60_000;

/** Looks at the cards in Slack, and clicks: at once or after hours, twice, both managers, somebody who may not. */
export function approverActor({ random, scheduler, providers }: WorldDeps, request: Request): Actor {
  const seen = new Set<string>();
  let planned: readonly { readonly at: number; readonly click: ApprovalClick }[] = [];

  function look(): void {
    for (const { metadata } of providers.posts()) {
      const id = (metadata?.event_payload as { approval_id?: ApprovalId } | undefined)?.approval_id;
      if (metadata?.event_type !== 'return_approval' || !id || seen.has(id)) continue;
      seen.add(id);
      planned = [...planned, ...plan(random, scheduler.now(), id)];
    }
  }
  return {
    next() {
      look();
      return Math.min(...planned.map(({ at }) => at));
    },
    async act() {
      const [first] = planned.toSorted((a, b) => a.at - b.at);
      if (!first) return;
      planned = planned.filter((each) => each !== first);
      const { decision, by, approvalId } = first.click;
      await request(
        `${by.userId} presses ${decision} on ${approvalId.slice(-4)}`,
        async ({ context }) => {
          const answer = await decideApproval(context.refunds, first.click);
          scheduler.note(`${by.userId} is told ${answer.kind}`);
        },
        () => {},
      );
    },
  };
}

function plan(random: Random, now: number, approvalId: ApprovalId) {
  if (random.chance(0.1)) return [];
  const at = now + random.pick([1_000, 5 * minute, 3 * 60 * minute, 24 * 60 * minute]);
  return Array.from({ length: random.pick([1, 2, 2, 3]) }, (_, index) => ({
    at: at + (index === 0 ? 0 : random.pick([0, 0, 50, 2_000])),
    click: {
      approvalId,
      decision: random.pick(['approve', 'approve', 'approve', 'deny', 'lower'] as const),
      amount: '20.00',
      reason: 'Not this time',
      by: colleague(random.pick(colleagues)),
    },
  }));
}
