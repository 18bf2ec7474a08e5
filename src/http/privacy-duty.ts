import type { ConversationContext } from '../conversation/context.ts';
import { requestPrivacy } from '../conversation/request-privacy.ts';
import { normalisePhone } from '../returns/phone-number.ts';
import type { Tx } from '../storage/database.ts';
import type { Person } from '../storage/persons.ts';
import { addStaffNote } from '../storage/staff-notes.ts';

type Payload = Readonly<Record<string, unknown>>;

/** https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance */
const duties = {
  'customers/data_request': 'export',
  'customers/redact': 'erase',
  'shop/redact': 'erase-shop',
} as const;

/** What privacy law asks for by webhook is noted; a job erases, and people are told how to collect an export. */
export async function takeOnDuty(
  tx: Tx,
  { refunds: { jobs, store }, personal }: ConversationContext,
  topic: string,
  payload: Payload,
): Promise<void> {
  const kind = duties[topic as keyof typeof duties];
  if (!kind) return;
  const request = await requestPrivacy(tx, { store, personal }, kind, personOf(payload), 'shopify');
  if (kind !== 'export') return jobs.enqueue(tx, 'keep-privacy', { store });
  await addStaffNote(tx, jobs, {
    store,
    kind: 'notice',
    text: `Shopify passes on a customer’s request for their data. Answer it within 30 days. What is kept about them is collected by: npm run privacy -- export --request ${request.id}`,
  });
}

function personOf(payload: Payload): Person {
  const customer = isObject(payload.customer) ? payload.customer : {};
  const phone = typeof customer.phone === 'string' ? normalisePhone(customer.phone) : undefined;
  const orders = [payload.orders_to_redact, payload.orders_requested].flat();
  return {
    phones: phone ? [phone] : [],
    customerIds: [customer.id].filter(isNumber).map((id) => `gid://shopify/Customer/${id}`),
    orderIds: orders.filter(isNumber).map((id) => `gid://shopify/Order/${id}`),
  };
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
