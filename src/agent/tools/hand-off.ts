import { z } from 'zod';
import type { HandOffArguments, HandOffResult } from '../../ports/tools.ts';
import type { Tool } from '../tool.ts';

export const handOff: Tool<HandOffArguments, HandOffResult> = {
  name: 'hand_off',
  description:
    'Gives the conversation to a person: when the customer asks for one, threatens legal action or harm, when a tool says needs_person, or when you cannot help.',
  schema: z.strictObject({ reason: z.string().max(300) }),
  keep: () => ({}),
  async run(_context, input) {
    return {
      result: {
        status: 'handed_off',
        say: 'I have asked someone from our team to take over. They will get back to you.',
      },
      effect: { kind: 'hand-off', reason: input.reason },
    };
  },
};
