import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type DoubleCall = { readonly method: string; readonly args: Record<string, string> };
export type DoubleAnswer = (args: Record<string, string>, response: ServerResponse) => unknown;

/** A Slack Web API of a few lines: records every call, answers `{ ok: true }` or as the test says. */
export type SlackDouble = {
  readonly apiUrl: string;
  readonly calls: DoubleCall[];
  callsTo(method: string): Record<string, string>[];
  /** What the method returns is sent with `ok: true`, unless it already wrote to the response. */
  answer(method: string, answer: DoubleAnswer): void;
  close(): Promise<void>;
};

export async function startSlackDouble(): Promise<SlackDouble> {
  const calls: DoubleCall[] = [];
  const answers = new Map<string, DoubleAnswer>([
    ['auth.test', () => ({ team_id: 'T1', user_id: 'UBOT', bot_id: 'B1' })],
    ['chat.postMessage', (args) => ({ channel: args.channel, ts: `1700000000.00000${calls.length}` })],
  ]);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const method = (request.url ?? '').replace('/api/', '');
      const args = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
      calls.push({ method, args });
      const fields = answers.get(method)?.(args, response);
      if (response.headersSent || response.destroyed || fields === 'none') return;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, ...(fields as object | undefined) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    calls,
    callsTo: (method) => calls.filter((call) => call.method === method).map(({ args }) => args),
    answer: (method, answer) => answers.set(method, answer),
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
