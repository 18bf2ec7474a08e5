import { foldText } from './fold-text.ts';
import type { PhoneNumber } from './ids.ts';
import type { Order, PostalAddress } from './order.ts';

export const maxWrongProofs = 5;
export const proofLockHours = 24;
export const verificationHours = 24;
/** Carriers give numbers to new people: past this whoever holds one has to prove an order like anybody else. */
export const phoneProofDays = 365;

export type CustomerProof = { readonly email: string; readonly postalCode: string };

/** The billing phone does not count: who pays for a gift is not who holds it. */
export function phoneMatches(order: Order, phone: PhoneNumber): boolean {
  const known = [order.phone, order.shippingAddress?.phone, order.customer?.phone];
  return phone.length > 0 && known.includes(phone);
}

export function isTooOldForPhones({ processedAt }: Pick<Order, 'processedAt'>, now: Date): boolean {
  // Not "at least a year ago": of a date that cannot be read nothing may follow.
  return !(now.getTime() - Date.parse(processedAt) <= phoneProofDays * 86_400_000);
}

/** Both must match; what is empty, given or stored, never matches. */
export function proofMatches(order: Order, proof: CustomerProof): boolean {
  const right = [emailMatches(order, proof.email), postalCodeMatches(order, proof.postalCode)];
  return right.every((matches) => matches);
}

function emailMatches(order: Order, email: string): boolean {
  const given = foldEmail(email);
  return (
    given !== '' && [order.email, order.customer?.email].some((known) => foldEmail(known ?? '') === given)
  );
}

function postalCodeMatches(order: Order, postalCode: string): boolean {
  return [order.shippingAddress, order.billingAddress].some((address) => {
    const known = foldPostalCode(address?.postalCode ?? '', address);
    return known !== '' && known === foldPostalCode(postalCode, address);
  });
}

function foldEmail(email: string): string {
  return foldText(email).replace(/\s/g, '').toLowerCase();
}

function foldPostalCode(postalCode: string, address: PostalAddress | undefined): string {
  const code = foldText(postalCode).replace(/[\s-]/g, '').toUpperCase();
  return usesZipCodes(address) ? code.replace(/^(\d{5})\d{4}$/, '$1') : code;
}

/** ZIP+4 names a block within a ZIP code; people know the five digits. */
function usesZipCodes(address: PostalAddress | undefined): boolean {
  return ['US', 'PR', 'VI', 'GU', 'AS', 'MP', undefined].includes(address?.countryCode);
}
