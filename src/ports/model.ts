import type { ConversationFacts } from './tools.ts';

/** A language model, or a program that behaves like one. It proposes; code decides. */
export type Model = {
  /** For records and metrics, e.g. `gpt-6-luna` or `guided`. */
  readonly name: string;
  /** Pictures are worth reading for it. */
  readonly readsPictures?: true;
  /** Throws ExternalError when the provider cannot be asked or answers nonsense. */
  respond(request: ModelRequest): Promise<ModelResponse>;
};

export type ModelRequest = {
  /** Stable text first, so that providers can cache it. */
  readonly instructions: string;
  readonly tools: readonly ToolSpec[];
  readonly facts: ConversationFacts;
  /** Oldest first. Ends with what the model is to answer: customer text, or results of its calls. */
  readonly items: readonly ModelItem[];
  /** Hashed; lets the provider recognise abuse without knowing the person. */
  readonly safetyIdentifier: string;
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
};

export type ModelItem =
  | CustomerText
  | { readonly kind: 'agent-text'; readonly text: string }
  | {
      readonly kind: 'tool-call';
      readonly callId: string;
      readonly name: string;
      readonly argumentsJson: string;
    }
  | { readonly kind: 'tool-result'; readonly callId: string; readonly outputJson: string }
  /** Something only the same adapter understands (e.g. encrypted reasoning); handed back unread. */
  | { readonly kind: 'opaque'; readonly payload: unknown };

export type CustomerText = {
  readonly kind: 'customer-text';
  /** Empty where something was sent without a word. */
  readonly text: string;
  /** It is what a program heard in a voice note, or contains that. */
  readonly spoken?: true;
  readonly attached?: readonly Attached[];
};

export type Attached =
  /** Its content only where a model is to read it: a JPEG in base64. */
  | { readonly kind: 'picture'; readonly jpegBase64?: string }
  /** Nobody could write down what it says. */
  | { readonly kind: 'unheard-voice' }
  | { readonly kind: 'unreadable' };

export type ModelResponse = {
  /** In the order produced; handed back in the next request of the same turn. */
  readonly items: readonly ModelItem[];
  readonly usage: ModelUsage;
};

export type ModelUsage = {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
};

export type ToolSpec = {
  readonly name: string;
  readonly description: string;
  /** JSON Schema, every property required (nullable instead of optional), no additional properties. */
  readonly parameters: Readonly<Record<string, unknown>>;
};
