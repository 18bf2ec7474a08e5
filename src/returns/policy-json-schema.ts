import { z } from 'zod';
import { policyFileSchema } from './policy-schema.ts';

/** For editors: what `parsePolicyFile` accepts, apart from contradictions. */
export function policyJsonSchema(): object {
  return { ...z.toJSONSchema(policyFileSchema, { io: 'input' }), title: 'Returns policy' };
}
