import { ExternalError } from '../../errors.ts';
import type { CardReference } from '../../ports/approval-desk.ts';

/** Where Slack put a message. A success without a place cannot be told from a lost one. */
export function referenceTo(posted: { readonly channel?: string; readonly ts?: string }): CardReference {
  const { channel, ts } = posted;
  if (channel === undefined || ts === undefined) {
    throw new ExternalError({ service: 'slack', retryable: true, outcome: 'unknown', code: 'no_reference' });
  }
  return { channel, ts };
}
