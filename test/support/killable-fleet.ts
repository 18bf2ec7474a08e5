import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { findPort, startKillableProcess } from './killable-process.ts';
import { type KillableProgram, readinessOf, untilReady } from './killable-program.ts';
import { openDoors } from './provider-doors.ts';

/** `npm run web` and `npm run worker` twice, on one database; each has a way of its own to the providers. */
export async function startKillableFleet(
  { databaseUrl, providersUrl }: { readonly databaseUrl: string; readonly providersUrl: string },
  env: (url: string, providersUrl: string) => Readonly<Record<string, string>>,
): Promise<KillableProgram> {
  const port = await findPort();
  const url = `http://127.0.0.1:${port}`;
  const doors = await openDoors(providersUrl, 3);
  const fleet = doors.urls.map((door, index) => {
    const directory = mkdtempSync(join(tmpdir(), 'returns-agent-fleet-'));
    const own = { ...env(url, door), DATABASE_URL: databaseUrl, PORT: String(port) };
    return {
      directory,
      process: startKillableProcess(index === 0 ? 'web' : 'worker', { directory, env: own }),
    };
  });
  const processes = fleet.map(({ process }) => process);
  const database = postgres(databaseUrl, { max: 1, onnotice: () => {}, fetch_types: false });
  let turn = 0;

  /** Which of the two workers is at work cannot be seen from here: each has its turn. */
  function chooseVictim(role: 'web' | 'worker' | undefined): number {
    const asking = doors.current();
    if (asking !== undefined) return asking;
    if (role === 'web') return 0;
    turn += 1;
    return role === 'worker' ? 1 + (turn % 2) : turn % 3;
  }

  return {
    url,
    get kills() {
      return processes.reduce((sum, { kills }) => sum + kills, 0);
    },
    async kill(role) {
      await processes[chooseVictim(role)]?.kill();
      // Half of the ten seconds after which its jobs are taken over; whoever lives says so every four.
      await database`
        update jobs.job set heartbeat_on = least(heartbeat_on, now() - interval '5 seconds')
        where state = 'active'`;
    },
    ready: () => untilReady(url, processes),
    /** What a dead worker left is tried again in a moment, and is neither running nor due until then. */
    async isIdle() {
      if (!(await readinessOf(url)).isIdle) return false;
      return (await database`select 1 from jobs.job where state = 'retry' limit 1`).length === 0;
    },
    databaseUrl: () => databaseUrl,
    async stop() {
      await Promise.all(processes.map((one) => one.stop()));
      await doors.close();
      await database.end({ timeout: 1 });
      for (const { directory } of fleet) rmSync(directory, { recursive: true, force: true });
    },
  };
}
