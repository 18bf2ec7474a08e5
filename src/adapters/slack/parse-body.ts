export type SlackBody =
  | { readonly kind: 'ssl-check' }
  | { readonly kind: 'challenge'; readonly challenge: string }
  /** Redelivered by Slack when it is not acknowledged. */
  | { readonly kind: 'event'; readonly body: Fields; readonly teamId: string | undefined }
  /** Clicks, modals, slash commands: delivered once. */
  | { readonly kind: 'interaction'; readonly body: Fields; readonly teamId: string | undefined }
  | { readonly kind: 'unreadable' };

type Fields = Readonly<Record<string, unknown>>;

/** What Slack sent, by its content type. Call it only with bytes whose signature was verified. */
export function parseSlackBody(rawBody: Buffer, contentType: string | undefined): SlackBody {
  const text = rawBody.toString('utf8');
  if (contentType?.startsWith('application/json')) return parseEvent(readJson(text));
  if (!contentType?.startsWith('application/x-www-form-urlencoded')) return { kind: 'unreadable' };
  const form = new URLSearchParams(text);
  if (form.has('ssl_check')) return { kind: 'ssl-check' };
  const payload = form.get('payload');
  return parseInteraction(payload === null ? Object.fromEntries(form) : readJson(payload));
}

/** What came over a connection, where the envelope says which of the two it is. */
export function parseSlackPayload(kind: 'event' | 'interaction', body: unknown): SlackBody {
  const fields = isFields(body) ? body : undefined;
  return kind === 'event' ? parseEvent(fields) : parseInteraction(fields);
}

function parseEvent(body: Fields | undefined): SlackBody {
  if (body?.type === 'url_verification' && typeof body.challenge === 'string') {
    return { kind: 'challenge', challenge: body.challenge };
  }
  if (body === undefined || !isFields(body.event) || !isSound(body.event)) return { kind: 'unreadable' };
  // In a channel shared with another company `team_id` can be theirs; this one is where the app lives.
  return { kind: 'event', body, teamId: asText(body.context_team_id) ?? asText(body.team_id) };
}

/** Bolt looks into these without asking what they are, and Slack would repeat what then fails. */
function isSound(event: Fields): boolean {
  const named = [event.user, event.channel, event.item, event.message, event.assistant_thread];
  return named.every((each) => each === undefined || typeof each === 'string' || isFields(each));
}

function parseInteraction(body: Fields | undefined): SlackBody {
  if (body === undefined) return { kind: 'unreadable' };
  const isCommand = typeof body.command === 'string' && typeof body.user_id === 'string';
  if (!isCommand && !(typeof body.type === 'string' && isFields(body.user))) return { kind: 'unreadable' };
  const teamId = isFields(body.team) ? asText(body.team.id) : asText(body.team_id);
  return { kind: 'interaction', body, teamId };
}

function readJson(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
