import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isTooOldForPhones } from './customer-proof.ts';
import type { PhoneNumber } from './ids.ts';
import type { Order } from './order.ts';

export const codeMinutes = 10;
export const maxCodeTries = 5;
/** A day, whatever the orders: each is a text that somebody pays for. */
export const mostCodesPerSender = 5;
/** A day, whoever asks: nobody can have a stranger's phone flooded. */
export const mostCodesPerPhone = 5;
/** So soon the code that was asked for before still stands. */
export const codeRepeatSeconds = 60;

/** A secret of the server, for codes and nothing else. */
export type CodeKey = { readonly bytes: Buffer };

export function deriveCodeKey(secret: Buffer): CodeKey {
  return { bytes: Buffer.from(hkdfSync('sha256', secret, '', 'one-time codes', 32)) };
}

/**
 * Six digits that belong to this one id. A database without the key tells none of them, and needs to keep none:
 * a million codes are tried through in no time against anything that is computed without a secret.
 */
export function codeOf(key: CodeKey, id: string): string {
  const digest = createHmac('sha256', key.bytes).update(`code ${id}`).digest();
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

export function isCodeOf(key: CodeKey, id: string, typed: string): boolean {
  const given = Buffer.from(typed.replace(/\D/g, '').slice(0, 6).padEnd(6, 'x'));
  return timingSafeEqual(Buffer.from(codeOf(key, id)), given) && typed.replace(/\D/g, '').length === 6;
}

/** The same for one phone, and without the key nobody can tell which. */
export function macOfPhone(key: CodeKey, phone: string): string {
  return createHmac('sha256', key.bytes).update(`phone ${phone}`).digest('hex');
}

/** Where a code for this order goes. None for an old one: its number may be somebody else's by now. */
export function phoneForCode(order: Order, now: Date): PhoneNumber | undefined {
  if (isTooOldForPhones(order, now)) return undefined;
  return [order.phone, order.shippingAddress?.phone, order.customer?.phone].find((phone) => phone);
}
