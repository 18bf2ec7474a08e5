import { ExternalError } from '../../errors.ts';

/** The shop answered, but with nothing that can be worked with. */
export function unusable(code: string): ExternalError {
  return new ExternalError({ service: 'shopify', retryable: false, outcome: 'refused', code });
}
