import { handBack } from '../../src/conversation/give-back.ts';
import { replyToCustomer } from '../../src/conversation/reply-to-customer.ts';
import type { StaffPerson } from '../../src/ports/staff-desk.ts';
import { pauseRefunds, resumeRefunds } from '../../src/refunds/pause-refunds.ts';
import { conversations } from '../../src/storage/schema/conversations.ts';
import type { Process } from './processes.ts';
import { slack } from './providers.ts';
import type { Actor, Request, WorldDeps } from './world.ts';

const minute = 60_000;
const maya = 'UMAYA0001';
const iris = 'UIRIS0003';
/** Maya and Noah may approve, Iris may not. */
export const colleagues = [maya, 'UNOAH0002', iris] as const;

export function colleague(userId: string): StaffPerson {
  return { userId, teamId: slack.team, name: userId };
}

export function resume({ context }: Process, press: string): Promise<unknown> {
  return resumeRefunds(context.refunds, colleague(maya), press);
}

/** Colleagues: they hand conversations back, write to customers, and stop all refunds now and then. */
export function staffActor({ random, scheduler, database }: WorldDeps, request: Request): Actor {
  const day = 24 * 60 * minute;
  let times = Array.from(
    { length: random.pick([0, 1, 2]) },
    () => scheduler.now() + random.below(random.pick([30 * minute, day])),
  ).toSorted((a, b) => a - b);
  let made = 0;
  return {
    next: () => times[0] ?? Infinity,
    async act() {
      times = times.slice(1);
      made += 1;
      const done = () => {};
      const key = `press${made}`;
      if (random.chance(0.4)) {
        scheduler.later(
          'the pause is long enough',
          random.between(1_000, 60 * minute),
          () => void request('Maya resumes refunds', (process) => resume(process, key), done),
        );
        const pause = (process: Process) => pauseRefunds(process.context.refunds, colleague(maya), 'Why');
        return request('Maya pauses refunds', pause, done);
      }
      const rows = await database.db.select().from(conversations).orderBy(conversations.id);
      if (rows.length === 0) return;
      const id = random.pick(rows).id;
      const by = colleague(iris);
      if (random.chance(0.5))
        await request('Iris hands back', ({ context }) => handBack(context, id, by), done);
      else {
        const reply = { conversationId: id, by, text: 'This is Iris.', key };
        await request('Iris replies', ({ context }) => replyToCustomer(context, reply), done);
      }
    },
  };
}
