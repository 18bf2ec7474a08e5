import type { HomeView } from '../ports/staff-desk.ts';
import { readPause } from '../refunds/pause-refunds.ts';
import { formatMoney } from '../returns/money.ts';
import { figuresOfToday, openHandOffs, waitingApprovals } from '../storage/home-figures.ts';
import { countOpenReturns, openReturns } from '../storage/open-returns.ts';
import type { ConversationContext } from './context.ts';
import { describeWaiting } from './describe-waiting.ts';
import { maskPersonalData } from './mask-personal-data.ts';
import { toOpenReturn } from './open-return.ts';
import { whoIs } from './who-is.ts';

/**
 * What one person may see of the store's day: all of it, or nothing. Throws ExternalError when Slack cannot
 * say who this is.
 */
export async function describeHome(context: ConversationContext, userId: string): Promise<HomeView> {
  const person = await whoIsAtHome(context, userId);
  if (person === 'nobody') return { ...nothing, person };
  const { db, store } = context.refunds;
  const [approvals, onTheWay, onTheWayCount, handOffs, today, pause] = await Promise.all([
    waitingApprovals(db, store),
    openReturns(db, store, maxReturns),
    countOpenReturns(db, store),
    openHandOffs(db, store),
    figuresOfToday(db, store),
    readPause(context.refunds),
  ]);
  return {
    person,
    approvals: await Promise.all(approvals.map((row) => describeWaiting(context.refunds, row, userId))),
    returns: { newest: onTheWay.map(toOpenReturn), count: onTheWayCount },
    handOffs: handOffs.map(({ reason, since, takenBy, thread }) => ({
      // A model's own words may quote the customer; what was said belongs into the thread.
      reason: maskPersonalData(reason ?? 'A colleague took it over.'),
      since,
      takenBy: takenBy ?? undefined,
      thread: thread ?? undefined,
    })),
    today: { ...today, refunded: today.refunded.map(formatMoney) },
    pause,
  };
}

/** `/returns open` lists so many; Home shows fewer. */
const maxReturns = 20;

const nothing = {
  approvals: [],
  returns: { newest: [], count: 0 },
  handOffs: [],
  today: { conversations: 0, refunds: 0, refunded: [], handOffs: 0 },
  pause: undefined,
} as const;

/** Home tabs are the app's own workspace's. */
async function whoIsAtHome(context: ConversationContext, userId: string): Promise<HomeView['person']> {
  if (!context.staff) return 'nobody';
  const teamId = await context.staff.directory.homeTeamId();
  return await whoIs(context, { userId, teamId, name: userId });
}
