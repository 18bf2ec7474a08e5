import type { ApprovalCard } from '../../src/ports/approval-desk.ts';
import type { HomeView } from '../../src/ports/staff-desk.ts';
import type { ReplyTarget, SupportThread } from '../../src/ports/support-desk.ts';
import type { OrderView } from '../../src/ports/tools.ts';
import type { ApprovalId, ConversationId, LineItemId, RefundId, ReturnId } from '../../src/returns/ids.ts';

const approvalId = '019a0000-0000-7000-8000-000000000001' as ApprovalId;
const conversationId = '019a0000-0000-7000-8000-000000000002' as ConversationId;
const usd = (minor: number) => ({ minor, currency: 'USD' });

export const card: ApprovalCard = {
  approvalId,
  orderName: '#1002',
  orderUrl: 'https://admin.shopify.com/store/birch-and-loom/orders/1002',
  customer: 'J. D. · ...0001',
  items: [
    { title: 'Walnut Desk', quantity: 1 },
    { title: 'Desk Drawer (Walnut)', quantity: 2 },
  ],
  amount: usd(48_000),
  settlement: {
    amount: usd(48_000),
    fee: usd(0),
    payments: [{ parentTransactionId: '1', gateway: 'shopify_payments', amount: usd(48_000) }],
    settles: 'on_arrival',
  },
  cumulativeAmount: usd(50_400),
  reason: 'damaged',
  rule: 'within-window',
  policyVersion: '4be1c0a7d2f9',
  requestedBy: 'the customer',
  votes: { by: [], need: 1 },
  lowered: undefined,
  earlierRefunds: [{ orderName: '#1001', amount: usd(2400), createdAt: '2026-11-22T09:00:00Z' }],
  earlierReturns: [],
  pictures: 0,
  expiresAt: new Date('2026-11-24T10:00:00Z'),
  outcome: undefined,
};

export const handOff: SupportThread = {
  key: 'sample',
  conversationId,
  reason: 'The customer asked for a person.',
  customer: 'Text message · ...0001',
  summary: 'Asked last: "Can somebody call me about the desk?"',
  known: ['Order #1002, proven', 'Refund of $480.00 for order #1002: awaiting approval'],
  transcript: [],
};

export const target: ReplyTarget = { conversationId, channel: 'sms' };

export const order: OrderView = {
  order_number: '#1002',
  placed_on: '2026-11-07',
  delivered_on: '2026-11-12',
  cancelled: false,
  items: [
    {
      line_id: '1',
      title: 'Walnut Desk',
      variant: null,
      quantity: 1,
      returnable_quantity: 1,
      unit_price: '$480.00',
    },
  ],
};

export const home: HomeView = {
  person: 'approver',
  approvals: [
    {
      approvalId,
      orderName: '#1002',
      amount: '$480.00',
      settlement: ['to the original payment', 'once the goods arrived'],
      canBeLowered: true,
      votes: { have: 1, need: 2 },
      mayDecide: true,
      approvers: ['UMAYA0001'],
      expiresAt: card.expiresAt,
      card: { channel: 'C0APPROVALS', ts: '1763892000.000100' },
    },
  ],
  returns: {
    newest: [
      {
        returnId: '019a0000-0000-7000-8000-000000000003' as ReturnId,
        refundId: '019a0000-0000-7000-8000-000000000004' as RefundId,
        name: '#1001-R1',
        orderName: '#1001',
        missing: [{ lineId: 'gid://shopify/LineItem/1' as LineItemId, title: 'Linen Napkins', quantity: 2 }],
        amount: '$48.00',
        settlement: ['to the original payment', 'once the goods arrived'],
        openedAt: new Date('2026-11-20T09:00:00Z'),
        closesAt: new Date('2026-12-20T09:00:00Z'),
        hasLabel: true,
      },
    ],
    count: 1,
  },
  handOffs: [
    {
      reason: 'The customer asked for a person.',
      since: new Date('2026-11-23T09:40:00Z'),
      takenBy: undefined,
      thread: { channel: 'C0SUPPORT', ts: '1763892000.000200' },
    },
  ],
  today: { conversations: 31, refunds: 12, refunded: ['$642.50'], handOffs: 2 },
  pause: undefined,
};
