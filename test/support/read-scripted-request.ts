import type { ConversationFacts } from '../../src/ports/tools.ts';
import type { ScriptedRequest } from './scripted-openai.ts';

type Result = Readonly<Record<string, unknown>> & { readonly status: string };
type Part = { readonly role?: string; readonly content?: string; readonly output?: string };

/** What the program told the model it knows, in whichever API it was asked. */
export function factsIn(request: ScriptedRequest | undefined): ConversationFacts {
  const text = partsOf(request)
    .map((part) => part.content ?? '')
    .find((content) => content.includes('Facts about this conversation'));
  return JSON.parse(text?.slice(text.lastIndexOf('\n{')) ?? '') as ConversationFacts;
}

/** Results of the tools called so far in this turn, oldest first. */
export function resultsIn(request: ScriptedRequest | undefined): readonly Result[] {
  return partsOf(request)
    .map((part) => (part.role === 'tool' ? part.content : part.output))
    .filter((output) => output !== undefined)
    .map((output) => JSON.parse(output) as Result);
}

export function lastResult(request: ScriptedRequest | undefined): Result {
  return resultsIn(request).at(-1) ?? { status: 'none' };
}

function partsOf(request: ScriptedRequest | undefined): readonly Part[] {
  return (request?.api === 'chat' ? request.body.messages : request?.body.input) as readonly Part[];
}
