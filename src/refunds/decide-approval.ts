import { ExternalError } from '../errors.ts';
import type { ApprovalClick, DecisionAnswer } from '../ports/approval-desk.ts';
import type { Decider, LowerAmount } from '../returns/approval.ts';
import { readLowerAmount } from '../returns/lower-quote.ts';
import { canBeLowered, type QuotedSettlement } from '../returns/settlement-words.ts';
import { votesOf } from '../storage/approval-votes.ts';
import { readApproval } from '../storage/approvals.ts';
import { readQuote } from '../storage/quotes.ts';
import { readRefund } from '../storage/refunds.ts';
import { amountsOf, approvalNeed } from './approval-need.ts';
import { checkApprover } from './check-approver.ts';
import type { ApprovalSetting, RefundContext } from './context.ts';
import { type JudgedReturn, judgeAgain } from './judge-return.ts';
import { settleClick } from './settle-click.ts';

/** Each further round has one more vote in it, so this many would need as many people at one instant. */
const maxRounds = 20;

/**
 * One decision per approval. What needs the network (rights, the order as it is now) is read first; then,
 * under lock, the pure decision is taken, saved, and followed by its job in one transaction. A vote that came
 * in between is checked first.
 */
export async function decideApproval(context: RefundContext, click: ApprovalClick): Promise<DecisionAnswer> {
  try {
    for (let round = 0; round < maxRounds; round++) {
      const answer = await decideOnce(context, click);
      if (answer.kind !== 'unchecked-vote') return answer;
    }
  } catch (error) {
    // Neither the right nor the order could be checked: nothing is decided, the button stays.
    if (!(error instanceof ExternalError)) throw error;
  }
  return { kind: 'try-later' };
}

async function decideOnce(
  context: RefundContext,
  click: ApprovalClick,
): Promise<DecisionAnswer | { readonly kind: 'unchecked-vote' }> {
  const { db, approvals: setting } = context;
  const approval = await readApproval(db, click.approvalId);
  if (!approval || !setting) return { kind: 'not-found' };
  const refund = await readRefund(db, approval.refundId);
  const quoted = await readQuote(db, refund.conversationId, refund.quoteId);
  if (!quoted) throw new Error('A refund has lost its quote.');

  const { amount, shopCurrency, approval: demand } = quoted.quote;
  const amounts = await amountsOf(db, { approval, refund, amount });
  const { approvers } = approvalNeed(context, { amounts, shopCurrency, demand });
  const right = await checkApprover({ ...setting, approvers }, click.by);
  const isApprover = right.kind === 'approver';
  const earlier = isApprover && click.decision === 'approve' ? await votesOf(db, approval.id) : [];

  let judged: JudgedReturn | undefined;
  if (isApprover && click.decision !== 'deny' && approval.state === 'pending') {
    const order = await context.storefront.readOrder(refund.orderId);
    judged = order && (await judgeAgain(context, order, quoted));
  }
  const lowerTo = click.decision === 'lower' ? readLower(click, quoted.quote) : undefined;
  const votesForLower =
    lowerTo?.kind === 'ok' && isApprover
      ? await mayVoteFor(context, setting, click.by, {
          amounts: [lowerTo.amount, ...amounts.slice(1)],
          shopCurrency,
          demand,
        })
      : false;
  const stillApprovers = await stillRightful({ ...setting, approvers }, earlier);

  return db.transaction((tx) =>
    settleClick(tx, context, {
      id: approval.id,
      judged,
      amounts,
      checkedVotes: earlier.map(({ userId }) => userId),
      votesForLower,
      click: {
        decision: click.decision,
        by: { userId: click.by.userId, name: right.name ?? click.by.name },
        isApprover,
        stillApprovers,
        currentDigest: judged?.kind === 'quoted' ? judged.quote.digest : '',
        lowerTo,
        reason: click.reason,
      },
    }),
  );
}

function readLower({ amount }: ApprovalClick, quote: QuotedSettlement): LowerAmount {
  return canBeLowered(quote)
    ? readLowerAmount(amount, quote.amount)
    : { kind: 'bad-amount', say: 'This can only be approved as it is, or denied.' };
}

/** Whoever may decide about the higher amount need not be among those who decide about the lower one. */
async function mayVoteFor(
  context: RefundContext,
  setting: ApprovalSetting,
  by: ApprovalClick['by'],
  lower: Parameters<typeof approvalNeed>[1],
): Promise<boolean> {
  const { approvers } = approvalNeed(context, lower);
  return (await checkApprover({ ...setting, approvers }, by)).kind === 'approver';
}

async function stillRightful(
  setting: ApprovalSetting,
  votes: readonly Decider[],
): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const vote of votes) {
    const teamId = await setting.directory.homeTeamId();
    if ((await checkApprover(setting, { ...vote, teamId })).kind === 'approver') kept.push(vote.userId);
  }
  return kept;
}
