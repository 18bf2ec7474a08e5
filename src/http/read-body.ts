import type { IncomingMessage } from 'node:http';

export type BodyResult =
  | { readonly kind: 'read'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  /** The client went away before it had sent everything. */
  | { readonly kind: 'aborted' };

export function declaresTooMuch(request: IncomingMessage, maxBytes: number): boolean {
  return Number(request.headers['content-length'] ?? 0) > maxBytes;
}

/** Never holds more than `maxBytes` and one chunk; on 'too-large' the rest is still in the request. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  if (declaresTooMuch(request, maxBytes)) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (result: BodyResult): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) {
        request.pause();
        finish({ kind: 'too-large' });
      } else {
        chunks.push(chunk);
      }
    };
    const onEnd = (): void => finish({ kind: 'read', body: Buffer.concat(chunks, size) });
    const onClose = (): void => finish({ kind: 'aborted' });
    request.on('data', onData).on('end', onEnd).on('close', onClose);
    // Without a listener an aborted upload would be thrown as an uncaught error.
    request.on('error', onClose);
  });
}
