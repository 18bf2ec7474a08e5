import { z } from 'zod';
import type { ProveIdentityArguments, ProveIdentityResult } from '../../ports/tools.ts';
import { proveIdentity as prove } from '../../refunds/prove-identity.ts';
import { parseOrderNumber } from '../../returns/order-number.ts';
import type { Tool } from '../tool.ts';
import { typedEmail } from '../typed-email.ts';
import { viewOrder } from '../views.ts';
import { wordsFor } from '../words.ts';

export const proveIdentity: Tool<ProveIdentityArguments, ProveIdentityResult> = {
  name: 'prove_identity',
  description:
    'Checks that the sender owns an order by its number, its e-mail address and the postal code of its address. Needed only when find_order answered not_found. Five wrong tries lock it.',
  schema: z.strictObject({
    order_number: z.string().max(60),
    email: z.string().max(320),
    postal_code: z.string().max(20),
  }),
  keep: (input) => ({ order_number: parseOrderNumber(input.order_number) ?? 'unreadable' }),
  async run({ refunds, asker, typed }, input) {
    const outcome = await prove(refunds, asker, {
      orderNumber: parseOrderNumber(input.order_number) ?? '',
      email: typedEmail({ typed }, input.email),
      postalCode: input.postal_code,
    });
    switch (outcome.kind) {
      case 'verified':
        return { result: { status: 'verified', order: viewOrder(outcome.order) } };
      case 'not-verified':
        return {
          result: { status: 'not_verified', say: wordsFor(asker).notFound(undefined).say },
          effect: { kind: 'tried' },
        };
      case 'locked':
        return lockedProofs;
    }
  },
};

export const tooManyProofs =
  'I could not match those details, and there were too many tries. I have asked someone from our team to take over. They will get back to you.';

/** Of whichever way it was tried. */
export const lockedProofs = {
  result: { status: 'locked', say: tooManyProofs },
  effect: { kind: 'hand-off', reason: 'wrong_proofs', say: tooManyProofs },
} as const;
