import { recordAudit } from '../storage/audit-log.ts';
import type { Tx } from '../storage/database.ts';
import type { PersonalData } from '../storage/personal-data.ts';
import type { Person } from '../storage/persons.ts';
import { insertPrivacyRequest, type PrivacyRequest } from '../storage/privacy-requests.ts';

/** Stored before anything is done about it; who it is about is in it encrypted, and nowhere else. */
export async function requestPrivacy(
  tx: Tx,
  { store, personal }: { readonly store: string; readonly personal: PersonalData },
  kind: PrivacyRequest['kind'],
  person: Person,
  actor: string,
): Promise<PrivacyRequest> {
  const [known = store] = [...person.customerIds, ...person.phones, ...person.orderIds];
  const subjectHash = personal.hash('privacy-subject', known);
  const subject = personal.seal(JSON.stringify(person), store);
  const request = await insertPrivacyRequest(tx, { store, kind, subject, subjectHash });
  const detail = { request: request.id };
  await recordAudit(tx, { store, actor, action: `privacy.${kind}-requested`, subject: subjectHash, detail });
  return request;
}

/** Undefined once the request is done, or when the key it was encrypted with is gone. */
export function subjectOfRequest(
  personal: PersonalData,
  { store, subject }: PrivacyRequest,
): Person | undefined {
  const json = subject === null ? undefined : personal.open(subject, store);
  return json === undefined ? undefined : (JSON.parse(json) as Person);
}
