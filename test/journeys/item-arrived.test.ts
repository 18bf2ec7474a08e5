import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { general, iris, jane, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const policyFile = join(mkdtempSync(join(tmpdir(), 'arrivals-')), 'policy.yaml');
writeFileSync(
  policyFile,
  'rules:\n  - id: refund-when-it-is-here\n    then: { when: on_arrival }\nreturn_instructions: Put the order number inside.\n',
);

let world: World;
afterEach(() => world.close());

async function open(options: { readonly socketMode?: boolean } = {}): Promise<void> {
  world = await openWorld((config) => ({ ...config, returns: { ...config.returns, policyFile } }), options);
}
async function sendBackMugs(): Promise<void> {
  await world.say(jane, 'I want to return 3 speckled mugs from order 1015');
  await world.say(jane, 'yes');
  await world.settled();
}
const homeOf = (user: string) => JSON.stringify(world.sandbox.workspace.homeOf(user)?.view.blocks);
async function pressArrived(user: string) {
  await world.sandbox.workspace.openHome(user, 'home');
  await waitFor('the return in Home', () => homeOf(user).includes('item_arrived'));
  await world.sandbox.workspace.clickHome({ user, actionId: 'item_arrived' });
  return modalOf(user);
}
const modalOf = (user: string) =>
  waitFor('the window', () => world.sandbox.workspace.openModals().findLast((each) => each.user === user));
async function submit(user: string, viewId: string, pieces?: number) {
  const view = world.sandbox.workspace.openModals().find(({ id }) => id === viewId)?.view;
  const field = view?.blocks.find(({ type }) => type === 'input')?.block_id;
  const answer = await world.sandbox.workspace.submitModal({
    user,
    viewId,
    values: pieces === undefined ? {} : { [String(field)]: String(pieces) },
  });
  await world.settled();
  return answer;
}
const refunds = async () =>
  (
    await world.db.execute<{ state: string; minor: string }>(
      sql`select state, amount_minor as minor from refunds order by created_at, id`,
    )
  ).map(({ state, minor }) => `${state} ${minor}`);
const told = () => world.textsTo(jane).join('\n');
const notes = () => JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));

describe.each([{ socketMode: false }, { socketMode: true }])('goods that come back, with %j', (options) => {
  test('are settled as they come: a part, then the rest, each once and together what was quoted', async () => {
    await open(options);
    await sendBackMugs();
    expect(world.refundsOf('#1015')).toEqual([]);
    expect(await refunds()).toEqual(['awaiting-arrival 5400']);
    expect(told()).toContain('Put the order number inside.');

    const first = await pressArrived(maya);
    expect(homeOf(maya)).toContain('3 × Speckled Mug');
    await submit(maya, first.id, 1);
    await waitFor('Home to say so', () => homeOf(maya).includes('2 × Speckled Mug'));
    expect((await refunds()).toSorted()).toEqual(['awaiting-arrival 3600', 'refunded 1800', 'split 5400']);
    expect(told()).toContain('$18.00');

    const rest = await pressArrived(noah);
    await submit(noah, rest.id);
    await waitFor('Home to be empty', () => homeOf(noah).includes('No return is on its way.'));
    expect((await refunds()).toSorted()).toEqual(['refunded 1800', 'refunded 3600', 'split 5400']);
    const made = world.sandbox.shop.refunds().filter(({ orderName }) => orderName === '#1015');
    expect(made.map(({ amount }) => amount)).toEqual([1800, 3600]);
    expect(told()).toContain('$36.00');
    expect(notes()).toMatch(/Maya took in #1015-R1/);
  });
});

describe('a window', () => {
  test('that is delivered twice counts once, and so does one a colleague had open meanwhile', async () => {
    await open();
    await sendBackMugs();
    const [mayas, noahs] = [await pressArrived(maya), await pressArrived(noah)];
    await Promise.all([submit(maya, mayas.id, 1), submit(maya, mayas.id, 1)]);
    await submit(noah, noahs.id, 1);
    await waitFor('Noah to read it', () => homeOf(noah).includes('was taken in since'));
    expect((await refunds()).toSorted()).toEqual(['awaiting-arrival 3600', 'refunded 1800', 'split 5400']);
  });

  test('opened by a command says in itself what happened', async () => {
    await open();
    await sendBackMugs();
    const command = (text: string) =>
      world.sandbox.workspace.command({ user: iris, channel: general, command: '/returns', text });
    expect((await command('open')).body).toContain('item_arrived');
    expect((await command('arrived 1015')).body).toBe('');
    const window = await modalOf(iris);
    await submit(iris, window.id);
    expect(JSON.stringify((await modalOf(iris)).view)).toContain('took in #1015-R1');
    expect(await refunds()).toEqual(['refunded 5400']);
  });

  test('is opened for no guest, and takes in nothing that one sends from somebody else’s', async () => {
    await open();
    await sendBackMugs();
    await world.sandbox.workspace.openHome('UGUEST004', 'home');
    expect(homeOf('UGUEST004')).not.toContain('item_arrived');
    const shown = await (async () => {
      await pressArrived(maya);
      return world.sandbox.workspace.homeOf(maya);
    })();
    await world.sandbox.workspace.clickHome({ user: 'UGUEST004', actionId: 'item_arrived', shown });
    await waitFor('the refusal', () => homeOf('UGUEST004').includes('Only staff of this store'));
    expect(world.sandbox.workspace.openModals().filter(({ user }) => user === 'UGUEST004')).toEqual([]);
    expect(await refunds()).toEqual(['awaiting-arrival 5400']);
  });
});

test('a colleague who asked for a small refund cannot take its goods in, and another can', async () => {
  await open();
  const { threadTs } = await world.mention(
    iris,
    'return 3 speckled mugs from order 1015, they are too small',
  );
  await world.mention(iris, 'yes', threadTs);
  await world.settled();
  expect(await refunds()).toEqual(['awaiting-arrival 5400']);
  await world.sandbox.workspace.openHome(iris, 'home');
  await world.sandbox.workspace.clickHome({ user: iris, actionId: 'item_arrived' });
  await waitFor('the refusal', () => homeOf(iris).includes('a colleague has to take the goods in'));
  const window = await pressArrived(noah);
  await submit(noah, window.id);
  expect(await refunds()).toEqual(['refunded 5400']);
});
