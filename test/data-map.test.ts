import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { is, Table } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'src/storage/schema');
const modules = await Promise.all(
  readdirSync(folder).map((file) => import(join(folder, file)) as Promise<Record<string, object>>),
);
const tables = modules
  .flatMap((module) => Object.values(module))
  .filter((value): value is PgTable => is(value, Table))
  .map((table) => {
    const { name, columns } = getTableConfig(table);
    const worded = columns.filter((column) => /^(?:text|jsonb|bytea)$/.test(column.getSQLType()));
    return { name, columns: worded.map((column) => column.name) };
  });

const page = readFileSync(join(root, 'docs/data.md'), 'utf8');
const rows = [...page.matchAll(/^\| `(\w+)` \| ([^|]+) \| [^|]+ \| [^|]+ \|$/gm)].map(
  ([, name, personal = '']) => ({
    name,
    personal: [...personal.matchAll(/`(\w+)`/g)].map(([, column]) => column ?? ''),
  }),
);

/** Columns of these names hold words of ours, hashes of no person, or ids of what is no person. */
const impersonal = new Set([
  ...['store', 'state', 'kind', 'channel', 'party', 'owner', 'author', 'status', 'reason', 'error_code'],
  ...['provider', 'provider_id', 'model', 'tools', 'outcome', 'queue', 'name', 'language', 'source'],
  ...['content_type', 'asker', 'verdict', 'rule', 'rules', 'policy_version', 'version', 'changes', 'card'],
  ...['digest', 'currency', 'sending', 'shop_refund_id', 'payment', 'rejection', 'shop_return_id'],
  ...['shop_return_name', 'ts', 'installed_in', 'action', 'previous_hash', 'hash', 'subject'],
]);

test('the map of personal data names every table once, and no column that is not there', () => {
  expect(rows.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort());
  const invented = rows.flatMap(({ name, personal }) => {
    const columns = tables.find((table) => table.name === name)?.columns ?? [];
    return personal.filter((column) => !columns.includes(column)).map((column) => `${name}.${column}`);
  });
  expect(invented).toEqual([]);
});

test('a column of text is on the map, or known to hold nothing personal', () => {
  const unknown = tables.flatMap(({ name, columns }) => {
    const personal = rows.find((row) => row.name === name)?.personal ?? [];
    return columns
      .filter((column) => !personal.includes(column) && !impersonal.has(column))
      .map((column) => `${name}.${column}`);
  });
  expect(unknown).toEqual([]);
});

test('what is said to be erased by age or by request is', () => {
  const erasure = readFileSync(join(root, 'src/storage/erasure.ts'), 'utf8');
  const timed = [...page.matchAll(/^\| `(\w+)` \|.*(?:`RETENTION_DAYS`|two days|with their message).*\|$/gm)];
  const untouched = timed
    .map(([, name = '']) => name)
    // Deleted with their message.
    .filter((name) => name !== 'media')
    .filter((name) => !new RegExp(`(?:delete from|update) ${name}\\b`).test(erasure));
  expect(untouched).toEqual([]);
});
