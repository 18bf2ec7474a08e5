import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { type KillableWorld, openKillableWorld } from '../support/killable-world.ts';
import { bigRefund } from './killed/big-refund.ts';
import { compareKilled, jobsLeft } from './killed/books.ts';
import { cancelling } from './killed/cancelling.ts';
import { exchange } from './killed/exchange.ts';
import { type Journey, peopleOf } from './killed/journey.ts';
import { sentBack } from './killed/sent-back.ts';
import { staffMention } from './killed/staff-mention.ts';
import { supportThread } from './killed/support-thread.ts';
import { twoApprovers } from './killed/two-approvers.ts';

/** `npm run kill -- --times 200` sets it. */
const times = Number(process.env.KILL_TIMES ?? 12);
/** More kills while one job runs would make it one that was given up. */
const killsPerRound = 4;
const journeysPerRound = 3;
const roundsPerWorld = 10;
const rounds = Math.ceil(times / killsPerRound);

/** Those that can be played side by side: the pause and the windows are everybody's. */
const journeys: readonly Journey<string>[] = [
  bigRefund,
  twoApprovers,
  sentBack,
  exchange,
  cancelling,
  staffMention,
  supportThread,
];

let world: KillableWorld | undefined;
afterAll(() => world?.close());

test.each(Array.from({ length: rounds }, (_, index) => index + 1))(
  'round %i of journeys side by side ends as it should, though a process is killed every few moments',
  { timeout: 300_000 },
  async (round) => {
    if (round % roundsPerWorld === 0) {
      await world?.close();
      world = undefined;
    }
    world ??= await openKillableWorld({ slackBy: 'http', runs: 'fleet' });
    try {
      await playRound(world);
    } catch (cause) {
      // What a failure leaves must not fail the next round too.
      const broken = world;
      world = undefined;
      const left = JSON.stringify(await jobsLeft(broken), undefined, 1);
      await broken.close();
      throw new Error(`${String(cause)}; left to do: ${left}`, { cause });
    }
  },
);

async function playRound(world: KillableWorld): Promise<void> {
  const { program } = world;
  await program.ready();
  const people = peopleOf(world);
  const kills = program.kills;
  const chosen = new Set<Journey<string>>();
  while (chosen.size < journeysPerRound) {
    const journey = journeys[randomInt(journeys.length)];
    if (journey) chosen.add(journey);
  }
  const played = Promise.all([...chosen].map((journey) => journey.play(people, async () => {})));
  const killed = (async () => {
    while (program.kills - kills < killsPerRound) {
      await pause(randomInt(50, 2_500));
      await program.kill();
    }
  })();
  await Promise.all([played, killed]);
  await program.ready();
  // The last kill may come after the last journey: what it broke off is taken over first.
  await people.settled();
  expect(await compareKilled(world)).toEqual([]);
}
