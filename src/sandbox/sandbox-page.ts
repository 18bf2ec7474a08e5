import { readFileSync } from 'node:fs';
import type { Answer } from './server.ts';

const files: Readonly<Record<string, readonly [file: string, contentType: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/sandbox/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/sandbox/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/sandbox/element.js': ['element.js', 'text/javascript; charset=utf-8'],
  '/sandbox/phone.js': ['phone.js', 'text/javascript; charset=utf-8'],
  '/sandbox/slack.js': ['slack.js', 'text/javascript; charset=utf-8'],
  '/sandbox/blocks.js': ['blocks.js', 'text/javascript; charset=utf-8'],
  '/sandbox/modal.js': ['modal.js', 'text/javascript; charset=utf-8'],
  '/sandbox/shop.js': ['shop.js', 'text/javascript; charset=utf-8'],
};

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
  const found = files[path];
  if (!found) return undefined;
  const [file, contentType] = found;
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
    body: readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8'),
  };
}
