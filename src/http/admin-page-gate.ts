import { type AdminGate, type AdminGateOptions, createAdminGate } from './admin-gate.ts';
import { isLoopbackHost } from './loopback.ts';

export type AdminPageGateOptions = AdminGateOptions & { readonly publicUrl: string };

/** As the gate of `/metrics`, for pages people open: their browser asks for the token as a password. */
export function createAdminPageGate(options: AdminPageGateOptions): AdminGate {
  // A proxy on this machine need not say that it is one: nginx adds no header of its own accord.
  const reachedAt = [options.host, new URL(options.publicUrl).hostname];
  const host = reachedAt.find((each) => !isLoopbackHost(each)) ?? options.host;
  const refuse = createAdminGate({ adminToken: options.adminToken, host });
  return (request) => {
    const password = readPassword(request.headers.authorization);
    const headers = { ...request.headers, ...(password && { authorization: `Bearer ${password}` }) };
    if (!refuse({ ...request, headers })) return undefined;
    return {
      status: 401,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'www-authenticate': 'Basic realm="ADMIN_TOKEN as the password", charset="UTF-8"',
      },
      body: options.adminToken
        ? 'Open this page with any user name and ADMIN_TOKEN as the password.'
        : 'This page is closed: set ADMIN_TOKEN, restart, and open it with that as the password.',
    };
  };
}

function readPassword(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
