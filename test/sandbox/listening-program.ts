import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Call = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** Stands where the program would listen: keeps what the providers post and answers as told. */
export async function listenAsProgram(answer: () => string = () => '') {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      calls.push({ path: request.url ?? '', headers: request.headers, body });
      const reply = answer();
      response.setHeader('content-type', reply.startsWith('{') ? 'application/json' : 'text/plain');
      response.end(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () => server.close(),
  };
}
