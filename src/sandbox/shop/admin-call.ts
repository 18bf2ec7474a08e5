import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { json, type StandInAnswer } from '../server.ts';
import { requestedCost, type Variables } from './query-cost.ts';

export type AdminCall = {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
  readonly cost: number;
};

const highestQueryCost = 1_000;

/** Parsed and checked as Shopify does before it runs anything; otherwise the refusal. */
export function readAdminCall(schema: GraphQLSchema, rawBody: string): AdminCall | StandInAnswer {
  const body = readBody(rawBody);
  if (!body) return json(400, { errors: { query: 'Required parameter missing or invalid' } });
  const { query, variables, operationName } = body;
  const read = readDocument(schema, query);
  if ('errors' in read) return json(200, read);
  const { document } = read;
  const operation = getOperationAST(document, operationName);
  if (!operation) return json(200, { errors: [new GraphQLError('No operation named as asked for')] });
  const cost = requestedCost(operation, variables);
  if (cost > highestQueryCost) return tooCostly(cost);
  return { document, operation, variables, cost };
}

type ReadDocument = { readonly document: DocumentNode } | { readonly errors: readonly unknown[] };

/** A program sends the same few documents again and again; reading one takes longer than running it. */
const documents = new Map<string, ReadDocument>();
const mostDocuments = 200;

function readDocument(schema: GraphQLSchema, query: string): ReadDocument {
  const known = documents.get(query);
  if (known) return known;
  const read = parseAndValidate(schema, query);
  if (documents.size >= mostDocuments) documents.clear();
  documents.set(query, read);
  return read;
}

function parseAndValidate(schema: GraphQLSchema, query: string): ReadDocument {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    return { errors: [error] };
  }
}

function readBody(
  rawBody: string,
): { query: string; variables: Variables; operationName: string | undefined } | undefined {
  try {
    const body: unknown = JSON.parse(rawBody);
    if (typeof body !== 'object' || body === null || !('query' in body)) return undefined;
    if (typeof body.query !== 'string') return undefined;
    const variables = 'variables' in body ? body.variables : undefined;
    const name = 'operationName' in body ? body.operationName : undefined;
    return {
      query: body.query,
      variables: Object(variables ?? {}),
      operationName: typeof name === 'string' ? name : undefined,
    };
  } catch {
    return undefined;
  }
}

function tooCostly(cost: number): StandInAnswer {
  const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${highestQueryCost}).`;
  const extensions = { code: 'MAX_COST_EXCEEDED', cost, maxCost: highestQueryCost };
  return json(200, { errors: [{ message, extensions }] });
}
