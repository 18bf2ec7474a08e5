import type { ModelItem } from '../../ports/model.ts';

/** No item for a call that nobody could answer. The arguments are checked where the tool is. */
export function readToolCall(callId: unknown, name: unknown, argumentsJson: unknown): readonly ModelItem[] {
  if (typeof callId !== 'string' || callId === '') return [];
  if (typeof name !== 'string' || typeof argumentsJson !== 'string') return [];
  return [{ kind: 'tool-call', callId, name, argumentsJson }];
}
