import type { ToolContext } from './tool.ts';

/** What asks for a proof offers the other way to give one, where there is a channel for it. */
export function offerCode<Result extends { readonly status: string; readonly say?: unknown }>(
  { refunds, asker }: ToolContext,
  result: Result,
): Result {
  const asksForProof = result.status === 'not_found' && typeof result.say === 'string';
  if (!asksForProof || !refunds.codeKey || asker.conversation.party !== 'customer') return result;
  return { ...result, say: `${String(result.say)} ${offer}` };
}

/** The guided model knows by the word in capitals that it was offered. */
const offer = 'Or reply CODE, and I text a code to the phone on that order, if it has one.';
