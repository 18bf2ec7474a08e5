import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpResponse } from './route.ts';

const securityHeaders = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

const htmlHeaders = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

export function sendResponse(response: ServerResponse, answer: HttpResponse): void {
  writeHead(response, answer);
  if (answer.stream) {
    response.flushHeaders();
    answer.stream(response);
  } else {
    response.end(answer.body);
  }
}

/**
 * For a request whose body will not be read. Closing a socket that still receives makes the kernel reset
 * it, and the client loses the answer; so the answer goes out whole, and what the client still sends is
 * thrown away until it stops or `patienceMs` have passed.
 */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  answer: HttpResponse,
  patienceMs: number,
): void {
  response.setHeader('connection', 'close');
  writeHead(response, answer);
  if (answer.body !== undefined) response.write(answer.body);
  const timer = setTimeout(finish, patienceMs);
  function finish(): void {
    clearTimeout(timer);
    response.end();
  }
  request.once('end', finish).once('close', finish);
  request.on('error', finish);
  request.resume();
}

function writeHead(response: ServerResponse, { status, headers, body, stream }: HttpResponse): void {
  const isHtml = headers?.['content-type']?.startsWith('text/html') ?? false;
  const all = { ...securityHeaders, ...(isHtml ? htmlHeaders : {}), ...headers };
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
  if (!stream && status !== 204 && status !== 304) {
    response.setHeader('content-length', Buffer.byteLength(body ?? ''));
  }
  response.writeHead(status);
}
