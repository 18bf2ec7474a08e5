import { createHash } from 'node:crypto';
import { setImmediate as turnOver } from 'node:timers/promises';
import { done, type Fate } from './fate.ts';
import type { Random } from './random.ts';
import { inLife, type Life, lifeNow, type Timer } from './runtime.ts';

const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

type Step = {
  readonly life: Life | undefined;
  readonly label: string;
  /** What is left of it when its process dies: a request may be on the wire. */
  readonly onWire: (() => Promise<unknown>) | undefined;
  readonly run: () => Promise<void>;
};

type Alarm = {
  at: number;
  readonly every: number;
  readonly life: Life | undefined;
  readonly run: () => void;
};

export type Scheduler = ReturnType<typeof createScheduler>;

/**
 * One thing happens at a time. What the program asks of the database or of a provider waits here until the
 * seed lets it happen, and once more until the seed lets the answer arrive.
 */
export function createScheduler(random: Random, startsAt: number, onLine?: (line: string) => void) {
  let now = startsAt;
  let steps: readonly Step[] = [];
  let alarms: readonly Alarm[] = [];
  const history = createHash('sha256');
  let count = 0;
  const late: string[] = [];

  function note(line: string): void {
    count += 1;
    const entry = `${((now - startsAt) / 1000).toFixed(3)} ${line}`;
    history.update(`${entry}\n`);
    onLine?.(entry);
  }

  function park(step: Step): void {
    steps = [...steps, step];
  }

  function ask<T>(label: string, act: () => Promise<T>, decide: () => Fate = () => done): Promise<T> {
    const life = lifeNow();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const perform = () => (life ? inLife(life, act) : act());
    const answer = (what: string, deliver: () => void) => {
      if (random.chance(0.7)) {
        note(`${nameOf(life)} ${label}${what}`);
        deliver();
      } else {
        note(`${nameOf(life)} ${label}${what} ...`);
        const run = async () => {
          note(`${nameOf(life)} ${label}: the answer arrives`);
          deliver();
        };
        park({ life, label, onWire: undefined, run });
      }
    };
    const run = async () => {
      const fate = decide();
      if (life && life.frozenUntil > 0 && now - life.frozenUntil < thawMs) late.push(label);
      if (fate.kind === 'failed') return answer(' FAILS', () => reject(fate.error()));
      if (fate.kind === 'answered') return answer(' IS REFUSED', () => resolve(fate.with() as T));
      if (fate.kind === 'late') {
        late.push(label);
        later(`${label}, late`, random.between(1, 40_000), () =>
          park({ life: undefined, label: `${label}, late`, onWire: undefined, run: () => settle(perform) }),
        );
        return answer(' TIMES OUT', () => reject(fate.error()));
      }
      try {
        const result = await perform();
        if (fate.kind === 'lost') answer(' LOSES ITS ANSWER', () => reject(fate.error()));
        else answer('', () => resolve(result));
      } catch (error) {
        answer(` throws ${kindOf(error)}`, () => reject(error));
      }
    };
    park({ life, label, onWire: () => settle(perform), run });
    return promise;
  }

  async function settle(act: () => Promise<unknown>): Promise<void> {
    await act().catch((error: unknown) => note(`on the wire: ${kindOf(error)}`));
  }

  function setAlarm(life: Life | undefined, run: () => void, ms: number, repeats: boolean): Timer {
    const alarm = { at: now + Math.max(1, Math.ceil(ms)), every: repeats ? ms : 0, life, run };
    alarms = [...alarms, alarm];
    return {
      cancel() {
        alarms = alarms.filter((each) => each !== alarm);
      },
    };
  }

  /** Outside of every process. */
  function later(label: string, ms: number, run: () => void): Timer {
    return setAlarm(
      undefined,
      () => {
        note(label);
        run();
      },
      ms,
      false,
    );
  }

  /** What never ends waits for what cannot happen meanwhile: e.g. a provider, in the middle of a transaction. */
  async function inTime(step: Step): Promise<void> {
    const before = steps;
    const { promise, reject } = Promise.withResolvers<never>();
    const watch = startTimer(() => {
      const waits = steps.filter((each) => !before.includes(each)).map(({ label }) => label);
      reject(new Error(`"${step.label}" never ends. Asked for meanwhile: ${waits.join(', ') || 'nothing'}.`));
    }, 10_000);
    try {
      await Promise.race([step.run(), promise]);
    } finally {
      stopTimer(watch);
    }
  }

  function ready(): readonly Step[] {
    return steps.filter(({ life }) => !life || life.frozenUntil <= now);
  }

  return {
    now: () => now,
    /** Labels of what was done after its caller had given up, died, or stood still: others went on meanwhile. */
    late,
    note,
    ask,
    later,
    setTimer: (life: Life, run: () => void, ms: number, repeats: boolean) => setAlarm(life, run, ms, repeats),
    isReady: () => ready().length > 0,

    /** Lets one of the things that wait happen, and everything that follows from it without waiting. */
    async step(): Promise<void> {
      const choices = ready();
      const chosen = random.pick(choices);
      steps = steps.filter((each) => each !== chosen);
      await this.advanceTo(now + random.between(1, 30));
      if (chosen.life && !chosen.life.alive) return;
      await inTime(chosen);
      await settled();
    },

    /** A task of a process: it goes on by itself until it asks for something. */
    async start(life: Life, run: () => void): Promise<void> {
      inLife(life, run);
      await settled();
    },

    /** When the next alarm rings that rings once. */
    nextAlarm(): number {
      const once = alarms.filter(({ every, life }) => every === 0 && (life?.frozenUntil ?? 0) <= now);
      const thaws = steps.map(({ life }) => life?.frozenUntil ?? 0).filter((at) => at > now);
      return Math.min(...once.map(({ at }) => at), ...thaws);
    },

    /** What rings every so often rings once, however much time passed. */
    async advanceTo(at: number): Promise<void> {
      now = Math.max(now, at);
      const ringing = alarms
        .filter((each) => each.at <= now && (each.life?.frozenUntil ?? 0) <= now)
        .toSorted((a, b) => a.at - b.at);
      for (const alarm of ringing) {
        if (!alarms.includes(alarm)) continue;
        if (alarm.every > 0) alarm.at = now + alarm.every;
        else alarms = alarms.filter((each) => each !== alarm);
        alarm.run();
        await settled();
      }
    },

    /** Nothing of it goes on; what it had sent may still arrive. */
    kill(life: Life): void {
      life.alive = false;
      alarms = alarms.filter((alarm) => alarm.life !== life);
      const left = steps.filter((each) => each.life === life);
      steps = steps.filter((each) => each.life !== life);
      for (const { label, onWire } of left) {
        if (!onWire || random.chance(0.6)) continue;
        late.push(label);
        const run = async () => {
          note(`${label}, sent before ${nameOf(life)} died`);
          await onWire();
        };
        park({ life: undefined, label, onWire: undefined, run });
      }
      for (const tell of life.whenDead) tell();
    },

    get length() {
      return count;
    },
    digest: () => history.digest('hex').slice(0, 16),
  };
}

/** What a process begins so soon after it stood still follows from what it saw before. */
const thawMs = 10_000;

function nameOf(life: Life | undefined): string {
  return life ? `${life.name}.${life.number}` : 'world';
}

/** Messages of drivers hold ids. */
function kindOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error
    ? `${cause.name}${'code' in cause ? ` ${String(cause.code)}` : ''}`
    : typeof error;
}

/** Whatever can go on without the database, a provider or a timer has gone on. */
async function settled(): Promise<void> {
  await turnOver();
  await turnOver();
}
