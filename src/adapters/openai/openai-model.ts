import OpenAI from 'openai';
import { type CircuitOptions, createCircuit } from '../../circuit.ts';
import { ExternalError } from '../../errors.ts';
import type { Model, ModelUsage } from '../../ports/model.ts';
import { askChat } from './chat-api.ts';
import { withoutPictures } from './customer-text.ts';
import { abortedCode, modelFailure } from './model-failure.ts';
import { costInMicroUsd } from './price.ts';
import { askResponses } from './responses-api.ts';

export type OpenAiModelConfig = {
  readonly apiKey: string;
  /** Of OpenAI or of any compatible server, with its `/v1`. */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  readonly api: 'responses' | 'chat';
  readonly timeoutMs?: number;
  readonly onCall?: (call: OpenAiCall) => void;
  readonly onCircuit?: CircuitOptions['onChange'];
};

export type OpenAiCall =
  | {
      readonly outcome: 'answered';
      readonly durationMs: number;
      readonly usage: ModelUsage;
      readonly costMicroUsd: number;
    }
  | { readonly outcome: 'failed'; readonly durationMs: number; readonly code: string | undefined };

/** No retries in here: whoever asks decides whether the customer still waits for another try. */
export function createOpenAiModel(config: OpenAiModelConfig): Model {
  const { model, timeoutMs = 20_000, onCall } = config;
  const client = new OpenAI({
    apiKey: config.apiKey,
    baseURL: config.baseUrl ?? 'https://api.openai.com/v1',
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  });
  const circuit = createCircuit({
    service: 'openai',
    // A turn that ran out of time says nothing about the model's health.
    isOutage: (error) => error.retryable && error.code !== abortedCode,
    onChange: config.onCircuit,
  });
  const ask = config.api === 'responses' ? askResponses : askChat;
  return {
    name: model,
    readsPictures: true,
    async respond(request) {
      const startedAt = performance.now();
      try {
        const response = await circuit(async () => {
          try {
            return await ask(client, model, request);
          } catch (error) {
            const failed = modelFailure(error, request.signal.aborted);
            const wordsOnly = failed.code === abortedCode ? undefined : withoutPictures(request);
            if (failed.retryable || failed.accessRefused || !wordsOnly) throw failed;
            // Models and servers without eyes refuse the whole request.
            return await ask(client, model, wordsOnly).catch((again: unknown) => {
              throw modelFailure(again, request.signal.aborted);
            });
          }
        });
        onCall?.({
          outcome: 'answered',
          durationMs: performance.now() - startedAt,
          usage: response.usage,
          costMicroUsd: costInMicroUsd(model, response.usage),
        });
        return response;
      } catch (error) {
        const code = error instanceof ExternalError ? error.code : undefined;
        onCall?.({ outcome: 'failed', durationMs: performance.now() - startedAt, code });
        throw error;
      }
    },
  };
}
