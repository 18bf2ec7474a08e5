import { afterAll, beforeAll, expect, it } from 'vitest';
import { staffDialogues } from './staff-dialogues.ts';
import { staffExchangeDialogues } from './staff-exchange-dialogues.ts';
import { openStaffWorld, type StaffWorld } from './staff-world.ts';

/** What the shop knows of a customer and no model has to. Whole numbers only: ids hold any digits. */
const contact = /@example|\b555\b|\b1555\d{7}\b|Jane Doe|\b97205\b/i;

let world: StaffWorld;
beforeAll(async () => {
  world = await openStaffWorld();
});
afterAll(() => world.close());

const dialogues = [...staffDialogues, ...staffExchangeDialogues];

it.each(dialogues.map((dialogue) => [dialogue.says.join(' | '), dialogue] as const))(
  '%s',
  async (_title, { says, calls, reply, refunds }) => {
    const end = await world.talk(...says);
    expect(end.calls, end.reply).toEqual(calls);
    expect(end.reply).toMatch(reply ?? /./);
    if (refunds) expect(end.refunds).toEqual(refunds);
    expect(end.reply).not.toMatch(
      /postal|ask for a person|someone from our team|your (?:bank|order|original)/i,
    );
    expect(end.reply).not.toMatch(contact);
    expect(end.given).not.toMatch(contact);
  },
);
