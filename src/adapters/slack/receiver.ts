import type { App, Receiver } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { parseSlackBody, type SlackBody } from './parse-body.ts';
import { isSignedBySlack, type SlackRequest } from './verify-signature.ts';

export type SlackResponse = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

export type SlackReceiver = {
  readonly receiver: Receiver;
  handle(request: SlackRequest): Promise<SlackResponse>;
};

export type SlackReceiverOptions = {
  readonly signingSecret: string;
  /** The workspace and app whose requests count. A rejection is answered 503, without effect. */
  home(): Promise<{ readonly teamId: string; readonly appId?: string | undefined }>;
  now(): Date;
  readonly log: Log;
};

/** Bolt behind a server that is not Bolt's: `handle` takes raw requests; `receiver` goes to Bolt's App. */
export function createSlackReceiver(options: SlackReceiverOptions): SlackReceiver {
  let app: App | undefined;
  const underWay = new Set<Promise<void>>();

  async function handle(request: SlackRequest): Promise<SlackResponse> {
    if (!isSignedBySlack(request, options.signingSecret, options.now())) return answer(401);
    const parsed = parseSlackBody(request.rawBody, request.headers['content-type']);
    switch (parsed.kind) {
      case 'ssl-check':
        return answer(200);
      case 'challenge':
        return answer(200, { challenge: parsed.challenge });
      case 'unreadable':
        return answer(400);
      case 'event':
      case 'interaction':
        return await dispatch(parsed, request);
    }
  }

  async function dispatch(parsed: Payload, request: SlackRequest): Promise<SlackResponse> {
    let known: Payload | undefined;
    try {
      known = fromHome(parsed, await options.home());
    } catch {
      return answer(503);
    }
    if (known === undefined) return answer(200);
    const payload = known;
    return await new Promise<SlackResponse>((resolve) => {
      let acknowledged = answer(200);
      const work = runListeners(payload, request, async (response) => {
        acknowledged = answer(200, response);
        // Bolt acknowledges an event before its listeners ran; Slack must hear of it after they committed.
        if (parsed.kind === 'interaction') resolve(acknowledged);
      }).then(
        () => resolve(acknowledged),
        (error: unknown) => {
          options.log.error('slack listener failed', { kind: parsed.kind, error });
          resolve(parsed.kind === 'event' ? answer(503) : acknowledged);
        },
      );
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    });
  }

  async function runListeners({ body }: Payload, { headers }: SlackRequest, ack: Acknowledge): Promise<void> {
    const retryNum = Number.parseInt(headers['x-slack-retry-num'] ?? '', 10);
    const retryReason = headers['x-slack-retry-reason'];
    await app?.processEvent({
      body,
      ack,
      ...(Number.isNaN(retryNum) ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    });
  }

  return {
    handle,
    receiver: {
      init(started) {
        app = started;
      },
      async start() {},
      /** Resolves when the work behind answers already given is done. */
      async stop() {
        await Promise.all(underWay);
      },
    },
  };
}

type Payload = Extract<SlackBody, { kind: 'event' | 'interaction' }>;
type Acknowledge = (response?: unknown) => Promise<void>;

/** The payload, with its workspace filled in; undefined when it is another workspace's or another app's. */
function fromHome(
  parsed: Payload,
  home: { readonly teamId: string; readonly appId?: string | undefined },
): Payload | undefined {
  const { body } = parsed;
  const appId = body.api_app_id;
  if (home.appId !== undefined && appId !== undefined && appId !== home.appId) return undefined;
  if (parsed.teamId === home.teamId) return parsed;
  if (parsed.kind !== 'interaction' || !namesNoWorkspace(body)) return undefined;
  return { ...parsed, teamId: home.teamId, body: { ...body, team: { id: home.teamId } } };
}

/**
 * The signature is of an app that lives in one workspace, so a click that leaves the field out is from there.
 * Clicks in an organisation carry `team: null` and the organisation instead: those name somebody else.
 */
function namesNoWorkspace(body: Payload['body']): boolean {
  return (
    body.team === undefined && body.team_id === undefined && !body.enterprise && !body.is_enterprise_install
  );
}

function answer(status: number, content?: unknown): SlackResponse {
  if (content === undefined || content === '') return { status, headers: {}, body: '' };
  if (typeof content === 'string') {
    return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: content };
  }
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
}
