import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callTool, toolSpecs } from '../../src/agent/toolbox.ts';
import { findCustomerOrders } from '../../src/refunds/find-customer.ts';
import { listTodaysRefunds } from '../../src/refunds/list-refunds.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

let desk: RefundDesk;
let jane: Asker;
let colleague: Asker;
beforeAll(async () => {
  desk = await openRefundDesk();
  jane = await desk.customer('+15551230001');
  colleague = await desk.staff('U1');
});
afterAll(() => desk.close());

async function ask(asker: Asker, name: string, input: object, refunds = desk.context) {
  const context = { refunds, asker };
  const call = { kind: 'tool-call', callId: 'c', name, argumentsJson: JSON.stringify(input) } as const;
  const { result, ...called } = await callTool(context, call);
  return { ...called, text: result.outputJson, result: JSON.parse(result.outputJson) };
}

const byPhone = { phone: '+1 555 123 0001', email: null };
const numbersOf = (result: { orders?: readonly { order_number: string }[] }) =>
  result.orders?.map(({ order_number }) => order_number);

describe('who has which tools', () => {
  test('customers have what they always had, and colleagues nothing to prove and nobody to be handed to', () => {
    const names = (party: 'customer' | 'staff') => toolSpecs(party).map(({ name }) => name);
    expect(names('customer')).toEqual([
      'find_order',
      'return_status',
      'check_return',
      'check_cancellation',
      'submit_return',
      'cancel_return',
      'prove_identity',
      'send_code',
      'check_code',
      'hand_off',
    ]);
    expect(names('staff')).toEqual([
      'find_order',
      'find_customer',
      'return_status',
      'list_refunds',
      'check_return',
      'check_cancellation',
      'submit_return',
      'cancel_return',
    ]);
  });

  test.each([
    ['find_customer', byPhone],
    ['list_refunds', {}],
  ])('to a customer %s does not exist', async (name, input) => {
    const asked = await ask(jane, name, input);
    const invented = await ask(jane, 'no_such_tool', input);
    expect(asked.result).toEqual(invented.result);
    expect(asked.result).toMatchObject({ status: 'bad_call' });
    expect(asked.text).not.toMatch(/find_customer|list_refunds/);
    expect(asked.name).toBe('unknown');
  });

  test.each(['hand_off', 'prove_identity'])('to a colleague %s does not exist', async (name) => {
    const { result, effect } = await ask(colleague, name, { reason: 'x' });
    expect(result.status).toBe('bad_call');
    expect(effect).toBeUndefined();
  });
});

describe('looking up an order', () => {
  test('shows a colleague any order, and the turn too', async () => {
    const { result, effect } = await ask(colleague, 'find_order', { order_number: '1001' });
    expect(result).toMatchObject({ status: 'found', order: { order_number: '#1001' } });
    expect(effect).toEqual({ kind: 'showed', order: result.order });
  });

  test('has nothing to show beside the reply to a customer', async () => {
    const { result, effect } = await ask(jane, 'find_order', { order_number: '1001' });
    expect(result.status).toBe('found');
    expect(effect).toBeUndefined();
  });

  test.each([
    ['9999', 'There is no order #9999.'],
    [null, 'Which order is it? Please give me its number.'],
    ['the last one', 'Which order is it? Please give me its number.'],
  ])('answers a colleague who asks for %s in the words of a colleague', async (order_number, say) => {
    expect((await ask(colleague, 'find_order', { order_number })).result).toEqual({
      status: 'not_found',
      say,
    });
  });
});

