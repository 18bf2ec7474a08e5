import type { Config } from '../config.ts';

/**
 * The key of the settings, else what Shopify gave us: without either nothing runs live. Both, where both are
 * set, so that what was sealed before the key was set still opens. People of the sandbox are made up, and its
 * processes do not know each other's invented credentials.
 */
export function personalDataKeys({ mode, shopify, encryptionKeys }: Config): readonly Buffer[] {
  if (mode === 'sandbox' || !shopify) return [Buffer.from('sandbox')];
  const { auth } = shopify;
  const own = Buffer.from(auth.kind === 'static' ? auth.token : auth.clientSecret);
  return [...(encryptionKeys ?? []), own];
}
