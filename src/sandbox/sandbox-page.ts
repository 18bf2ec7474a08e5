import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Answer } from './server.ts';

const contentTypes = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const;

const styles = ['page', 'phone', 'slack', 'blocks', 'shop', 'narrow'].map((name) => `${name}.css`);
const scripts = ['page', 'element', 'phone', 'slack', 'blocks', 'modal', 'shop'].map((name) => `${name}.js`);
const files: ReadonlyMap<string, string> = new Map([
  ['/', 'index.html'],
  ...[...styles, ...scripts].map((file) => [`/sandbox/${file}`, file] as const),
]);

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The files of the page on which a visitor is customer, staff and merchant at once. */
export function sandboxPage(path: string): Answer | undefined {
  const file = files.get(path);
  if (file === undefined) return undefined;
  const extension = extname(file).slice(1) as keyof typeof contentTypes;
  return {
    status: 200,
    headers: {
      'content-type': contentTypes[extension],
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
    body: readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8'),
  };
}
