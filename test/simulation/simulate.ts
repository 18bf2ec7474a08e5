import { sql } from 'drizzle-orm';
import { createGuidedModel } from '../../src/adapters/guided/guided-model.ts';
import { ExternalError } from '../../src/errors.ts';
import type { Model } from '../../src/ports/model.ts';
import { compareBooks } from './compare-books.ts';
import { pickPolicy } from './policies.ts';
import { createProcesses, type Processes, type ProcessName } from './processes.ts';
import { openProviders, type Providers } from './providers.ts';
import { createRandom, type Random } from './random.ts';
import { withRuntime } from './runtime.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { AskDatabase, SimulatedDatabase } from './simulated-database.ts';
import { createWeather, type Weather } from './weather.ts';
import { createWorld, type World } from './world.ts';

export type Played = {
  readonly seed: number;
  /** What does not add up; nothing when all is well. */
  readonly problems: readonly string[];
  /** Of everything that happened, in order. */
  readonly digest: string;
  readonly steps: number;
  readonly refunds: number;
};

const names: readonly ProcessName[] = ['web', 'worker-a', 'worker-b'];
const mostSteps = 20_000;
const firstInstant = Date.UTC(2026, 10, 24, 6);

/** Plays one seed from an empty database to the end of everything it began, and compares the books. */
export async function simulate(
  database: SimulatedDatabase,
  seed: number,
  onLine?: (line: string) => void,
): Promise<Played> {
  const random = createRandom(seed);
  const startsAt = firstInstant + random.below(18 * 3_600_000);
  const scheduler = createScheduler(random, startsAt, onLine);
  const { name, policy, bonusPercent } = pickPolicy(random);
  scheduler.note(`the policy is ${name}`);
  const weather = createWeather(random, startsAt);
  await database.empty(seed);
  database.setTime(scheduler.now);
  const providers = openProviders(new Date(startsAt));
  const runtime = {
    now: scheduler.now,
    random,
    fetch: (url: URL, init: RequestInit) => request(scheduler, weather, providers, url, init),
    setTimer: scheduler.setTimer,
  };
  return withRuntime(runtime, async () => {
    const ask: AskDatabase = (label, act) => scheduler.ask(label, act, weather.ofStatement);
    const processes = createProcesses({
      scheduler,
      database,
      ask,
      policy,
      model: () => moodyModel(scheduler, weather),
      wakes: () => !weather.losesWakeUp(),
    });
    const world = createWorld({ random, scheduler, database, providers, processes, late: scheduler.late });
    const play = { random, scheduler, database, weather, processes, world };
    for (const name of names) await processes.start(name);
    const rest = await playOn(play);
    const problems = rest
      ? await compareBooks(database.db, { providers, world, bonusPercent })
      : ['It does not come to rest.'];
    return {
      seed,
      problems,
      digest: scheduler.digest(),
      steps: scheduler.length,
      refunds: providers.refunds().length,
    };
  });
}

type Play = {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly database: SimulatedDatabase;
  readonly weather: Weather;
  readonly processes: Processes;
  readonly world: World;
};

/** False when it would go on for ever. */
async function playOn(play: Play): Promise<boolean> {
  const { random, scheduler, weather, processes, world } = play;
  let isCalm = false;
  for (let step = 0; step < mostSteps; step++) {
    if (weather.killsNow()) fall(play);
    if (weather.freezesNow()) {
      const [frozen] = [random.pick(names)].flatMap((name) => processes.of(name) ?? []);
      if (frozen) {
        frozen.life.frozenUntil = scheduler.now() + random.between(5_000, 60_000);
        scheduler.note(`${frozen.life.name}.${frozen.life.number} STANDS STILL`);
      }
    }
    if (scheduler.isReady()) {
      await scheduler.step();
      if (random.chance(0.05)) await actIfDue(world, scheduler.now());
      continue;
    }
    if (await goOn(play)) continue;
    if (isCalm) return true;
    isCalm = true;
    weather.calm();
    scheduler.note('everything works from here on');
    for (const name of names) if (!processes.of(name)) await processes.start(name);
    await world.resume();
  }
  return false;
}

function fall({ random, scheduler, processes }: Play): void {
  const name = random.pick(names);
  if (!processes.of(name)) return;
  processes.kill(name);
  scheduler.later(`${name} is started again`, random.between(500, 20_000), () => void processes.start(name));
}

async function actIfDue(world: World, now: number): Promise<boolean> {
  const due = world.actors.find((actor) => actor.next() <= now);
  await due?.act();
  return due !== undefined;
}

/** Nothing can go on by itself: whatever comes next in time comes now. False when nothing will. */
async function goOn({ scheduler, database, processes, world }: Play): Promise<boolean> {
  if (await actIfDue(world, scheduler.now())) return true;
  const jobs = await waitingJobs(database);
  const now = scheduler.now();
  const waits = jobs.filter(({ state }) => state !== 'active');
  const looksAgainAt = (queue: string) => (processes.fruitless.get(queue) ?? -1_000) + 1_000;
  const due = waits.filter(({ queue, at }) => Math.max(at, looksAgainAt(queue)) <= now);
  const workers = processes.all().filter(({ life }) => life.name !== 'web' && life.frozenUntil <= now);
  if (due.length > 0 && workers.length > 0) {
    await processes.poll([...new Set(due.map(({ queue }) => queue))]);
    return true;
  }
  const dead = jobs.filter(({ state, at }) => state === 'active' && at <= now);
  if (dead.length > 0) {
    scheduler.note(`${dead.length} jobs of the dead are taken back`);
    await database.boss.supervise();
    await scheduler.advanceTo(now + 1_000);
    return true;
  }
  const next = Math.min(
    scheduler.nextAlarm(),
    ...world.actors.map((actor) => actor.next()),
    ...waits.map(({ queue, at }) => Math.max(at, looksAgainAt(queue))).filter((at) => at > now),
    ...jobs.filter(({ state }) => state === 'active').map(({ at }) => at),
  );
  if (!Number.isFinite(next)) return false;
  await scheduler.advanceTo(next);
  return true;
}

/** When each is due; of one that runs, when its worker is thought dead. */
async function waitingJobs(database: SimulatedDatabase) {
  const rows = await database.db.execute<{ queue: string; state: string; at: string }>(sql`
    select name as queue, state::text as state,
      (extract(epoch from case when state = 'active'
        then heartbeat_on + heartbeat_seconds * interval '1 second' + interval '1 millisecond'
        else start_after end) * 1000) as at
    from jobs.job where state in ('created', 'retry', 'active') order by start_after, name, singleton_key`);
  return rows.map(({ queue, state, at }) => ({ queue, state, at: Math.ceil(Number(at)) }));
}

function request(
  scheduler: Scheduler,
  weather: Weather,
  providers: Providers,
  url: URL,
  init: RequestInit,
): Promise<Response> {
  const { service, operation } = providers.describe(url, init);
  return scheduler.ask(
    `${service} ${operation}`,
    () => providers.answer(url, init),
    () => weather.ofRequest(service, scheduler.now()),
  );
}

/** The guided model, which now and then does not answer. */
function moodyModel(scheduler: Scheduler, weather: Weather): Model {
  const guided = createGuidedModel();
  return {
    name: 'moody',
    respond: (asked) =>
      scheduler.ask('model', async () => {
        if (!weather.ofModel()) return guided.respond(asked);
        throw new ExternalError({ service: 'openai', retryable: true, outcome: 'unknown' });
      }),
  };
}
