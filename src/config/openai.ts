import { decimalNumber, matching, oneOf, secret, webAddress } from './formats.ts';
import type { ValuesOf, VariableTable } from './variable.ts';

export const openaiVariables = {
  OPENAI_API_KEY: {
    meaning: 'The key of the model provider.',
    whenUnset: 'the guided model answers, without a language model',
    expected: 'a key, usually starting with sk- (any word for a server that needs none)',
    whereToGet: 'platform.openai.com → API keys, or your compatible server',
    isSecret: true,
    format: secret(),
  },
  OPENAI_BASE_URL: {
    meaning: 'Any server that speaks the same protocol.',
    whenUnset: "OpenAI's own",
    expected: 'an address that starts with http:// or https://, usually ending in /v1',
    whereToGet: 'the documentation of your server',
    format: webAddress,
  },
  OPENAI_MODEL: {
    meaning: 'The model.',
    default: 'gpt-6-luna',
    expected: 'the id of a model your key may use',
    whereToGet: "your provider's list of models",
    format: matching(/^\S{1,200}$/),
  },
  OPENAI_API: {
    meaning: '`responses` (nothing is stored at the provider) or `chat` (Chat Completions).',
    default: 'responses',
    expected: 'responses or chat',
    whereToGet: 'chat for most compatible servers',
    format: oneOf(['responses', 'chat']),
  },
  DAILY_MODEL_BUDGET_USD: {
    meaning: 'What the model may cost per day in US dollars; past it the guided model answers.',
    default: '20',
    expected: 'a decimal number such as 20 or 2.50',
    whereToGet: 'your choice',
    format: decimalNumber,
  },
} as const satisfies VariableTable;

export type OpenaiConfig = {
  readonly apiKey: string;
  readonly baseUrl?: string | undefined;
  readonly model: string;
  readonly api: 'responses' | 'chat';
};

export function readOpenai(values: ValuesOf<typeof openaiVariables>): OpenaiConfig | undefined {
  if (!values.OPENAI_API_KEY) return undefined;
  return {
    apiKey: values.OPENAI_API_KEY,
    baseUrl: values.OPENAI_BASE_URL,
    model: values.OPENAI_MODEL,
    api: values.OPENAI_API,
  };
}
