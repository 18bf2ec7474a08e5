import { z } from 'zod';

/** What a value may look like, and what the program makes of it. None says anything in its errors. */
export type Format<T> = z.ZodType<T, string>;

const httpAddress = z.string().refine(isHttpAddress);

export const anyText: Format<string> = z.string();

/** Tokens and keys: no spaces, which only come from careless copying. */
export function secret(isWrong?: RegExp): Format<string> {
  return z
    .string()
    .regex(/^\S+$/)
    .refine((value) => !isWrong?.test(value));
}

export function matching(pattern: RegExp): Format<string> {
  return z.string().regex(pattern);
}

export function wholeNumber(minimum: number, maximum: number): Format<number> {
  return z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum));
}

/** Stays text: a threshold becomes minor units once the shop's currency is known. */
export const decimal: Format<string> = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/);

export const decimalNumber: Format<number> = decimal.transform(Number);

export function oneOf<const T extends string>(allowed: readonly T[]): Format<T> {
  return z.string().transform((text, context) => {
    const found = allowed.find((word) => word === text.toLowerCase());
    if (found === undefined) context.addIssue('not one of the allowed words');
    return found ?? z.NEVER;
  });
}

const encryptionKey: Format<Buffer> = z
  .string()
  .regex(/^[0-9a-f]{64}$|^[A-Za-z0-9+/]{43}=$/i)
  .transform((text) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64'));

/** One or two keys of 32 bytes: two while they are rotated. */
export const encryptionKeys: Format<readonly Buffer[]> = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(encryptionKey).min(1).max(2));

const timesOfDay = /^([01]?\d|2[0-3]):([0-5]\d) ?[-–] ?([01]?\d|2[0-3]):([0-5]\d)$/;

/** From one time of day to another, in minutes since midnight; or `off`. */
export const dailyHours: Format<'off' | { readonly fromMinute: number; readonly toMinute: number }> = z
  .string()
  .transform((text, context) => {
    if (text.toLowerCase() === 'off') return 'off';
    const [, ...parts] = timesOfDay.exec(text) ?? [];
    const [fromHour = 0, fromPart = 0, toHour = 0, toPart = 0] = parts.map(Number);
    const [fromMinute, toMinute] = [fromHour * 60 + fromPart, toHour * 60 + toPart];
    if (fromMinute === toMinute) context.addIssue('not two different times of day');
    return { fromMinute, toMinute };
  });

/** Empty parts are ignored, so that a comma at the end does no harm. */
export function listOf(part: Format<string>): Format<readonly string[]> {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    )
    .pipe(z.array(part).min(1));
}

export const webAddress: Format<string> = httpAddress.transform((text) => text.replace(/\/+$/, ''));

export const webAddressWithSlash: Format<string> = webAddress.transform((text) => `${text}/`);

/** The public address is signed as written, so it keeps its case and may not carry a query. */
function isHttpAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s?#@]+$/i.test(text)) return false;
  return URL.canParse(text);
}

export const databaseAddress: Format<string> = z
  .string()
  .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text));

export const storeDomain: Format<string> = z
  .string()
  .toLowerCase()
  .transform((text) => text.replace(/^https?:\/\//, '').replace(/\/.*$/, ''))
  .transform((text) => (text.includes('.') ? text : `${text}.myshopify.com`))
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/));

export const hostName: Format<string> = z.string().regex(/^[A-Za-z0-9.:_-]+$|^\[[0-9A-Fa-f:.]+\]$/);

/** E.164, or a short code of three to eight digits. Spaces, dots, dashes and brackets are forgiven. */
export const smsSender: Format<string> = z
  .string()
  .transform((text) => text.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$|^\d{3,8}$/));

export const whatsappSender: Format<string> = z
  .string()
  .transform((text) => text.replace(/^whatsapp:/i, '').replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/))
  .transform((text) => `whatsapp:${text}`);
