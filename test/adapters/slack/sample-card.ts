import type { ApprovalCard } from '../../../src/ports/approval-desk.ts';
import type { ApprovalId } from '../../../src/returns/ids.ts';

export const approvalId = '019a0000-0000-7000-8000-000000000001' as ApprovalId;

export const sampleCard: ApprovalCard = {
  approvalId,
  orderName: '#1001',
  orderUrl: 'https://admin.shopify.com/store/demo/orders/1001',
  customer: 'J. D. · …0001',
  items: [{ title: 'Linen shirt', quantity: 2 }],
  amount: { minor: 24000, currency: 'USD' },
  settlement: {
    amount: { minor: 24000, currency: 'USD' },
    fee: { minor: 0, currency: 'USD' },
    payments: [
      {
        parentTransactionId: 'gid://shopify/OrderTransaction/1',
        gateway: 'bogus',
        amount: { minor: 24000, currency: 'USD' },
      },
    ],
  },
  cumulativeAmount: { minor: 24000, currency: 'USD' },
  reason: 'too small',
  rule: 'Refunds above $100.00 need approval',
  policyVersion: 'default-1',
  requestedBy: 'Customer by SMS',
  votes: { by: [], need: 1 },
  lowered: undefined,
  earlierRefunds: [],
  earlierReturns: [],
  pictures: 0,
  expiresAt: new Date('2026-11-23T10:00:00Z'),
  outcome: undefined,
};
