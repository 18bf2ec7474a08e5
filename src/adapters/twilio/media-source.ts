import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ExternalError } from '../../errors.ts';
import type { FetchedMedia, MediaSource } from '../../ports/media.ts';
import { isStandIn, mediaAddress, redirectAddress } from './media-address.ts';
import { notPublicCode, publicLookup, type Resolve } from './public-lookup.ts';

export type MediaSourceConfig = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiUrl: string;
  readonly maxBytes?: number;
  /** For all of it, redirects included. */
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
  readonly onCall?: (call: {
    readonly operation: 'media';
    readonly outcome: 'answered' | 'failed';
    readonly durationMs: number;
  }) => void;
};

const mostRedirects = 3;

/** The API is asked with our token; where it sends us is asked without. */
export function createMediaSource(config: MediaSourceConfig): MediaSource {
  return {
    async fetch(address) {
      const startedAt = performance.now();
      let outcome: 'answered' | 'failed' = 'failed';
      try {
        const fetched = await follow(config, address);
        outcome = 'answered';
        return fetched;
      } finally {
        config.onCall?.({ operation: 'media', outcome, durationMs: performance.now() - startedAt });
      }
    },
  };
}

async function follow(config: MediaSourceConfig, given: string): Promise<FetchedMedia> {
  const signal = AbortSignal.timeout(config.timeoutMs ?? 30_000);
  let url = mediaAddress(given, config);
  for (let hop = 0; url && hop <= mostRedirects; hop++) {
    try {
      const answer = await get(config, url, hop === 0, signal);
      const { statusCode: status = 0, headers } = answer;
      if (status === 200) return await readAtMost(answer, config.maxBytes ?? 10 * 1024 * 1024);
      answer.destroy();
      if (status === 404 || status === 410) return { kind: 'refused', reason: 'gone' };
      if (status < 300 || status > 399) throw refusal(status, hop);
      url = redirectAddress(headers.location, url, config);
    } catch (error) {
      if (error instanceof ExternalError) throw error;
      if (codeOf(error) === notPublicCode) break;
      throw failure(signal.aborted ? 'timeout' : (codeOf(error) ?? 'connection'), true);
    }
  }
  return { kind: 'refused', reason: 'foreign-address' };
}

function get(
  config: MediaSourceConfig,
  url: URL,
  isApi: boolean,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const mayBePrivate = isStandIn(config.apiUrl) && url.origin === new URL(config.apiUrl).origin;
  const token = Buffer.from(`${config.accountSid}:${config.authToken}`).toString('base64');
  return new Promise((resolve, reject) => {
    request(url, {
      // Connections of an agent are shared with requests whose address nobody looked at.
      agent: false,
      signal,
      headers: { 'accept-encoding': 'identity', ...(isApi && { authorization: `Basic ${token}` }) },
      ...(!mayBePrivate && { lookup: publicLookup(config.resolve) }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

/** Neither what a header promises nor what then comes may be more. */
async function readAtMost(answer: IncomingMessage, maxBytes: number): Promise<FetchedMedia> {
  const chunks: Buffer[] = [];
  let size = Number(answer.headers['content-length'] ?? 0);
  if (size <= maxBytes) {
    size = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  }
  if (size <= maxBytes) return { kind: 'fetched', bytes: Buffer.concat(chunks) };
  answer.destroy();
  return { kind: 'refused', reason: 'too-large' };
}

/** The address Twilio sends us to is good for some hours; once it is not, the API names another. */
function refusal(status: number, hop: number): ExternalError {
  const isAccess = hop === 0 && (status === 401 || status === 403);
  const mayPass = status === 429 || status >= 500 || (hop > 0 && status === 403);
  return failure(`http_${status}`, mayPass, isAccess);
}

function failure(code: string, retryable: boolean, accessRefused = false): ExternalError {
  return new ExternalError({ service: 'twilio', outcome: 'refused', retryable, code, accessRefused });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
