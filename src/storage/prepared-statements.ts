import type { Sql, TransactionSql } from 'postgres';

/**
 * Makes every query drizzle sends through this client a prepared statement. drizzle calls `unsafe`, which
 * postgres.js neither prepares nor pipelines: each query costs a second round trip and is planned anew.
 * Connections through PgBouncer's transaction mode need PgBouncer 1.21 or newer for it.
 */
export function prepareStatements(client: Sql): Sql {
  prepareOn(client);
  const begin = client.begin.bind(client) as Begin;
  const beginPrepared: Begin = (...given) => {
    const session: Session = { isOver: false };
    const begun = begin(...prepareArgument(given, session));
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
type Session = { isOver: boolean };

function prepareOn(session: Pick<Sql, 'unsafe'>, transaction?: Session): void {
  const unsafe = session.unsafe.bind(session);
  session.unsafe = ((text, parameters, options) => {
    if (transaction?.isOver) throw new Error('The transaction is over.');
    const query = unsafe(text, parameters, { ...options, prepare: true });
    if (transaction) query.catch((error: unknown) => noteLoss(transaction, error));
    return query;
  }) as typeof session.unsafe;
}

/** The function that runs in the transaction is the last argument of `begin` and `savepoint`. */
function prepareArgument(given: readonly unknown[], transaction: Session): readonly unknown[] {
  const run = given.at(-1) as Runs;
  return [
    ...given.slice(0, -1),
    async (tx: TransactionSql) => {
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
