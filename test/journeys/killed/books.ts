import postgres from 'postgres';
import type { KillableWorld } from '../../support/killable-world.ts';

type Row = Readonly<Record<string, string | number | null>>;

/** What the program wrote down against what happened outside, a sentence for each difference. */
export async function compareKilled({ sandbox, program }: KillableWorld): Promise<readonly string[]> {
  return reading(program, async (read) => {
    const ledger = await read(
      `select id, shop_refund_id as made, amount_minor::int as amount, order_name from refunds
        where state = 'refunded' and amount_minor > 0`,
    );
    const outbox = await read("select provider_id from outbox where channel = 'sms' and state = 'sent'");
    const inbox = await read("select provider_message_id from inbox where provider = 'twilio'");
    const texts = sandbox.phones.messages();
    const sidsOf = (direction: string) =>
      texts.filter((text) => text.direction === direction).map(({ sid }) => sid);
    return [
      ...compareRefunds(sandbox, ledger),
      ...difference('sent texts', sidsOf('outbound-api'), outbox.map(firstOf)),
      ...difference('received texts', sidsOf('inbound'), inbox.map(firstOf)),
      ...(await read(unfinished)).map((row) => `left over: ${JSON.stringify(row)}`),
    ];
  });
}

/** What is still to be done, for whoever waited for it in vain. */
export function jobsLeft({ program }: Pick<KillableWorld, 'program'>): Promise<readonly Row[]> {
  return reading(program, (read) =>
    read(`select name, state::text, retry_count, singleton_key, start_after::text, heartbeat_on::text,
      now()::text, data::text from jobs.job where state in ('created', 'retry', 'active', 'failed')`),
  );
}

async function reading<T>(
  { databaseUrl }: KillableWorld['program'],
  look: (read: (query: string) => Promise<readonly Row[]>) => Promise<T>,
): Promise<T> {
  const database = postgres(databaseUrl(), { max: 1, onnotice: () => {}, fetch_types: false });
  try {
    return await look(async (query) => [...(await database.unsafe<Row[]>(query))]);
  } finally {
    await database.end({ timeout: 1 });
  }
}

/** A journey that failed says what it was about; here nothing else may be under way. */
const unfinished = `
  select 'message nobody answered' as what, id::text from messages
    where author = 'customer' and answered_in_turn is null
  union all select 'text that waits', id::text from outbox where state = 'waiting'
  union all select 'note staff never saw', id::text from staff_notes where sent_at is null
  union all select 'approval that waits', id::text from approvals where state = 'pending'
  union all select 'refund in the air: ' || state, id::text from refunds where state in ('sending', 'unknown')
  union all select 'job given up: ' || name, id::text from jobs.job where name = 'dead-letters' or state = 'failed'`;

function compareRefunds({ shop }: KillableWorld['sandbox'], ledger: readonly Row[]): readonly string[] {
  // Those of the demo store were made before; an exchange for the same price moves nothing.
  const made = shop
    .refunds()
    .filter(({ orderName, amount }) => Number(orderName.slice(1)) >= 2_000 && amount > 0);
  return [
    ...made.flatMap(({ id, amount, orderName }) => {
      const rows = ledger.filter((row) => row.made === id);
      const isSame = rows.length === 1 && rows[0]?.amount === amount && rows[0].order_name === orderName;
      return isSame
        ? []
        : [`The shop refunded ${amount} of ${orderName}; the ledger: ${JSON.stringify(rows)}`];
    }),
    ...ledger
      .filter((row) => !made.some(({ id }) => id === row.made))
      .map((row) => `The ledger has a refund the shop never made: ${JSON.stringify(row)}`),
  ];
}

function difference(
  what: string,
  outside: readonly unknown[],
  inside: readonly unknown[],
): readonly string[] {
  const sorted = [outside, inside].map((ids) => ids.map(String).sort());
  if (JSON.stringify(sorted[0]) === JSON.stringify(sorted[1])) return [];
  const [unknown, missing] = [
    outside.filter((id) => !inside.includes(id)),
    inside.filter((id) => !outside.includes(id)),
  ];
  return [`${what}: ${outside.length} outside, ${inside.length} inside; ${unknown} against ${missing}`];
}

function firstOf(row: Row): unknown {
  return Object.values(row)[0];
}
