import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HomeTab } from '../../src/sandbox/workspace-state.ts';
import { iris, jane, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const guest = 'UGUEST004';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function returnDesk(): Promise<void> {
  await world.say(jane, 'I want to return the walnut desk from order 1002');
  await world.say(jane, 'yes');
  await world.card('#1002');
}
async function open(user: string): Promise<HomeTab> {
  const { events } = await world.sandbox.workspace.openHome(user, 'home');
  expect(events.map(({ status }) => status)).toEqual([200]);
  return homeOf(user);
}
function homeOf(user: string): HomeTab {
  const home = world.sandbox.workspace.homeOf(user);
  if (!home) throw new Error('Nothing was published');
  return home;
}
const wordsOf = (home: HomeTab) => JSON.stringify(home.view.blocks);
/** The person's Home as soon as it says so. */
const homeSaying = (user: string, words: string) =>
  waitFor(`a Home that says ${words}`, () => {
    const home = world.sandbox.workspace.homeOf(user);
    return home && wordsOf(home).includes(words) ? home : undefined;
  });
async function press(user: string, actionId: string, shown?: HomeTab): Promise<void> {
  const { status } = await world.sandbox.workspace.clickHome({ user, actionId, shown });
  expect(status).toBe(200);
}
async function fillIn(user: string, values: Record<string, string>) {
  const modal = await waitFor('the modal', () =>
    world.sandbox.workspace.openModals().find((each) => each.user === user),
  );
  const answer = await world.sandbox.workspace.submitModal({ user, viewId: modal.id, values });
  await world.settled();
  return answer;
}
const states = async () =>
  (await world.db.execute(sql`select state from refunds order by created_at`)).map(({ state }) => state);

describe('App Home', () => {
  test('shows an approver what waits, with a link to its card and buttons that decide', async () => {
    await returnDesk();
    const card = await world.card('#1002');
    const home = await open(maya);
    expect(wordsOf(home)).toContain('$420.00');
    expect(wordsOf(home)).toContain(
      `https://birch-and-loom.slack.com/archives/${card.channel}/p${card.ts.replace('.', '')}|Order #1002`,
    );
    await world.restart();
    await press(maya, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 42_000 }]);
    expect(wordsOf(await homeSaying(maya, 'Nothing waits.'))).not.toContain('approve_refund');
    expect(JSON.stringify(await world.card('#1002'))).toContain('Approved by Maya');
  });

  test('takes a denial with its reason, and the customer is told', async () => {
    await returnDesk();
    await open(noah);
    await press(noah, 'deny_refund');
    await fillIn(noah, { reason: 'The desk was assembled' });
    await homeSaying(noah, 'Nothing waits.');
    expect(await states()).toEqual(['denied']);
    expect(world.textsTo(jane).at(-1)).toContain('The desk was assembled');
  });

  test('shows the second of two who decide at once what the first decided', async () => {
    await returnDesk();
    const [first, second] = [await open(maya), await open(noah)];
    await Promise.all([press(maya, 'approve_refund', first), press(noah, 'approve_refund', second)]);
    await world.settled();
    expect(world.refundsOf('#1002')).toHaveLength(1);
    await waitFor('one of them to read it', () =>
      [maya, noah].some((user) => /Already approved by (?:Maya|Noah)/.test(wordsOf(homeOf(user)))),
    );
  });

  test('shows staff who may not approve the same without buttons, and takes no forged press', async () => {
    await returnDesk();
    const own = await open(iris);
    expect(wordsOf(own)).toContain('Order #1002');
    expect(wordsOf(own)).not.toContain('action_id');

    const shown = await open(maya);
    await press(iris, 'approve_refund', shown);
    await homeSaying(iris, 'You may not decide about this refund');
    await press(iris, 'pause_refunds', shown);
    const { body } = await fillIn(iris, { reason: 'Fun' });
    expect(body).toContain('Only approvers can pause');
    await world.settled();
    expect(await states()).toEqual(['awaiting-approval']);
    expect(await world.db.execute(sql`select 1 from refund_pauses`)).toEqual([]);
  });

  test('takes no button whose value was made up', async () => {
    await returnDesk();
    const home = await open(maya);
    for (const value of ['019a0000-0000-7000-8000-00000000dead', "' or 1=1 --", '']) {
      const blocks = JSON.parse(
        JSON.stringify(home.view.blocks, (key, given) => (key === 'value' ? value : given)),
      ) as HomeTab['view']['blocks'];
      await press(maya, 'approve_refund', { ...home, view: { ...home.view, blocks } });
      await homeSaying(maya, 'not an approval I posted');
      await open(maya);
    }
    await world.settled();
    expect(await states()).toEqual(['awaiting-approval']);
  });

  test('shows a guest one sentence and no figure', async () => {
    await returnDesk();
    const home = await open(guest);
    expect(home.view.blocks).toHaveLength(1);
    expect(wordsOf(home)).toContain('to its staff only');
    await press(guest, 'approve_refund', await open(maya));
    await world.settled();
    expect(await states()).toEqual(['awaiting-approval']);
    expect(homeOf(guest).view.blocks.length).toBeLessThanOrEqual(2);
    expect(wordsOf(homeOf(guest))).not.toContain('420');
  });

  test('shows customers who wait for a person, why, and the way to their thread', async () => {
    await world.say(jane, 'I want to talk to a person');
    const home = await waitFor('the thread', async () => {
      const shown = await open(iris);
      return wordsOf(shown).includes('Open the thread') ? shown : undefined;
    });
    expect(wordsOf(home)).toContain('The customer asked for a person.');
    expect(wordsOf(home)).toContain('Nobody yet');
    expect(wordsOf(home)).toMatch(/archives\/CSUPPORT\/p\d{16}\|Open the thread/);
  });

  test('counts what happened today', async () => {
    await world.say(jane, 'I want to return the blue shirt from order 1001');
    await world.say(jane, 'yes');
    await world.settled();
    const words = wordsOf(await open(iris));
    expect(words).toContain('*Conversations*\\n1');
    expect(words).toContain('*Refunds made*\\n1');
    expect(words).toContain('*Refunded*\\n$48.00');
    expect(words).toContain('*Handed to your team*\\n0');
  });

  test('publishes nothing when somebody opens the messages instead', async () => {
    await world.sandbox.workspace.openHome(maya, 'messages');
    await world.settled();
    expect(world.sandbox.workspace.homes()).toEqual([]);
  });

  test('that could not be shown is shown at the next opening', async () => {
    world.sandbox.workspace.faults.add({
      operation: 'views.publish',
      when: 'before',
      times: 1,
      action: { kind: 'status', status: 500 },
    });
    await world.sandbox.workspace.openHome(maya, 'home');
    expect(world.sandbox.workspace.homes()).toEqual([]);
    await open(maya);
  });
});

