import { writeFileSync } from 'node:fs';
import { Refusal } from '../policy-tool/refusal.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Db } from '../storage/database.ts';
import type { PersonalData } from '../storage/personal-data.ts';
import { conversationsOf, type HeldTables, readHeld } from '../storage/persons.ts';
import { endPrivacyRequest } from '../storage/privacy-requests.ts';
import type { Asked } from './find-person.ts';

/** Everything that is kept about somebody, in one file that only its owner can read; then the request is done. */
export async function exportPerson(
  { db, store, personal }: { readonly db: Db; readonly store: string; readonly personal: PersonalData },
  { request, person }: Asked,
  path: string,
): Promise<{ readonly conversations: number }> {
  const ids = await conversationsOf(db, store, person);
  const conversations = await Promise.all(
    ids.map(async (id) => ({ conversation: id, ...opened(await readHeld(db, id), personal, id) })),
  );
  writeNew(path, `${JSON.stringify({ store, request: request.id, person, conversations }, undefined, 2)}\n`);
  await db.transaction(async (tx) => {
    await endPrivacyRequest(tx, request.id);
    await recordAudit(tx, {
      store,
      actor: 'operator',
      action: 'privacy.exported',
      subject: request.subjectHash,
      detail: { request: request.id, conversations: ids.length },
    });
  });
  return { conversations: ids.length };
}

/** What was set apart, encrypted, is theirs to read. */
function opened(held: HeldTables, { open }: PersonalData, id: string): HeldTables {
  const messages = (held.messages ?? []).map((message) =>
    typeof message.emails === 'string'
      ? { ...message, emails: JSON.parse(open(message.emails, id) ?? 'null') as unknown }
      : message,
  );
  return { ...held, messages };
}

function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') throw new Refusal(`${path} exists already: name another file with --file.`);
    throw new Refusal(`${path} cannot be written (${String(code)}).`);
  }
}
