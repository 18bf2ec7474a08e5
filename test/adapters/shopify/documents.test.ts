import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  introspectionFromSchema,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { expect, it } from 'vitest';
import { documents, sentInputFields } from '../../../src/adapters/shopify/all-documents.ts';
import { refundLimit, shipmentLimit } from '../../../src/adapters/shopify/documents.ts';
import { pruneSchema } from '../../../src/adapters/shopify/prune-schema.ts';
import { returnableLimit, returnLimit } from '../../../src/adapters/shopify/return-documents.ts';

const sdl = readFileSync(new URL('../../../src/sandbox/admin-schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(sdl);

it.each(documents.map((text) => [text.trim().split('(')[0], text]))('%s is valid in 2026-10', (_, text) => {
  expect(validate(schema, parse(text ?? ''))).toEqual([]);
});

it('needs everything that is in the schema, so that the stand-in serves no more than is used', () => {
  const introspection = introspectionFromSchema(schema, { oneOf: true });
  expect(pruneSchema(introspection, { documents, sentInputFields })).toBe(sdl);
});

it('drops what no document asks for', () => {
  const introspection = introspectionFromSchema(
    buildSchema(`
      directive @idempotent(key: String!) on FIELD
      directive @unused on FIELD
      type Query { thing(first: Int, last: Int): Thing, other: Other }
      type Mutation { change(input: Input!): Thing, skip: Int }
      interface Node { id: ID! }
      "Described." type Thing implements Node { id: ID!, colour: Colour, secret: String }
      type Other { id: ID! }
      input Input { kept: Money!, dropped: Int }
      enum Colour { RED GREEN @deprecated }
      scalar Money
    `),
  );
  const texts = [
    'query A($n: Int) { thing(first: $n) { colour } }',
    'mutation B($input: Input!) { change(input: $input) @idempotent(key: "k") { colour } }',
  ];
  expect(pruneSchema(introspection, { documents: texts, sentInputFields: { Input: ['kept'] } })).toBe(
    `directive @idempotent(key: String!) on FIELD

enum Colour {
  GREEN
  RED
}

input Input {
  kept: Money!
}

scalar Money

type Mutation {
  change(input: Input!): Thing
}

type Query {
  thing(first: Int): Thing
}

type Thing {
  colour: Colour
}
`,
  );
});

it('keeps what an interface promises on all of its types, and of a union what is asked of', () => {
  const introspection = introspectionFromSchema(
    buildSchema(`
      type Query { lines: [Line!]!, outcome: Outcome, unused: Unused }
      interface Line { id: ID!, note: String, dropped: Int }
      type Bought implements Line { id: ID!, note: String, dropped: Int, price: Int, secret: Int }
      type Found implements Line { id: ID!, note: String, dropped: Int, secret: Int }
      union Outcome = Refund | Invoice | Nothing
      type Refund { amount: Int }
      type Invoice { amount: Int }
      type Nothing { why: String }
      interface Unused { id: ID! }
    `),
  );
  const texts = [
    '{ lines { id ... on Bought { price } } outcome { ... on Refund { amount } ... on Invoice { amount } } }',
  ];
  expect(pruneSchema(introspection, { documents: texts, sentInputFields: {} })).toBe(
    `type Bought implements Line {
  id: ID!
  price: Int
}

type Found implements Line {
  id: ID!
}

type Invoice {
  amount: Int
}

interface Line {
  id: ID!
}

union Outcome = Invoice | Refund

type Query {
  lines: [Line!]!
  outcome: Outcome
}

type Refund {
  amount: Int
}
`,
  );
});

it('refuses a document the schema does not know', () => {
  const introspection = introspectionFromSchema(schema);
  const use = { documents: ['{ orders { secret } }'], sentInputFields };
  expect(() => pruneSchema(introspection, use)).toThrow('Cannot query field "secret"');
});

it.each(documents.map((text) => [text.trim().split('(')[0], text]))(
  '%s costs less than 1,000 points',
  (_, text) => {
    expect(highestCost(parse(text ?? ''))).toBeLessThan(1_000);
  },
);

/** One point for every object that could come back; connections count by their nodes. */
function highestCost(document: DocumentNode): number {
  const [operation] = document.definitions;
  return operation?.kind === 'OperationDefinition' ? costOf(operation.selectionSet) : Number.NaN;
}

function costOf(selectionSet: SelectionSetNode): number {
  let points = 0;
  for (const field of selectionSet.selections) {
    if (field.kind === 'InlineFragment') points += costOf(field.selectionSet);
    if (field.kind !== 'Field' || !field.selectionSet || field.name.value === 'pageInfo') continue;
    const inner = costOf(field.selectionSet);
    points += field.name.value === 'nodes' ? inner : sizeOf(field) * (1 + inner);
  }
  return points;
}

function sizeOf(field: FieldNode): number {
  const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
  const limits: Readonly<Record<string, number>> = {
    shipments: shipmentLimit,
    refunds: refundLimit,
    fulfillments: returnableLimit,
    returns: returnLimit,
  };
  if (first?.kind === 'Variable') return limits[first.name.value] ?? Number.NaN;
  return first?.kind === 'IntValue' ? Number(first.value) : 1;
}
