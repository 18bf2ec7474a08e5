import { done, type Fate } from './fate.ts';
import type { Service } from './providers.ts';
import type { Random } from './random.ts';
import { connectionLost } from './simulated-database.ts';

export type Weather = {
  /** It clears up: from here on everything works. */
  calm(): void;
  ofRequest(service: Service, now: number): Fate;
  ofStatement(): Fate;
  ofModel(): boolean;
  killsNow(): boolean;
  freezesNow(): boolean;
  losesWakeUp(): boolean;
};

/** How much goes wrong in this seed: from nothing at all to one request in six. */
export function createWeather(random: Random, startsAt: number): Weather {
  let severity = random.pick([0, 0.01, 0.03, 0.06, 0.12]);
  const kills = random.pick([0, 0.002, 0.006, 0.015]);
  const freezes = random.pick([0, 0, 0.003]);
  const databaseFails = random.pick([0, 0, 0.01]);
  const modelFails = random.pick([0, 0.2, 0.6]);
  const down = random.chance(0.25) ? random.pick(['shopify', 'twilio', 'slack'] as const) : undefined;
  const downFrom = startsAt + random.between(0, 600_000);
  const downUntil = downFrom + random.between(60_000, 3_600_000);
  let isCalm = false;

  return {
    calm() {
      isCalm = true;
      severity = 0;
    },
    ofRequest(service, now) {
      const isDown = service === down && now >= downFrom && now < downUntil;
      if (isCalm || !(isDown || random.chance(severity))) return done;
      const kind = random.pick(isDown ? outages : faults);
      return kind === 'busy' ? { kind: 'answered', with: () => busy(service) } : { kind, error: kinds[kind] };
    },
    ofStatement: () =>
      !isCalm && random.chance(databaseFails) ? connectionLost(random.pick(['before', 'after'])) : done,
    ofModel: () => !isCalm && random.chance(modelFails),
    killsNow: () => !isCalm && random.chance(kills),
    freezesNow: () => !isCalm && random.chance(freezes),
    losesWakeUp: () => !isCalm && random.chance(severity),
  };
}

const outages = ['failed', 'failed', 'busy'] as const;
const faults = ['failed', 'busy', 'lost', 'lost', 'late'] as const;

const kinds = {
  failed: () => networkError('ECONNREFUSED'),
  lost: () => networkError('ECONNRESET'),
  late: () => new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
};

function networkError(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** Each provider's own way to say "slow down". */
function busy(service: Service): Response {
  const headers = { 'content-type': 'application/json', 'retry-after': '2' };
  if (service === 'slack')
    return new Response('{"ok":false,"error":"ratelimited"}', { status: 429, headers });
  if (service === 'twilio') return new Response('{"code":20429,"status":429}', { status: 429, headers });
  return new Response('{"errors":"Exceeded API call rate limit"}', { status: 429, headers });
}
