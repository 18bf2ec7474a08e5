import { z } from 'zod';
import type { CheckCodeArguments, ProveIdentityResult } from '../../ports/tools.ts';
import { enterCode } from '../../refunds/enter-code.ts';
import { parseOrderNumber } from '../../returns/order-number.ts';
import type { Tool } from '../tool.ts';
import { viewOrder } from '../views.ts';
import { lockedProofs } from './prove-identity.ts';

export const checkCode: Tool<CheckCodeArguments, ProveIdentityResult> = {
  name: 'check_code',
  description:
    'Checks the six digits a customer writes after send_code, exactly as they wrote them. Wrong ones count like wrong proofs: five lock it.',
  schema: z.strictObject({ order_number: z.string().max(60), code: z.string().max(40) }),
  keep: (input) => ({ order_number: parseOrderNumber(input.order_number) ?? 'unreadable' }),
  async run({ refunds, asker }, input) {
    const orderNumber = parseOrderNumber(input.order_number) ?? '';
    const outcome = await enterCode(refunds, asker, { orderNumber, code: input.code });
    switch (outcome.kind) {
      case 'verified':
        return { result: { status: 'verified', order: viewOrder(outcome.order) } };
      case 'not-verified':
        return { result: { status: 'not_verified', say: wrongCode }, effect: { kind: 'tried' } };
      case 'locked':
        return lockedProofs;
    }
  },
};

/** Also where no code went out. */
const wrongCode =
  'That code did not match, or it is too old. Please check it, reply CODE for a new one, or send me the e-mail address on the order and the postal code it was shipped to.';
