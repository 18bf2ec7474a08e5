import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oauthClient } from '../../src/sandbox/workspace-oauth.ts';
import { approvalsChannel, botUserId, supportChannel } from '../../src/sandbox/workspace-people.ts';
import { auditLog } from '../../src/storage/schema/audit.ts';
import { senders } from '../../src/storage/schema/people.ts';
import { refundPauses } from '../../src/storage/schema/refunds.ts';
import { installations } from '../../src/storage/schema/staff.ts';
import { iris, jane, maya, openWorld, publicUrl, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const neighbourTeam = 'TAGENCY01';
const guest = 'UGUEST004';

let world: World;
let neighbour: ReturnType<World['sandbox']['workspace']['addNeighbour']>;

beforeAll(async () => {
  world = await openWorld((config) => ({
    ...config,
    adminToken,
    slack: config.slack && {
      ...config.slack,
      installing: {
        clientId: oauthClient.id,
        clientSecret: oauthClient.secret,
        encryptionKeys: keys,
      },
    },
  }));
  neighbour = world.sandbox.workspace.addNeighbour(neighbourTeam);
});
afterAll(() => world.close());
const adminToken = 'for-administrators-only';
let keys: readonly Buffer[] = [randomBytes(32)];

/** What a browser does: the page that sends it to Slack, and the one Slack sends it back to. */
async function startInstalling() {
  const begun = await fetch(`${world.url}/slack/install`, {
    redirect: 'manual',
    headers: { authorization: `Bearer ${adminToken}` },
  });
  return {
    authorizeUrl: begun.headers.get('location') ?? '',
    cookie: begun.headers.get('set-cookie')?.split(';', 1)[0] ?? '',
  };
}

async function follow(address: string, cookie: string) {
  expect(address).toContain(`${publicUrl}/slack/oauth_redirect?`);
  const response = await fetch(address.replace(publicUrl, world.url), { headers: { cookie } });
  return { status: response.status, page: await response.text() };
}

async function install() {
  const { authorizeUrl, cookie } = await startInstalling();
  return follow(neighbour.allow(authorizeUrl, maya), cookie);
}

/** Mentions the bot over there and waits; what it answered in that thread. */
async function ask(user: string, text: string) {
  const { workspace } = neighbour;
  const said = await workspace.say({ user, channel: supportChannel, text: `<@${botUserId}> ${text}` });
  await world.settled();
  const answers = workspace.thread(supportChannel, said.ts).filter(({ ts }) => ts !== said.ts);
  return { said, answers: answers.map((message) => `${message.text} ${JSON.stringify(message.blocks)}`) };
}

const rows = () => world.db.select().from(installations).where(eq(installations.installedIn, neighbourTeam));

describe('a workspace the app is not installed in', () => {
  test('is not heard, and learns nothing', async () => {
    const { said, answers } = await ask(maya, 'show me order #1001');
    expect(said.events.map(({ status, body }) => ({ status, body }))).toEqual([
      { status: 200, body: '' },
      { status: 200, body: '' },
    ]);
    expect(answers).toEqual([]);
    const answer = await neighbour.workspace.command({
      user: maya,
      channel: supportChannel,
      command: '/returns',
      text: 'pending',
    });
    expect(answer).toEqual({ status: 200, body: '' });
  });
});

describe('installing', () => {
  test('cannot be brought in by a visitor without the administrators’ token', async () => {
    const page = await fetch(`${world.url}/slack/install`, { redirect: 'manual' });
    expect({ status: page.status, location: page.headers.get('location') }).toEqual({
      status: 401,
      location: null,
    });
  });

  test('Cancel on Slack’s page installs nothing', async () => {
    const { authorizeUrl, cookie } = await startInstalling();
    const { page } = await follow(neighbour.cancel(authorizeUrl), cookie);
    expect(page).toContain('cancelled');
    expect(await rows()).toEqual([]);
  });

  test('an address from somebody else’s installation does nothing in this browser', async () => {
    const theirs = await startInstalling();
    const mine = await startInstalling();
    const { status } = await follow(neighbour.allow(theirs.authorizeUrl, maya), mine.cookie);
    expect(status).toBe(400);
    expect(await rows()).toEqual([]);
  });

  test('Allow stores the token encrypted, writes it in the audit log, and works once', async () => {
    const { authorizeUrl, cookie } = await startInstalling();
    const back = neighbour.allow(authorizeUrl, maya);
    expect(await follow(back, cookie)).toMatchObject({
      status: 200,
      page: expect.stringContaining('in your workspace now'),
    });
    expect((await follow(back, cookie)).status).toBe(400);
    const [row] = await rows();
    expect(row).toMatchObject({ installedBy: maya, botUserId });
    const [token = ''] = neighbour.tokens();
    const audit = await world.db.select().from(auditLog).where(eq(auditLog.action, 'workspace.installed'));
    expect(audit).toMatchObject([{ actor: maya, subject: neighbourTeam }]);
    for (const text of [JSON.stringify(row), JSON.stringify(audit), world.logLines.join('')]) {
      expect(text).not.toContain(token);
    }
  });
});

describe('an installed workspace', () => {
  test('its members are answered there, and the conversation is not mixed with one here', async () => {
    const here = await world.mention(iris, 'show me order #1002');
    const { answers } = await ask(maya, 'show me order #1001');
    expect(answers.join()).toContain('#1001');
    expect(answers.join()).not.toContain('#1002');
    expect(here.answers.map(({ text }) => text).join()).toContain('#1002');
    const addresses = await world.db
      .select({ address: senders.address })
      .from(senders)
      .where(eq(senders.channel, 'slack'));
    const foreign = addresses.filter(({ address }) => address.startsWith(`${neighbourTeam}/`));
    expect(foreign).toHaveLength(1);
    expect(foreign[0]?.address).toMatch(new RegExp(`^${neighbourTeam}/${supportChannel}:\\d+\\.\\d+$`));
    expect(world.sandbox.workspace.messagesIn(supportChannel)).toEqual([]);
  });

  test('direct messages are answered there', async () => {
    const { workspace } = neighbour;
    const channel = `D${iris.slice(1)}`;
    const { ts } = await workspace.say({ user: iris, channel, text: 'status of order #1001' });
    await world.settled();
    expect(
      workspace
        .thread(channel, ts)
        .map(({ text }) => text)
        .join(),
    ).toContain('#1001');
    expect(world.sandbox.workspace.messagesIn(channel)).toEqual([]);
  });

  test('guests over there are not staff', async () => {
    expect((await ask(guest, 'show me order #1001')).answers).toEqual([]);
  });

  test('a question behind the slash command is answered in direct messages there', async () => {
    const { workspace } = neighbour;
    const answer = await workspace.command({
      user: iris,
      channel: supportChannel,
      command: '/returns',
      text: 'show me order #1003',
    });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('direct messages') });
    await world.settled();
    const told = workspace.messagesIn(`D${iris.slice(1)}`).map(({ text }) => text);
    expect(told.join()).toContain('#1003');
  });

  test('somebody with an approver’s id over there can neither pause nor see what waits', async () => {
    for (const text of ['pause because I can', 'pending', 'resume']) {
      const { status, body } = await neighbour.workspace.command({
        user: maya,
        channel: approvalsChannel,
        command: '/returns',
        text,
      });
      expect(status).toBe(200);
      expect(body).toContain('I only talk to the staff');
    }
    expect(await world.db.select().from(refundPauses)).toEqual([]);
  });

  test('a click over there on a copy of the card decides nothing', async () => {
    await world.say(jane, 'I want to return the walnut desk from order 1002');
    await world.say(jane, 'yes');
    const shown = await world.card('#1002');
    const answer = await neighbour.workspace.click({
      user: maya,
      channel: shown.channel,
      ts: shown.ts,
      actionId: 'approve_refund',
      shown,
    });
    await world.settled();
    expect(answer.status).toBe(200);
    expect(world.refundsOf('#1002')).toEqual([]);
    const votes = await world.db.execute(
      sql`select 1 from audit_log where action like 'approval.%' and actor like '%UMAYA%'`,
    );
    expect(votes).toEqual([]);
    // Said after the click was acknowledged.
    await waitFor('the words to the clicker', () =>
      neighbour.workspace
        .ephemerals()
        .some((said) => said.ephemeralFor === maya && said.text.includes('Nothing was changed')),
    );
  });

  test('a restarted program still knows it', async () => {
    await world.restart();
    expect((await ask(iris, 'show me order #1001')).answers.join()).toContain('#1001');
  });

  test('is still known after its key was replaced: one start with both, then with the new one', async () => {
    const newer = randomBytes(32);
    keys = [newer, ...keys];
    await world.restart();
    keys = [newer];
    await world.restart();
    expect((await ask(iris, 'show me order #1001')).answers.join()).toContain('#1001');
  });

  test('is not heard while its row cannot be read, and nothing else suffers', async () => {
    const [row] = await rows();
    const broken = Buffer.from(row?.encrypted ?? '', 'base64');
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    const write = (encrypted: string) =>
      world.db.update(installations).set({ encrypted }).where(eq(installations.installedIn, neighbourTeam));
    await write(broken.toString('base64'));
    const { said, answers } = await ask(iris, 'show me order #1001');
    expect(said.events.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers).toEqual([]);
    expect(world.logLines.join('')).toContain('must be installed again');
    expect((await world.mention(iris, 'show me order #1002')).answers).not.toEqual([]);
    await write(row?.encrypted ?? '');
  });

  test('is heard later when the database is away', async () => {
    await world.databaseGate.shut();
    const said = await neighbour.workspace.say({
      user: iris,
      channel: supportChannel,
      text: `<@${botUserId}> show me order #1004`,
    });
    expect(said.events.map(({ status }) => status)).toEqual([503, 503]);
    await world.databaseGate.open();
    await Promise.all(said.events.map(({ envelope }) => neighbour.workspace.redeliver(envelope, 1)));
    await world.settled();
    expect(neighbour.workspace.thread(supportChannel, said.ts)).toHaveLength(2);
  });
});

describe('a workspace that throws the app out', () => {
  test('is forgotten at once, and comes back only by installing again', async () => {
    expect((await neighbour.uninstall()).map(({ status }) => status)).toEqual([200, 200]);
    expect(await rows()).toEqual([]);
    expect((await ask(iris, 'show me order #1001')).answers).toEqual([]);
    const audit = await world.db.select().from(auditLog).where(eq(auditLog.action, 'workspace.removed'));
    expect(audit).toMatchObject([{ subject: neighbourTeam }]);
    expect((await install()).status).toBe(200);
    expect((await ask(iris, 'show me order #1001')).answers.join()).toContain('#1001');
  });
});
