import type { Sql, TransactionSql } from 'postgres';

/**
 * Makes every query drizzle sends through this client a prepared statement. drizzle calls `unsafe`, which
 * postgres.js neither prepares nor pipelines: each query costs a second round trip and is planned anew.
 * Connections through PgBouncer's transaction mode need PgBouncer 1.21 or newer for it.
 */
export function prepareStatements(client: Sql, waitMs?: number): Sql {
  prepareOn(client, undefined, waitMs);
  const begin = client.begin.bind(client) as Begin;
  const beginPrepared: Begin = (...given) => {
    const session: Session = { isOver: false, hasBegun: false };
    const begun = withinWait(begin(...prepareArgument(given, session)), session, waitMs);
    const end = () => {
      session.isOver = true;
    };
    begun.then(end, end);
    return begun;
  };
  client.begin = beginPrepared as typeof client.begin;
  return client;
}

type Begin = (...given: readonly unknown[]) => Promise<unknown>;
type Runs = (tx: TransactionSql) => Promise<unknown>;
/** A transaction that ended, or whose connection is lost: what is still sent would run elsewhere. */
type Session = { isOver: boolean; hasBegun: boolean };

function prepareOn(session: Pick<Sql, 'unsafe'>, transaction?: Session, waitMs?: number): void {
  const unsafe = session.unsafe.bind(session);
  session.unsafe = ((text, parameters, options) => {
    if (transaction?.isOver) throw new Error('The transaction is over.');
    const query = unsafe(text, parameters, { ...options, prepare: true });
    if (transaction) query.catch((error: unknown) => noteLoss(transaction, error));
    // A transaction's own `begin` cannot be left behind: it would keep its connection.
    else if (waitMs !== undefined && !text.startsWith('begin')) boundWait(query, waitMs);
    return query;
  }) as typeof session.unsafe;
}

/** The function that runs in the transaction is the last argument of `begin` and `savepoint`. */
function prepareArgument(given: readonly unknown[], transaction: Session): readonly unknown[] {
  const run = given.at(-1) as Runs;
  return [
    ...given.slice(0, -1),
    async (tx: TransactionSql) => {
      transaction.hasBegun = true;
      // Nobody waits for it any more. Thrown here, so that what was begun is rolled back.
      if (transaction.isOver) throw noFreeConnection();
      prepareOn(tx, transaction);
      const savepoint = tx.savepoint.bind(tx) as Begin;
      tx.savepoint = ((...inner: readonly unknown[]) =>
        savepoint(...prepareArgument(inner, transaction))) as typeof tx.savepoint;
      try {
        return await run(tx);
      } catch (error) {
        // postgres.js would now write its ROLLBACK to a socket it has set to null, in a callback of its own:
        // that ends the process. `begin` itself is rejected when the connection closes.
        if (transaction.isOver) return new Promise(() => {});
        throw error;
      }
    },
  ];
}

/** postgres.js lets everything wait for a connection for as long as it takes. */
function withinWait<T>(begun: Promise<T>, session: Session, waitMs: number | undefined): Promise<T> {
  if (waitMs === undefined) return begun;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (session.hasBegun) return;
      session.isOver = true;
      reject(noFreeConnection());
    }, waitMs);
    begun.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A statement that is still sent after its time does what it says, and nobody hears of it. */
function boundWait(query: PromiseLike<unknown>, waitMs: number): void {
  // Of a query that was sent postgres.js knows the server's process, as `state`.
  const waiting = query as unknown as { readonly state: unknown; reject(error: Error): void };
  const timer = setTimeout(() => {
    if (waiting.state === null) waiting.reject(noFreeConnection());
  }, waitMs);
  const end = () => clearTimeout(timer);
  query.then(end, end);
}

function noFreeConnection(): Error {
  return Object.assign(new Error('No database connection was free in time'), { code: 'NO_FREE_CONNECTION' });
}

const losses = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // The server goes away, or ends this session; idle in a transaction, too.
  '57P01',
  '57P02',
  '57P03',
  '25P03',
  '25P04',
]);

function noteLoss(transaction: Session, error: unknown): void {
  if (error instanceof Error && 'code' in error && losses.has(String(error.code))) transaction.isOver = true;
}
