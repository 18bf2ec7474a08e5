import type { Db } from '../../src/storage/database.ts';
import { readBooks } from './books.ts';
import { compareConversations } from './books-of-conversations.ts';
import { compareMoney } from './books-of-money.ts';
import { compareStaff } from './books-of-staff.ts';
import { compareTexts } from './books-of-texts.ts';
import type { Providers } from './providers.ts';
import type { World } from './world.ts';

/** What does not add up, a sentence each. Looked at when nothing is left to do. */
export async function compareBooks(
  db: Db,
  outside: { readonly providers: Providers; readonly world: World; readonly bonusPercent: number },
): Promise<readonly string[]> {
  const books = { ...(await readBooks(db)), ...outside };
  return [
    ...compareMoney(books),
    ...compareConversations(books),
    ...compareTexts(books),
    ...compareStaff(books),
  ];
}
