import { afterAll, beforeAll, expect, it } from 'vitest';
import { staffDialogues } from './staff-dialogues.ts';
import { openStaffWorld, type StaffWorld } from './staff-world.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await openStaffWorld();
});
afterAll(() => world.close());

it.each(staffDialogues.map((dialogue) => [dialogue.says.join(' | '), dialogue] as const))(
  '%s',
  async (_title, { says, calls, reply, refunds }) => {
    const end = await world.talk(...says);
    expect(end.calls, end.reply).toEqual(calls);
    expect(end.reply).toMatch(reply ?? /./);
    if (refunds) expect(end.refunds).toEqual(refunds);
    expect(end.reply).not.toMatch(
      /postal|ask for a person|someone from our team|your (?:bank|order|original)/i,
    );
    expect(end.reply).not.toMatch(/@example|\+?1?[ -]?555/);
  },
);
