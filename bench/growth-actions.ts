import type { ConversationContext } from '../src/conversation/context.ts';
import { deliverMessages } from '../src/conversation/deliver-messages.ts';
import { describeHome } from '../src/conversation/describe-home.ts';
import { receiveMessage } from '../src/conversation/receive-message.ts';
import { takeTurn } from '../src/conversation/take-turn.ts';
import { announceApproval } from '../src/refunds/announce-approval.ts';
import { decideApproval } from '../src/refunds/decide-approval.ts';
import type { ApprovalId, ConversationId, PhoneNumber } from '../src/returns/ids.ts';
import { pendingApprovals } from '../src/storage/approvals.ts';
import { orderNumberOf, phoneOf } from './store.ts';

const maya = { userId: 'UMAYA0001', teamId: 'TBIRCHLOOM', name: 'Maya' };

/** What one customer does, step by step, in this order; the names are those of the table. */
export function growthActions(context: ConversationContext, customer: number) {
  const { refunds } = context;
  const phone = phoneOf(customer) as PhoneNumber;
  let conversationId: ConversationId;
  let approvalId: ApprovalId;
  let texts = 0;
  const receive = async (text: string) => {
    const providerMessageId = `SMbench-${customer}-${texts++}`;
    const from = { provider: 'twilio', channel: 'sms', address: phone, phone } as const;
    ({ conversationId } = await receiveMessage(context, { ...from, providerMessageId, text }));
  };
  const turn = () => takeTurn(context, conversationId);
  return {
    'first message of somebody': () => receive('What is your return policy?'),
    'turn without the shop': turn,
    'further message': () => receive(`I want to return the blue shirt from order ${orderNumberOf(customer)}`),
    'turn with a quote': turn,
    'sending an answer': () => deliverMessages(context, conversationId),
    'message with a yes': () => receive('yes'),
    'turn that asks for approval': turn,
    'posting the card': async () => {
      const pending = await pendingApprovals(refunds.db, refunds.store);
      const approval = pending.at(-1);
      if (!approval) throw new Error('No approval waits.');
      approvalId = approval.id;
      await announceApproval(refunds, approvalId);
    },
    Home: async () => {
      await describeHome(context, maya.userId);
    },
    'click on Approve': async () => {
      const answer = await decideApproval(refunds, { approvalId, decision: 'approve', by: maya });
      if (answer.kind !== 'accepted') throw new Error(`The click was answered with ${answer.kind}.`);
    },
  };
}
