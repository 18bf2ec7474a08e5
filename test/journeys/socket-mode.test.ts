import { test as base, expect } from 'vitest';
import { botUserId } from '../../src/sandbox/workspace-people.ts';
import { general, iris, jane, maya, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures from it
  world: async ({}, use) => {
    const world = await openWorld(undefined, { socketMode: true });
    await waitFor('the connection', () => socketsOf(world).connections() === 1);
    await use(world);
    await world.close();
  },
});

function socketsOf(world: World) {
  const { sockets } = world.sandbox.workspace;
  if (!sockets) throw new Error('This workspace has no Socket Mode');
  return sockets;
}

async function askForDesk(world: World) {
  await world.say(jane, 'return the walnut desk from order 1002');
  await world.say(jane, 'yes');
  return world.card('#1002');
}

test('serves nothing of Slack over HTTP, and needs no signing secret', async ({ world }) => {
  expect((await fetch(`${world.url}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
});

test('answers a mention once, in its thread', async ({ world }) => {
  const { said, answers } = await world.mention(iris, 'show order 1001');
  expect(said.events.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers).toHaveLength(1);
});

test('lets a manager approve: one refund, one outcome', async ({ world }) => {
  const card = await askForDesk(world);
  expect(await world.click(card, maya, 'approve_refund')).toBe(200);
  await world.settled();
  expect(world.refundsOf('#1002')).toMatchObject([{ amount: 42_000 }]);
  expect(world.textsTo(jane).filter((text) => text.includes('Done:'))).toHaveLength(1);
});

test('opens a modal, says what is wrong with it, and takes the reason of another', async ({ world }) => {
  const card = await askForDesk(world);
  const { workspace } = world.sandbox;
  const press = (actionId: string) =>
    workspace.click({ user: maya, channel: card.channel, ts: card.ts, actionId });
  const modal = async () => (await waitFor('a modal', () => workspace.openModals()[0])).id;
  await press('lower_refund');
  const lower = await modal();
  await workspace.submitModal({ user: maya, viewId: lower, values: { amount: 'a lot' } });
  expect(workspace.openModals()).toMatchObject([{ errors: { amount: expect.any(String) } }]);
  workspace.closeModal(maya, lower);

  await press('deny_refund');
  await workspace.submitModal({ user: maya, viewId: await modal(), values: { reason: 'It was used' } });
  await world.settled();
  expect(workspace.openModals()).toEqual([]);
  expect(world.refundsOf('#1002')).toEqual([]);
  expect(world.textsTo(jane).at(-1)).toContain('It was used');
});

test('answers the slash command within its acknowledgement', async ({ world }) => {
  const { workspace } = world.sandbox;
  const answer = await workspace.command({ user: maya, channel: general, command: '/returns', text: 'help' });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({ response_type: 'ephemeral' });
});

test('goes on after the connection broke', async ({ world }) => {
  socketsOf(world).drop();
  await waitFor('a second connection', () => socketsOf(world).opened() === 2);
  expect((await world.mention(iris, 'show order 1001')).answers).toHaveLength(1);
});

test('answers once when the program went down before Slack had the acknowledgement', async ({ world }) => {
  const { faults } = socketsOf(world);
  faults.add({ operation: 'ack', when: 'before', times: 1, action: { kind: 'call', run: world.restart } });
  faults.add({ operation: 'ack', when: 'before', times: 1, action: { kind: 'drop' } });
  const { workspace } = world.sandbox;
  const said = await workspace.say({ user: iris, channel: general, text: `<@${botUserId}> show order 1001` });
  expect(said.events.map(({ status }) => status)).toEqual([200, 200]);
  expect(socketsOf(world).opened()).toBeGreaterThan(1);
  await world.settled();
  const answers = workspace.thread(general, said.ts).filter(({ user }) => user === botUserId);
  expect(answers).toHaveLength(1);
});
