import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import {
  deleteInstallation,
  findInstallation,
  listInstallations,
  storeInstallation,
} from '../../src/storage/installations.ts';
import { installations } from '../../src/storage/schema/staff.ts';
import { createTokenCipher } from '../../src/storage/token-cipher.ts';
import { createTestDatabase } from '../support/test-database.ts';

const store = 'birch.myshopify.com';
const oldKey = randomBytes(32);
const newKey = randomBytes(32);
const cipher = createTokenCipher([oldKey]);
const agency = {
  installedIn: 'TAGENCY',
  botToken: 'xoxb-agency-token',
  botUserId: 'UBOT',
  installedBy: 'UANNA',
};

let server: Awaited<ReturnType<typeof createTestDatabase>>;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url, { connections: 2 });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const rowOf = async (installedIn: string) => {
  const rows = await database.db
    .select()
    .from(installations)
    .where(eq(installations.installedIn, installedIn));
  return rows[0];
};
const find = (installedIn: string, by = cipher, of = store) =>
  findInstallation(database.db, by, { store: of, installedIn });
const overwrite = (installedIn: string, encrypted: string) =>
  database.db.update(installations).set({ encrypted }).where(eq(installations.installedIn, installedIn));

describe('a token at rest', () => {
  test('is not in the row, and comes back whole', async () => {
    await storeInstallation(database.db, cipher, store, agency);
    expect(await find('TAGENCY')).toEqual({ kind: 'found', installation: agency });
    const row = await rowOf('TAGENCY');
    expect(JSON.stringify(row)).not.toContain('agency-token');
    expect(Buffer.from(row?.encrypted ?? '', 'base64').toString('latin1')).not.toContain('agency-token');
  });

  test('is encrypted differently every time', () => {
    const texts = Array.from({ length: 50 }, () => cipher.encrypt('xoxb-same', 'place'));
    expect(new Set(texts).size).toBe(50);
  });

  test('does not decrypt when its row was copied to another workspace or store', async () => {
    await storeInstallation(database.db, cipher, store, agency);
    await storeInstallation(database.db, cipher, store, { ...agency, installedIn: 'TTHIEF' });
    await storeInstallation(database.db, cipher, 'other.myshopify.com', agency);
    const stolen = (await rowOf('TAGENCY'))?.encrypted ?? '';
    await overwrite('TTHIEF', stolen);
    expect(await find('TTHIEF')).toEqual({ kind: 'unreadable' });
    await overwrite('TAGENCY', stolen);
    expect(await find('TAGENCY', cipher, store)).toMatchObject({ kind: 'found' });
    expect(await find('TAGENCY', cipher, 'other.myshopify.com')).toEqual({ kind: 'unreadable' });
  });

  test('does not decrypt after any one byte was changed, or cut off', async () => {
    const encrypted = cipher.encrypt('xoxb-1', 'place');
    const bytes = Buffer.from(encrypted, 'base64');
    for (const [index, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = byte ^ 1;
      expect(cipher.decrypt(changed.toString('base64'), 'place'), `byte ${index}`).toBeUndefined();
      const cut = bytes.subarray(0, index).toString('base64');
      expect(cipher.decrypt(cut, 'place'), `first ${index} bytes`).toBeUndefined();
    }
    expect(cipher.decrypt(encrypted, 'place')).toEqual({ text: 'xoxb-1', byFirstKey: true });
  });

  test('does not decrypt with another key, and breaks nothing', async () => {
    await storeInstallation(database.db, cipher, store, agency);
    expect(await find('TAGENCY', createTokenCipher([newKey]))).toEqual({ kind: 'unreadable' });
    await overwrite('TAGENCY', 'not even base64 \u2603');
    expect(await find('TAGENCY')).toEqual({ kind: 'unreadable' });
  });
});

describe('rotating keys', () => {
  test('a row read by the second key is written with the first, and then needs no other', async () => {
    await storeInstallation(database.db, cipher, store, agency);
    const before = await rowOf('TAGENCY');
    const both = createTokenCipher([newKey, oldKey]);
    expect(await find('TAGENCY', both)).toEqual({ kind: 'found', installation: agency });
    expect(await find('TAGENCY', createTokenCipher([newKey]))).toEqual({
      kind: 'found',
      installation: agency,
    });
    expect(await find('TAGENCY', cipher)).toEqual({ kind: 'unreadable' });
    expect((await rowOf('TAGENCY'))?.updatedAt).toEqual(before?.updatedAt);
  });
});

describe('coming and going', () => {
  test('installing again replaces the token', async () => {
    await storeInstallation(database.db, cipher, store, agency);
    await storeInstallation(database.db, cipher, store, { ...agency, botToken: 'xoxb-newer' });
    expect(await find('TAGENCY')).toMatchObject({ installation: { botToken: 'xoxb-newer' } });
    expect((await listInstallations(database.db, store)).filter((id) => id === 'TAGENCY')).toHaveLength(1);
  });

  test('a removal takes what was there before it, and nothing installed since', async () => {
    await storeInstallation(database.db, cipher, store, agency);
    const key = { store, installedIn: 'TAGENCY' };
    expect(await deleteInstallation(database.db, key, new Date(Date.now() - 3_600_000))).toBe(false);
    expect(await find('TAGENCY')).toMatchObject({ kind: 'found' });
    expect(await deleteInstallation(database.db, key, new Date(Date.now() + 3_600_000))).toBe(true);
    expect(await find('TAGENCY')).toEqual({ kind: 'unknown' });
  });
});
