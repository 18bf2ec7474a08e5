import { afterAll, describe, expect, test } from 'vitest';
import { type KillableWorld, openKillableWorld, type WorldKind } from '../support/killable-world.ts';
import { bigRefund } from './killed/big-refund.ts';
import { compareKilled } from './killed/books.ts';
import { cancelling } from './killed/cancelling.ts';
import { exchange } from './killed/exchange.ts';
import { homeClick } from './killed/home-click.ts';
import { type Journey, type Point, peopleOf } from './killed/journey.ts';
import { killSwitch } from './killed/kill-switch.ts';
import { lowerAmount } from './killed/lower-amount.ts';
import { sentBack } from './killed/sent-back.ts';
import { socketClick } from './killed/socket-click.ts';
import { mentionBySocket, staffMention } from './killed/staff-mention.ts';
import { supportThread } from './killed/support-thread.ts';
import { twoApprovers } from './killed/two-approvers.ts';

type Lane = { readonly kind: WorldKind; world?: KillableWorld; free: Promise<void> };

/** Each plays one journey after the other: to start a program anew for each would cost more than they do. */
const lanes: readonly Lane[] = [
  { kind: { slackBy: 'socket', runs: 'start' }, free: Promise.resolve() },
  { kind: { slackBy: 'http', runs: 'start' }, free: Promise.resolve() },
  { kind: { slackBy: 'http', runs: 'fleet' }, free: Promise.resolve() },
];
let taken = 0;

const journeys: readonly Journey<string>[] = [
  mentionBySocket,
  socketClick,
  bigRefund,
  twoApprovers,
  lowerAmount,
  sentBack,
  exchange,
  cancelling,
  homeClick,
  killSwitch,
  staffMention,
  supportThread,
];

afterAll(async () => {
  await Promise.all(lanes.map(async ({ world }) => world && closeInOrder(world)));
});

for (const journey of journeys) {
  describe(journey.name, { concurrent: true, timeout: 300_000 }, () => {
    test.each(journey.points)('once, though SIGKILL comes while $title', (point) =>
      playInTurn(journey, point),
    );
  });
}

function playInTurn(journey: Journey<string>, point: Point<string>): Promise<void> {
  const fitting = lanes.filter(({ kind }) => kind.slackBy === journey.slackBy);
  const lane = fitting[taken++ % fitting.length];
  if (!lane) throw new Error('No program runs in this way.');
  const played = lane.free.then(() => playOn(lane, journey, point));
  lane.free = played.catch(() => {});
  return played;
}

async function playOn(lane: Lane, journey: Journey<string>, point: Point<string>): Promise<void> {
  lane.world ??= await openKillableWorld(lane.kind);
  try {
    await playKilled(lane.world, journey, point);
  } catch (error) {
    // What a failure leaves must not fail the next one too.
    const { world } = lane;
    delete lane.world;
    await world.close();
    throw error;
  }
}

async function playKilled(
  world: KillableWorld,
  journey: Journey<string>,
  point: Point<string>,
): Promise<void> {
  const { program } = world;
  await program.ready();
  if (point.isFresh) {
    await program.kill('web');
    await program.ready();
  }
  const kills = program.kills;
  await journey.play(peopleOf(world), async (moment) => {
    if (moment === point.at) await world.set(point.trap);
  });
  expect(program.kills - kills).toBe(1);
}

/** What the program wrote down in all its lives is what happened outside. */
async function closeInOrder(world: KillableWorld): Promise<void> {
  try {
    expect(await compareKilled(world)).toEqual([]);
  } finally {
    await world.close();
  }
}
