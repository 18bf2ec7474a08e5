import OpenAI, { toFile } from 'openai';
import type { Transcription } from 'openai/resources/audio/transcriptions';
import { createCircuit } from '../../circuit.ts';
import { ExternalError } from '../../errors.ts';
import type { Transcriber, VoiceType } from '../../ports/media.ts';
import type { ModelUsage } from '../../ports/model.ts';
import { modelFailure, nonsense } from './model-failure.ts';

export type OpenAiTranscriberConfig = {
  readonly apiKey: string;
  readonly baseUrl?: string | undefined;
  readonly timeoutMs?: number;
  readonly onCall?: (call: { readonly outcome: 'answered' | 'failed'; readonly durationMs: number }) => void;
};

const model = 'gpt-transcribe';
/** Five minutes as WhatsApp records them take less than half. */
const maxBytes = 2 * 1024 * 1024;
/** AMR is not among what is taken: https://developers.openai.com/api/docs/guides/speech-to-text */
const extensions: Readonly<Partial<Record<VoiceType, string>>> = {
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
};

/** No retries in here, as with the model: somebody waits for an answer. */
export function createOpenAiTranscriber(config: OpenAiTranscriberConfig): Transcriber {
  const client = new OpenAI({
    apiKey: config.apiKey,
    baseURL: config.baseUrl ?? 'https://api.openai.com/v1',
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: config.timeoutMs ?? 12_000,
    logLevel: 'off',
  });
  const circuit = createCircuit({ service: 'openai' });
  return {
    name: model,
    async transcribe({ contentType, bytes }) {
      const extension = extensions[contentType];
      if (extension === undefined || bytes.length > maxBytes) return { kind: 'unheard' };
      const startedAt = performance.now();
      let outcome: 'answered' | 'failed' = 'failed';
      try {
        const heard = await circuit(async () => {
          try {
            const file = await toFile(bytes, `voice.${extension}`, { type: contentType });
            return read(await client.audio.transcriptions.create({ file, model, response_format: 'json' }));
          } catch (error) {
            throw modelFailure(error, false);
          }
        });
        outcome = 'answered';
        return heard;
      } catch (error) {
        if (error instanceof ExternalError) return { kind: 'unheard' };
        throw error;
      } finally {
        config.onCall?.({ outcome, durationMs: performance.now() - startedAt });
      }
    },
  };
}

// Compatible servers leave out fields that the types promise.
type LooseTranscription = Partial<Transcription> | string | undefined;

function read(answer: LooseTranscription) {
  if (typeof answer !== 'object' || typeof answer.text !== 'string') throw nonsense();
  // Speaks of nothing: names of sounds in brackets, notes, dots.
  const text = answer.text.replace(/\[[^\]]*\]|[♪♫]/gu, ' ').trim();
  const isSilent = !/[\p{L}\p{N}]/u.test(text);
  return { kind: 'heard', text: isSilent ? '' : text, usage: usageOf(answer.usage) } as const;
}

function usageOf(usage: Transcription['usage']): ModelUsage {
  const [input, output] =
    usage?.type === 'tokens'
      ? [usage.input_tokens, usage.output_tokens]
      : [Math.ceil((usage?.seconds ?? 0) * tokensPerSecond), 0];
  return { inputTokens: input, cachedInputTokens: 0, outputTokens: output };
}

/** What sound comes to where it is billed by time, so that the day's budget counts it too. */
const tokensPerSecond = 10;
