import { ExternalError } from '../../errors.ts';

/** What cannot be read whole is left to a person. */
export function tooLarge(): ExternalError {
  return new ExternalError({
    service: 'shopify',
    retryable: false,
    outcome: 'refused',
    code: 'order_too_large',
  });
}
