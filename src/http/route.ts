import type { ServerResponse } from 'node:http';

export type HttpRequest = {
  readonly method: string;
  /** As it came, not decoded. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  readonly params: Readonly<Record<string, string>>;
  /** Lower-case names; a repeated header is joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Buffer;
  readonly remoteAddress: string;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Called once the head is sent; the stream is ended when the server stops. */
  readonly stream?: (response: ServerResponse) => void;
};

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Exact (`/healthz`), a prefix (`/sandbox/*`), or with one `:name` as a whole segment. */
  readonly path: string;
  handle(request: HttpRequest): Promise<HttpResponse>;
};

export function json(
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