describe('finding a customer', () => {
  test.each([
    '+15551230001',
    '+1 (555) 123-0001',
    '0015551230001',
    '1-555-123-0001',
    '(555) 123-0001',
    '5551230001',
    'tel:+1 555 123 0001',
  ])('lists their orders by their phone number as %s', async (phone) => {
    const { result } = await ask(colleague, 'find_customer', { phone, email: null });
    expect(numbersOf(result)?.[0]).toBe('#1008');
    expect(numbersOf(result)).toContain('#1001');
  });

  test('lists them by e-mail address, each once when both are given', async () => {
    const input = { phone: '+15551230001', email: 'JANE@example.com' };
    const { result } = await ask(colleague, 'find_customer', input);
    expect(numbersOf(result)).toEqual([...new Set(numbersOf(result))]);
    expect(numbersOf(result)).toContain('#1001');
  });

  test('finds a guest by the address of their order', async () => {
    const input = { phone: null, email: 'sam.field@example.com' };
    const { result } = await ask(colleague, 'find_customer', input);
    expect(result.status).toBe('choose');
  });

  test.each([
    [{ phone: '+15559999999', email: null }, 'no_orders'],
    [{ phone: null, email: 'nobody@example.com' }, 'no_orders'],
    [{ phone: 'Jane', email: null }, 'invalid'],
    [{ phone: null, email: 'jane' }, 'invalid'],
    [{ phone: null, email: 'email:* OR name:1001' }, 'invalid'],
    [{ phone: null, email: null }, 'invalid'],
  ])('answers %j with %s', async (input, status) => {
    expect((await ask(colleague, 'find_customer', input)).result.status).toBe(status);
  });

  test('answers nothing to reach or recognise a person by, and keeps nothing of the question', async () => {
    const input = { phone: '+1 555 123 0001', email: 'jane@example.com' };
    const { text, kept } = await ask(colleague, 'find_customer', input);
    expect(text).not.toMatch(/@|555|Jane|Doe|97205/);
    expect(kept).toEqual({ phone: true, email: true });
  });
});

describe('the refunds of today', () => {
  test('lists what was asked for and made since midnight UTC, and adds up what was made', async () => {
    const quoteId = await desk.agreed(jane, '1001', 'Shirt');
    await desk.submit(jane, quoteId);
    await desk.submit(jane, await desk.agreed(jane, '1001', 'Socks'));
    await desk.submit(jane, await desk.agreed(jane, '1007', 'Tote'));
    const at = (time: string) =>
      sql.raw(`date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' ${time}`);
    await desk.db.execute(sql`update refunds set state = 'refunded', payment = 'settled',
      created_at = ${at("- interval '2 days'")}, settled_at = ${at('')} where amount_minor = 4800`);
    await desk.db.execute(sql`update refunds set state = 'refunded', payment = 'failed',
      settled_at = ${at("+ interval '1 second'")}, created_at = ${at('')} where amount_minor = 1200`);
    await desk.db.execute(sql`update refunds set state = 'refunded', payment = 'settled',
      created_at = ${at("- interval '2 days'")}, settled_at = ${at("- interval '1 millisecond'")} where amount_minor = 3200`);

    const { result } = await ask(colleague, 'list_refunds', {});
    expect(result.refunds.map((refund: { amount: string }) => refund.amount)).toEqual(['$12.00', '$48.00']);
    expect(result.refunds[0].state).toBe('payment-failed');
    expect(result.total_refunded).toEqual(['$48.00']);
    expect(result.say).toMatch(/^1 refund was made today, \$48\.00 in total \(since midnight UTC\)\.\n/);
    expect(result.say).toContain('00:00 #1001: $48.00, refunded');
  });

  test('are none to a customer, whoever calls the use case', async () => {
    expect((await listTodaysRefunds(desk.context, colleague)).refunds.length).toBeGreaterThan(0);
    expect(await listTodaysRefunds(desk.context, jane)).toMatchObject({ refunds: [] });
    expect((await findCustomerOrders(desk.context, colleague, byPhone)).kind).toBe('found');
    expect(await findCustomerOrders(desk.context, jane, byPhone)).toEqual({ kind: 'none' });
  });
});

describe('a return on a customer’s behalf', () => {
  test('is quoted in the words of a colleague', async () => {
    const { result: found } = await ask(colleague, 'find_order', { order_number: '1002' });
    const items = [{ line_id: found.order.items[0].line_id, quantity: 1, exchange_for: null }];
    const input = { order_number: '1002', items, reason: 'damaged', wish: 'refund' };
    const { result } = await ask(colleague, 'check_return', input);
    expect(result.say).toBe(
      "I can refund $420.00 for 1 x Walnut Desk from order #1002 to the customer's original payment method. An approver other than you has to approve this one first. Reply YES to go ahead, or NO to leave it.",
    );
  });

  test('hands nobody over where approvals are not set up', async () => {
    const quote_id = await desk.agreed(colleague, '1002', 'Desk');
    const without = { ...desk.context, approvals: undefined };
    const { result, effect } = await ask(colleague, 'submit_return', { quote_id }, without);
    expect(result.status).toBe('needs_person');
    expect(result.say).not.toMatch(/passing it on|our team/);
    expect(effect).toBeUndefined();
  });
});
