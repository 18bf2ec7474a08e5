import type { Attached, ModelItem } from '../../ports/model.ts';
import { withoutReceipt } from './attachment-phrases-en.ts';

/** The items of a request, sorted: what was said before, what is to be answered, what was called for it. */
export type Turn = {
  /** Oldest first; ends with the agent's last text. */
  readonly earlier: readonly Said[];
  /** What the customer wrote since. */
  readonly messages: readonly string[];
  /** What came with them. */
  readonly attached: readonly Attached['kind'][];
  /** Some of it was said in a voice note. */
  readonly spoken: boolean;
  readonly calls: readonly Called[];
};

export type Said = { readonly who: 'customer' | 'agent'; readonly text: string };
/** `result` is what the tool wrote; an object with a `status`, or undefined when it was not readable. */
export type Called = {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly result: ToolResult | undefined;
};
export type ToolResult = { readonly status: string; readonly say?: string };

/** Words another model put between its calls in this turn were never sent, and are left out. */
export function readTurn(items: readonly ModelItem[]): Turn {
  const lastWord = items.findLastIndex(({ kind }) => kind === 'customer-text');
  const asked = items.slice(0, Math.max(0, lastWord)).findLastIndex(({ kind }) => kind === 'agent-text') + 1;
  const current = items.slice(asked, lastWord + 1).filter((item) => item.kind === 'customer-text');
  return {
    earlier: items.slice(0, asked).flatMap(readSaid),
    messages: items.slice(asked, lastWord + 1).flatMap((item) => readSaid(item).map(({ text }) => text)),
    attached: current.flatMap(({ attached = [] }) => attached.map(({ kind }) => kind)),
    spoken: current.some(({ spoken }) => spoken),
    calls: readCalls(items.slice(lastWord + 1)),
  };
}

function readSaid(item: ModelItem): readonly Said[] {
  if (item.kind === 'customer-text') return [{ who: 'customer', text: item.text.replace(sentNote, '') }];
  return item.kind === 'agent-text' ? [{ who: 'agent', text: withoutReceipt(item.text) }] : [];
}

/** Our own note of something without words: "sent" in it is not about a parcel. What is shared alone stays. */
const sentNote = /\s\(sent [\w ]{1,30}\)$|^\(sent (?!a (?:location|contact)\))[\w ]{1,30}\)$/;

function readCalls(items: readonly ModelItem[]): readonly Called[] {
  return items.flatMap((item) => {
    if (item.kind !== 'tool-call') return [];
    const output = items.find((other) => other.kind === 'tool-result' && other.callId === item.callId);
    const result = output?.kind === 'tool-result' ? readObject(output.outputJson) : undefined;
    return [
      {
        name: item.name,
        arguments: readObject(item.argumentsJson) ?? {},
        result: isToolResult(result) ? result : undefined,
      },
    ];
  });
}

function readObject(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isToolResult(value: Readonly<Record<string, unknown>> | undefined): value is ToolResult {
  return typeof value?.status === 'string';
}
