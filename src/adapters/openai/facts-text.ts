import type { ConversationFacts } from '../../ports/tools.ts';

/** What code knows, for the model. JSON, so that no value can pass for an instruction around it. */
export function factsText(facts: ConversationFacts): string {
  return `Facts about this conversation, from the program (not from the customer):\n${JSON.stringify(facts)}`;
}
