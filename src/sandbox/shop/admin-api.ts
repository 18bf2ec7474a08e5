import { readFileSync } from 'node:fs';
import { buildSchema, execute, type FieldNode, getVariableValues } from 'graphql';
import type { Faults } from '../faults.ts';
import { answerFault, json, type StandInAnswer } from '../server.ts';
import { type AdminCall, readAdminCall } from './admin-call.ts';
import type { AdminContext } from './admin-context.ts';
import { adminRoot } from './admin-root.ts';
import type { CostBucket } from './cost-bucket.ts';
import { concurrentRequest, idempotentMutations, readIdempotencyKey } from './idempotency.ts';
import { actualCost } from './query-cost.ts';

export type AdminApi = {
  answer(rawBody: string): Promise<StandInAnswer>;
};

const schema = buildSchema(readFileSync(new URL('../admin-schema.graphql', import.meta.url), 'utf8'));

export function createAdminApi(context: AdminContext, bucket: CostBucket, faults: Faults): AdminApi {
  const keysInProgress = new Set<string>();

  return {
    async answer(rawBody) {
      const call = readAdminCall(schema, rawBody);
      if (!('document' in call)) return call;
      if (!bucket.take(call.cost)) return throttled(call.cost, bucket);

      const fields = rootFields(call);
      const names = fields.map((field) => field.name.value);
      const keys = claimableKeys(call, fields);
      if (keys.some((key) => keysInProgress.has(key))) return json(200, { errors: [concurrentRequest()] });

      for (const key of keys) keysInProgress.add(key);
      try {
        const fault = await faults.before(...names);
        if (fault) return answerFault(fault, throttled(call.cost, bucket));
        const answer = await run(call, context, bucket);
        // Committed: whoever repeats the key from here on gets the first result.
        for (const key of keys) keysInProgress.delete(key);
        const late = await faults.after(...names);
        return late ? answerFault(late, throttled(call.cost, bucket)) : answer;
      } finally {
        for (const key of keys) keysInProgress.delete(key);
      }
    },
  };
}

async function run(call: AdminCall, context: AdminContext, bucket: CostBucket): Promise<StandInAnswer> {
  const { document, operation, variables, cost } = call;
  const result = await execute({
    schema,
    document,
    rootValue: adminRoot,
    contextValue: context,
    variableValues: variables,
    operationName: operation.name?.value,
  });
  const actual = Math.min(cost, Math.max(0, actualCost(operation, result.data)));
  bucket.giveBack(cost - actual);
  const extensions = {
    cost: { requestedQueryCost: cost, actualQueryCost: actual, throttleStatus: bucket.status() },
  };
  return json(200, { ...result, extensions });
}

function claimableKeys({ operation, variables }: AdminCall, fields: readonly FieldNode[]): readonly string[] {
  const { variableValues } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!variableValues) return [];
  return fields
    .filter((field) => idempotentMutations.includes(field.name.value))
    .flatMap((field) => readIdempotencyKey(schema, field, variableValues) ?? []);
}

function rootFields({ operation }: AdminCall): readonly FieldNode[] {
  return operation.selectionSet.selections.filter((node) => node.kind === 'Field');
}

function throttled(cost: number, bucket: CostBucket): StandInAnswer {
  const extensions = {
    cost: { requestedQueryCost: cost, actualQueryCost: null, throttleStatus: bucket.status() },
  };
  return json(200, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions });
}
