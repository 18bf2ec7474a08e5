import { readFileSync } from 'node:fs';
import { buildSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import { documents } from '../../../src/adapters/shopify/all-documents.ts';

const root = new URL('../../../', import.meta.url);
const schema = buildSchema(readFileSync(new URL('src/sandbox/admin-schema.graphql', root), 'utf8'));
const guide = readFileSync(new URL('docs/shopify.md', root), 'utf8');

/** By type, and by field where the type alone does not say: as Shopify's reference of 2026-10 gives them. */
const scopes: Readonly<Record<string, readonly string[]>> = {
  ...all('read_customers', 'Customer', 'CustomerEmailAddress', 'CustomerPhoneNumber'),
  ...all('read_customers', 'QueryRoot.customerByIdentifier'),
  ...all('read_orders', 'Fulfillment', 'FulfillmentLineItem', 'LineItem', 'Order', 'OrderApp'),
  ...all('read_orders', 'OrderCancelUserError', 'OrderRiskAssessment', 'OrderRiskSummary'),
  ...all('read_orders', 'OrderTransaction', 'QueryRoot.fulfillment', 'Refund', 'RefundLineItem'),
  ...all('read_orders', 'ShippingRefund', 'SuggestedOrderTransaction', 'SuggestedRefund'),
  ...all('read_orders', 'SuggestedRefundMethod'),
  ...all('read_products', 'Collection', 'Product', 'ProductVariant'),
  ...all('read_returns', 'CalculatedExchangeLineItem', 'CalculatedRestockingFee', 'CalculatedReturn'),
  ...all('read_returns', 'CalculatedReturnLineItem', 'CalculatedReturnShippingFee', 'ExchangeLineItem'),
  ...all('read_returns', 'InvoiceReturnOutcome', 'RefundReturnOutcome', 'Return', 'ReturnLineItem'),
  ...all('read_returns', 'ReturnLineItemType', 'ReturnReasonDefinition', 'ReverseDelivery'),
  ...all('read_returns', 'ReverseDeliveryLabelV2', 'ReverseDeliveryShippingDeliverable'),
  ...all('read_returns', 'ReverseDeliveryTrackingV2', 'ReverseFulfillmentOrder'),
  ...all('read_returns', 'ReverseFulfillmentOrderDisposition', 'ReverseFulfillmentOrderLineItem'),
  ...all('read_returns', 'SuggestedReturnFinancialOutcome'),
  ...all(
    'read_returns',
    'QueryRoot.return',
    'QueryRoot.returnCalculate',
    'QueryRoot.returnReasonDefinitions',
  ),
  ReturnableFulfillment: ['read_orders', 'read_returns'],
  ReturnableFulfillmentLineItem: ['read_orders', 'read_returns'],
  ...all('write_returns', 'Mutation.returnCancel', 'Mutation.returnClose', 'Mutation.returnCreate'),
  ...all('write_returns', 'Mutation.returnProcess', 'Mutation.reverseDeliveryCreateWithShipping'),
  ...all('write_orders', 'Mutation.orderCancel'),
  // Shopify's reference names no scope for these two; what they write to does.
  ...all('write_orders', 'Mutation.refundCreate', 'Mutation.tagsAdd'),
};

/** Types that need no scope of their own. */
const open = new Set([
  ...['Job', 'MailingAddress', 'MoneyBag', 'MoneyV2', 'Mutation', 'PageInfo', 'QueryRoot', 'SelectedOption'],
  ...['ReturnUserError', 'StoreCreditConfiguration', 'UserError'],
]);

function all(scope: string, ...names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.map((name) => [name, [scope]]));
}

function asked(text: string): { readonly name: string; readonly types: ReadonlySet<string> } {
  const info = new TypeInfo(schema);
  const types = new Set<string>();
  let name = '';
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      OperationDefinition: (node) => {
        name = node.name?.value ?? '';
      },
      Field: (node) => {
        if (node.name.value === '__typename') return;
        const type = info.getParentType()?.name ?? '';
        types.add(type).add(`${type}.${node.name.value}`);
      },
    }),
  );
  return { name, types };
}

function needed(text: string): ReadonlySet<string> {
  return new Set([...asked(text).types].flatMap((type) => scopes[type] ?? []));
}

/** `| scope | what for | documents |`, with the scope of old orders, which no document shows. */
const rows = [...guide.matchAll(/^\| `((?:read|write)_\w+)` \|[^|\n]*\|([^|\n]*)\|$/gm)].map(
  ([, scope = '', names = '']) => ({
    scope,
    documents: [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  }),
);

describe('the scopes in docs/shopify.md', () => {
  it('are those of every type the documents touch', () => {
    const types = documents.flatMap((text) => [...asked(text).types].filter((name) => !name.includes('.')));
    const unknown = types.filter((type) => !(type in scopes || open.has(type)));
    expect(unknown.filter((type) => !/(?:Connection|Payload)$/.test(type))).toEqual([]);
  });

  it('are listed with exactly the documents that need them', () => {
    const expected = new Map<string, string[]>();
    for (const text of documents) {
      for (const scope of needed(text)) {
        expected.set(scope, [...(expected.get(scope) ?? []), asked(text).name].toSorted());
      }
    }
    const listed = rows.filter(({ scope }) => scope !== 'read_all_orders');
    expect(Object.fromEntries(listed.map((row) => [row.scope, row.documents.toSorted()]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  it('say which documents need none', () => {
    const free = documents.filter((text) => needed(text).size === 0).map((text) => asked(text).name);
    const [sentence = ''] = /^Without a scope of their own: .*$/m.exec(guide) ?? [];
    expect([...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name).toSorted()).toEqual(free.toSorted());
  });
});