describe('the kill switch in App Home', () => {
  test('asks why, holds every refund over a restart, and resumes at the second button', async () => {
    await open(maya);
    await press(maya, 'pause_refunds');
    expect((await fillIn(maya, { reason: 'Wrong prices' })).status).toBe(200);
    expect(world.sandbox.workspace.openModals()).toEqual([]);
    expect(wordsOf(await homeSaying(maya, 'Refunds are paused'))).toContain('Wrong prices');

    await world.say(jane, 'I want to return the blue shirt from order 1001');
    await world.say(jane, 'yes');
    await world.restart();
    await world.settled();
    expect(world.refundsOf('#1001')).toEqual([]);
    expect(wordsOf(await open(iris))).toContain('1 refund is held.');

    await open(noah);
    await press(noah, 'resume_refunds');
    await homeSaying(noah, 'Pause refunds');
    await waitFor('the refund', () => world.refundsOf('#1001').length === 1);
    await world.settled();
    expect(world.textsTo(jane).filter((text) => text.startsWith('Done:'))).toHaveLength(1);
  });

  test('keeps the window and the reason open while Slack cannot say who is an approver', async () => {
    await open(maya);
    await world.restart();
    await press(maya, 'pause_refunds');
    const repair = world.sandbox.workspace.faults.add({
      operation: 'users.info',
      when: 'before',
      action: { kind: 'status', status: 503 },
    });
    expect((await fillIn(maya, { reason: 'Wrong prices' })).body).toContain('nothing was changed');
    expect(world.sandbox.workspace.openModals()).toHaveLength(1);
    repair();
    await fillIn(maya, { reason: 'Wrong prices' });
    await homeSaying(maya, 'Refunds are paused');
  });

  test('takes no second pause from a window that was open when the first was made', async () => {
    await Promise.all([open(maya), open(noah)]);
    await press(maya, 'pause_refunds');
    await press(noah, 'pause_refunds');
    await fillIn(maya, { reason: 'Wrong prices' });
    await fillIn(noah, { reason: 'Fraud' });
    expect(wordsOf(await homeSaying(noah, 'paused already'))).toContain('Wrong prices');
    expect(await world.db.execute(sql`select reason from refund_pauses`)).toEqual([
      { reason: 'Wrong prices' },
    ]);
  });

  test('says so when a resume comes after somebody else’s', async () => {
    await open(maya);
    await press(maya, 'pause_refunds');
    await fillIn(maya, { reason: 'Wrong prices' });
    const shown = await homeSaying(maya, 'Resume refunds');
    await press(noah, 'resume_refunds', shown);
    await press(maya, 'resume_refunds', shown);
    await homeSaying(maya, 'Refunds are not paused');
  });

  test('takes a forged resume from nobody but an approver', async () => {
    await open(maya);
    await press(maya, 'pause_refunds');
    await fillIn(maya, { reason: 'Wrong prices' });
    const shown = await homeSaying(maya, 'Resume refunds');
    for (const user of [iris, guest]) {
      await press(user, 'resume_refunds', shown);
      await homeSaying(user, 'Only approvers can pause');
    }
    expect(await world.db.execute(sql`select 1 from refund_pauses where resumed_at is null`)).toHaveLength(1);
  });
});
