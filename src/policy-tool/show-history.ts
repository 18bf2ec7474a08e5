import type { Config } from '../config.ts';
import { listPublications, type Publication } from '../storage/policies.ts';
import { withRecords } from './open-records.ts';

const most = 50;

export async function showHistory(config: Config): Promise<readonly string[]> {
  const rows = await withRecords(config, ({ db, store }) => listPublications(db, store, { limit: most }));
  if (rows.length === 0) return ['No policy was recorded yet: the program records its own when it starts.'];
  return [
    ...rows.flatMap(describe),
    ...(rows.length === most ? [`Older ones are left out: these are the last ${most}.`] : []),
  ];
}

function describe({ createdAt, version, source, author, changes }: Publication, place: number) {
  const setting = author === 'default' ? 'the default policy, by the settings' : `from ${author}`;
  const how = source === 'start' ? setting : `published by ${author}`;
  return [
    `${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC  ${version}  ${how}${place === 0 ? '  (in force)' : ''}`,
    ...changes.map((change) => `    ${change}`),
  ];
}
