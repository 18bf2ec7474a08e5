import { asEnvironment } from '../../src/sandbox/credentials.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { publicUrl } from './open-world.ts';
import { type ProcessOptions, type ProductionProcess, startProcess } from './production-process.ts';
import { createTestDatabase } from './test-database.ts';
import { waitFor } from './wait-for.ts';

export type ProductionWorld = {
  readonly sandbox: Sandbox;
  readonly db: Database['db'];
  start(
    role: ProcessOptions['role'],
    how?: Pick<ProcessOptions, 'clockOffsetMs' | 'timeZone' | 'root'>,
  ): Promise<ProductionProcess>;
  /** Providers send what they have to this web process from now on. */
  leadTo(web: ProductionProcess): void;
  /** As Twilio with a retry rule: what was not acknowledged is delivered again. */
  text(from: string, body: string): Promise<void>;
  textsTo(number: string): readonly string[];
  refundsOf(orderName: string): readonly { readonly amount: number }[];
  close(): Promise<void>;
};

/** Any number of web and worker processes on one database, and the outside world around them. */
export async function openProductionWorld(
  settings: Readonly<Record<string, string>> = {},
): Promise<ProductionWorld> {
  const database = await createTestDatabase();
  const sandbox = await startSandbox({ appUrl: 'http://127.0.0.1:1', shopCost: 'unlimited' });
  const own = openDatabase(database.url, { connections: 2 });
  const processes: ProductionProcess[] = [];
  const { phones } = sandbox;
  return {
    sandbox,
    db: own.db,
    async start(role, how = {}) {
      const env = {
        ...asEnvironment(sandbox.credentials, publicUrl, 'http'),
        DATABASE_URL: database.url,
        ...settings,
      };
      const started = await startProcess({ role, env, ...how });
      processes.push(started);
      return started;
    },
    leadTo: (web) => sandbox.moveProgram(web.url, publicUrl),
    async text(from, body) {
      let { status, messageSid } = await phones.receiveText({ from, body });
      await waitFor('the text to be taken', async () => {
        if (status !== 200) ({ status } = await phones.redeliver(messageSid));
        return status === 200;
      });
    },
    textsTo: (number) =>
      phones
        .messagesTo(number)
        .filter((message) => message.direction === 'outbound-api')
        .map((message) => message.body),
    refundsOf: (orderName) =>
      sandbox.shop.refunds().filter((refund) => refund.orderName === orderName && refund.idempotencyKey),
    async close() {
      for (const one of processes) if (one.exitCode === undefined) one.signal('SIGTERM');
      await Promise.all(processes.map((one) => one.ended()));
      await sandbox.close();
      await own.close();
      await database.drop();
    },
  };
}
