import { hasBearerToken } from './bearer.ts';
import { isLoopbackHost } from './loopback.ts';
import { type HttpRequest, type HttpResponse, json } from './route.ts';

export type AdminGateOptions = { readonly adminToken: string | undefined; readonly host: string };

/** Returns the refusal to send, or undefined when the request may pass. */
export type AdminGate = (request: HttpRequest) => HttpResponse | undefined;

/**
 * With a token, only the token opens. Without one, only this machine may look: the server must listen on
 * loopback and the request must not have come through a proxy or a tunnel, which listen for the world.
 */
export function createAdminGate({ adminToken, host }: AdminGateOptions): AdminGate {
  return (request) => {
    const isAllowed = adminToken
      ? hasBearerToken(request.headers.authorization, adminToken)
      : isLoopbackHost(host) && !cameThroughProxy(request);
    return isAllowed ? undefined : json(401, { error: 'unauthorized' }, { 'www-authenticate': 'Bearer' });
  };
}

function cameThroughProxy({ headers }: HttpRequest): boolean {
  return headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
}
