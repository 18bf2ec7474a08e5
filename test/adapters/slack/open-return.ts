import type { OpenReturn } from '../../../src/ports/staff-desk.ts';
import type { LineItemId, RefundId, ReturnId } from '../../../src/returns/ids.ts';

export const lineId = (n: number) => `gid://shopify/LineItem/${n}` as LineItemId;

export const napkins: OpenReturn = {
  returnId: '019a0000-0000-7000-8000-0000000000a1' as ReturnId,
  refundId: '019a0000-0000-7000-8000-0000000000b1' as RefundId,
  name: '#1001-R1',
  orderName: '#1001',
  missing: [
    { lineId: lineId(1), title: 'Linen Napkins', quantity: 2 },
    { lineId: lineId(2), title: 'Blue Shirt (M)', quantity: 1 },
  ],
  amount: '$96.00',
  settlement: ['to the original payment', 'once the goods arrived'],
  openedAt: new Date('2026-11-20T10:00:00Z'),
  closesAt: new Date('2026-12-20T10:00:00Z'),
  hasLabel: true,
};
