import type { Installation, InstallationStore } from '../../ports/installations.ts';
import { qualify } from './qualified-id.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The installation a signed payload is from: the workspace's, else its organisation's. */
export async function findOrigin(
  body: Fields,
  installations: Pick<InstallationStore, 'find'>,
): Promise<Installation | undefined> {
  for (const id of originsOf(body)) {
    const installation = await installations.find(id);
    if (installation) return installation;
  }
  return undefined;
}

/**
 * A further workspace's payload, with ids of people and channels qualified by where they are from, and the
 * bot's own id there replaced by its id here: listeners need not know that there are several workspaces.
 */
export function qualifyPayload(
  body: Fields,
  { installedIn, botUserId: botThere }: Installation,
  botHere: string | undefined,
): Fields {
  const id = (value: unknown): unknown => {
    if (typeof value !== 'string' || value === '') return value;
    return value === botThere && botHere !== undefined ? botHere : qualify(installedIn, value);
  };
  const text = (value: unknown): unknown =>
    typeof value === 'string' && botThere !== undefined && botHere !== undefined
      ? value.replaceAll(`<@${botThere}`, `<@${botHere}`)
      : value;
  const change = (given: unknown, how: Changes): unknown => {
    if (!isFields(given)) return given;
    const changed = Object.entries(how).flatMap(([name, to]) =>
      Object.hasOwn(given, name) ? [[name, to(given[name])]] : [],
    );
    return { ...given, ...Object.fromEntries(changed) };
  };
  const ofPerson = (value: unknown) => change(value, { id });
  const changed = change(body, {
    user_id: id,
    channel_id: id,
    trigger_id: id,
    text,
    user: ofPerson,
    channel: ofPerson,
    container: (value) => change(value, { channel_id: id }),
    event: (value) => change(value, { user: id, channel: id, text }),
  });
  return isFields(changed) ? changed : body;
}

type Changes = Readonly<Record<string, (value: unknown) => unknown>>;

/** In a channel shared between companies, only the `context_` pair says where the app was installed. */
function originsOf(body: Fields): readonly string[] {
  const team = isFields(body.team) ? body.team.id : undefined;
  const enterprise = isFields(body.enterprise) ? body.enterprise.id : undefined;
  const named = body.context_team_id
    ? [body.context_team_id, body.context_enterprise_id]
    : [team ?? body.team_id, enterprise ?? body.enterprise_id];
  return named.filter((each) => typeof each === 'string' && each !== '') as readonly string[];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
