import type { Config } from '../config.ts';
import { requestPrivacy, subjectOfRequest } from '../conversation/request-privacy.ts';
import { withShop } from '../policy-tool/open-shop.ts';
import { Refusal } from '../policy-tool/refusal.ts';
import type { Db } from '../storage/database.ts';
import type { PersonalData } from '../storage/personal-data.ts';
import type { Person } from '../storage/persons.ts';
import { type PrivacyRequest, readPrivacyRequest } from '../storage/privacy-requests.ts';
import type { PrivacyCommand, Selection } from './read-options.ts';

type Records = { readonly db: Db; readonly store: string; readonly personal: PersonalData };

export type Asked = { readonly request: PrivacyRequest; readonly person: Person };

/** The request Shopify made, or a new one for whoever is named. */
export async function findPerson(
  config: Config,
  records: Records,
  { name, selection }: PrivacyCommand,
): Promise<Asked> {
  if (selection.by === 'request') return findRequest(records, selection.id, name);
  const person = await nameKeys(config, selection);
  const request = await records.db.transaction((tx) => requestPrivacy(tx, records, name, person, 'operator'));
  return { request, person };
}

async function findRequest(
  { db, store, personal }: Records,
  id: string,
  name: PrivacyCommand['name'],
): Promise<Asked> {
  const request = await readPrivacyRequest(db, store, id);
  if (!request) throw new Refusal('There is no such request.');
  if (request.doneAt) throw new Refusal('This request is done; whose it was is known no more.');
  if (request.kind !== name) throw new Refusal(`This is a request to ${request.kind.replace('-', ' a ')}.`);
  const person = subjectOfRequest(personal, request);
  if (!person)
    throw new Refusal('The key this request was encrypted with is gone: name the customer instead.');
  return { request, person };
}

/** E-mail addresses are not kept: the shop is asked whose orders carry this one. */
async function nameKeys(config: Config, selection: Exclude<Selection, { by: 'request' }>): Promise<Person> {
  const nobody: Person = { phones: [], customerIds: [], orderIds: [] };
  if (selection.by === 'phone') return { ...nobody, phones: [selection.phone] };
  if (selection.by === 'customer') return { ...nobody, customerIds: [selection.customerId] };
  return withShop(config, async (shop) => {
    const found = await shop.listOrdersByEmail(selection.email);
    const orders = await Promise.all(found.map(({ id }) => shop.readOrder(id)));
    const customers = orders.flatMap((order) => order?.customer ?? []);
    const phones = [...customers, ...orders].flatMap((known) => known?.phone ?? []);
    return {
      phones: [...new Set(phones)],
      customerIds: [...new Set(customers.map(({ id }) => id))],
      orderIds: found.map(({ id }) => id),
    };
  });
}
