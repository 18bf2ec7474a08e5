import type { Sql, TransactionSql } from 'postgres';

/**
 * Makes every query drizzle sends through this client a prepared statement. drizzle calls `unsafe`, which
 * postgres.js neither prepares nor pipelines: each query costs a second round trip and is planned anew.
 * Connections through PgBouncer's transaction mode need PgBouncer 1.21 or newer for it.
 */
export function prepareStatements(client: Sql): Sql {
  prepareOn(client);
  const begin = client.begin.bind(client) as Begin;
  const beginPrepared: Begin = (...given) => begin(...prepareArgument(given));
  client.begin = beginPrepared as typeof client.begin;
  return client;
}

type Begin = (...given: readonly unknown[]) => Promise<unknown>;
type Runs = (tx: TransactionSql) => unknown;

function prepareOn(session: Pick<Sql, 'unsafe'>): void {
  const unsafe = session.unsafe.bind(session);
  session.unsafe = ((query, parameters, options) =>
    unsafe(query, parameters, { ...options, prepare: true })) as typeof session.unsafe;
}

/** The function that runs in the transaction is the last argument of `begin` and `savepoint`. */
function prepareArgument(given: readonly unknown[]): readonly unknown[] {
  const run = given.at(-1) as Runs;
  return [
    ...given.slice(0, -1),
    (tx: TransactionSql) => {
      prepareOn(tx);
      const savepoint = tx.savepoint.bind(tx) as Begin;
      tx.savepoint = ((...inner: readonly unknown[]) =>
        savepoint(...prepareArgument(inner))) as typeof tx.savepoint;
      return run(tx);
    },
  ];
}
