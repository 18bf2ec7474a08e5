import type { App, Receiver } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { InstallationStore } from '../../ports/installations.ts';
import { findOrigin, qualifyPayload } from './foreign-payload.ts';
import type { SlackBody } from './parse-body.ts';

export type SlackPayload = Extract<SlackBody, { kind: 'event' | 'interaction' }>;

export type Retry = { readonly num?: number | undefined; readonly reason?: string | undefined };

export type Dispatched =
  /** What was committed may be acknowledged, with this content where a listener gave any. */
  | { readonly kind: 'done'; readonly content: unknown }
  /** An event whose listener failed, or nobody can tell yet whose it is: Slack is to send it again. */
  | { readonly kind: 'not-done' };

export type SlackDispatch = {
  /** For Bolt's App. Its `stop` resolves when the work behind answers already given is done. */
  readonly receiver: Receiver;
  /** Runs the listeners of one verified payload; never rejects. */
  dispatch(payload: SlackPayload, retry: Retry): Promise<Dispatched>;
};

export type SlackDispatchOptions = {
  /** The workspace and app whose payloads count. A rejection leaves a payload without effect. */
  home(): Promise<HomeIdentity>;
  /** Further workspaces that may speak. */
  readonly installations?: Pick<InstallationStore, 'find'> | undefined;
  readonly log: Log;
};

type HomeIdentity = {
  readonly teamId: string;
  readonly appId?: string | undefined;
  readonly botUserId?: string | undefined;
};

/** From whatever brought a payload to Bolt's listeners, and back. */
export function createSlackDispatch({ home, installations, log }: SlackDispatchOptions): SlackDispatch {
  let app: App | undefined;
  const underWay = new Set<Promise<void>>();

  async function dispatch(payload: SlackPayload, retry: Retry): Promise<Dispatched> {
    let known: SlackPayload | undefined;
    try {
      const here = await home();
      if (isOfApp(payload, here)) known = fromHome(payload, here) ?? (await fromInstalled(payload, here));
    } catch {
      return { kind: 'not-done' };
    }
    if (known === undefined) return { kind: 'done', content: undefined };
    const { kind, body } = known;
    return await new Promise<Dispatched>((resolve) => {
      let outcome: Dispatched = { kind: 'done', content: undefined };
      const work = runListeners(body, retry, async (content) => {
        outcome = { kind: 'done', content };
        // Bolt acknowledges an event before its listeners ran; Slack must hear of it after they committed.
        if (kind === 'interaction') resolve(outcome);
      }).then(
        () => resolve(outcome),
        (error: unknown) => {
          log.error('slack listener failed', { kind, error });
          resolve(kind === 'event' ? { kind: 'not-done' } : outcome);
        },
      );
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    });
  }

  async function fromInstalled(
    payload: SlackPayload,
    { botUserId }: HomeIdentity,
  ): Promise<SlackPayload | undefined> {
    const installation = installations && (await findOrigin(payload.body, installations));
    return installation && { ...payload, body: qualifyPayload(payload.body, installation, botUserId) };
  }

  async function runListeners(body: SlackPayload['body'], retry: Retry, ack: Acknowledge): Promise<void> {
    await app?.processEvent({
      body,
      ack,
      ...(retry.num === undefined ? {} : { retryNum: retry.num }),
      ...(retry.reason === undefined ? {} : { retryReason: retry.reason }),
    });
  }

  return {
    dispatch,
    receiver: {
      init(started) {
        app = started;
      },
      async start() {},
      async stop() {
        await Promise.all(underWay);
      },
    },
  };
}

type Acknowledge = (response?: unknown) => Promise<void>;

function isOfApp({ body }: SlackPayload, { appId }: HomeIdentity): boolean {
  return appId === undefined || body.api_app_id === undefined || body.api_app_id === appId;
}

/** The payload, with its workspace filled in; undefined when it is another workspace's. */
function fromHome(payload: SlackPayload, home: HomeIdentity): SlackPayload | undefined {
  const { body } = payload;
  if (payload.teamId === home.teamId) return payload;
  if (payload.kind !== 'interaction' || !namesNoWorkspace(body)) return undefined;
  return { ...payload, teamId: home.teamId, body: { ...body, team: { id: home.teamId } } };
}

/**
 * The connection or signature is of an app that lives in one workspace, so a click that leaves the field out is
 * from there. Clicks in an organisation carry `team: null` and the organisation instead: those name somebody else.
 */
function namesNoWorkspace(body: SlackPayload['body']): boolean {
  return (
    body.team === undefined && body.team_id === undefined && !body.enterprise && !body.is_enterprise_install
  );
}
