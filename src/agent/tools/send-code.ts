import { z } from 'zod';
import type { SendCodeArguments, SendCodeResult } from '../../ports/tools.ts';
import { askForCode } from '../../refunds/ask-for-code.ts';
import { codeMinutes } from '../../returns/one-time-code.ts';
import { parseOrderNumber } from '../../returns/order-number.ts';
import type { Tool } from '../tool.ts';
import { viewOrder } from '../views.ts';
import { lockedProofs } from './prove-identity.ts';

export const sendCode: Tool<SendCodeArguments, SendCodeResult> = {
  name: 'send_code',
  description:
    'Another way to prove an order when find_order answered not_found and the customer asks for a code: texts six digits to the phone on that order, if there is one. Says the same whether or not there is; so do not say that it was found or sent. Then check_code.',
  schema: z.strictObject({ order_number: z.string().max(60) }),
  keep: (input) => ({ order_number: parseOrderNumber(input.order_number) ?? 'unreadable' }),
  async run({ refunds, asker }, input) {
    const asked = await askForCode(refunds, asker, parseOrderNumber(input.order_number) ?? '');
    switch (asked.kind) {
      case 'visible':
        return { result: { status: 'verified', order: viewOrder(asked.order) } };
      case 'asked':
        return { result: { status: 'code_asked', say: codeAsked } };
      case 'too-many':
        return { result: { status: 'no_code', say: tooManyCodes } };
      case 'no-texts':
        return { result: { status: 'no_code', say: noTexts } };
      case 'locked':
        return lockedProofs;
    }
  },
};

const details = 'the e-mail address on the order and the postal code it was shipped to';
const codeAsked = `If that order has a phone that takes texts, a code is on its way to it. Please send me its six digits here within ${codeMinutes} minutes. If none comes, send me ${details}.`;
const tooManyCodes = `I can text no more codes for now. Please send me ${details}, or ask for a person.`;
const noTexts = `I can text no codes here. Please send me ${details}.`;
