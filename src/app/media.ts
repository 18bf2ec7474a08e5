import { createMediaCleaner } from '../adapters/media/media-cleaner.ts';
import { createOpenAiTranscriber } from '../adapters/openai/transcriber.ts';
import { createMediaSource } from '../adapters/twilio/media-source.ts';
import type { Config } from '../config.ts';
import type { ConversationContext } from '../conversation/context.ts';
import type { Metrics } from '../metrics.ts';

/** Undefined without Twilio: nobody else brings pictures. */
export function createMedia({ twilio, openai }: Config, metrics: Metrics): ConversationContext['media'] {
  if (!twilio) return undefined;
  const { accountSid, apiUrl, authTokens } = twilio;
  const [authToken = ''] = authTokens;
  return {
    source: createMediaSource({
      accountSid,
      apiUrl,
      authToken,
      onCall: (call) =>
        metrics.providerRequest('twilio', call.operation, call.outcome, call.durationMs / 1000),
    }),
    cleaner: createMediaCleaner(),
    transcriber:
      openai &&
      createOpenAiTranscriber({
        apiKey: openai.apiKey,
        baseUrl: openai.baseUrl,
        onCall: (call) =>
          metrics.providerRequest('openai', 'transcribe', call.outcome, call.durationMs / 1000),
      }),
  };
}
