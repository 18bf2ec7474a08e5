import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpResponse } from './route.ts';

/** Of every answer. A page that loads anything says so in a policy of its own. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
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
  for (const [name, value] of Object.entries({ ...securityHeaders, ...headers }))
    response.setHeader(name, value);
  if (!stream && status !== 204 && status !== 304) {
    response.setHeader('content-length', Buffer.byteLength(body ?? ''));
  }
  response.writeHead(status);
}
