import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StaffRoom } from '../../../src/adapters/slack/app-home.ts';
import { addSlashCommand } from '../../../src/adapters/slack/slash-command.ts';
import { createLog } from '../../../src/log.ts';
import type { HomeView } from '../../../src/ports/staff-desk.ts';
import type { ApprovalId } from '../../../src/returns/ids.ts';
import { createDeafApp } from './deaf-app.ts';
import { napkins } from './open-return.ts';
import { emptyHome, quietRoom } from './quiet-room.ts';

const maya = { userId: 'UMAYA', teamId: 'T1', name: 'maya' };
const pause = { by: 'Maya', reason: 'Wrong prices', since: new Date(0), held: 2 };
const responseUrl = 'https://hooks.slack.com/commands/T1/1/x';

const late: unknown[] = [];
const hooks = setupServer(
  http.post(responseUrl, async ({ request }) => {
    late.push(await request.json());
    return HttpResponse.text('ok');
  }),
);
beforeAll(() => hooks.listen({ onUnhandledFrame: 'error' }));
afterAll(() => hooks.close());

let done: unknown[][];
let asked: unknown[];
let opened: unknown[];
let whyNot: string | undefined;
let askAnswer: 'asked' | 'not-staff' | 'failed';
let view: HomeView;
let room: StaffRoom;
beforeEach(() => {
  late.length = 0;
  done = [];
  asked = [];
  opened = [];
  whyNot = undefined;
  askAnswer = 'asked';
  view = emptyHome;
  room = {
    ...quietRoom,
    describeHome: async () => view,
    pause: async (...given) => {
      done.push(['pause', ...given]);
      return { kind: 'paused', pause };
    },
    resume: async (...given) => {
      done.push(['resume', ...given]);
      return { kind: 'resumed', by: 'Maya', released: 2 };
    },
  };
});
afterEach(() => hooks.resetHandlers());

/** What Slack got as the acknowledgement. */
async function type(text: string, answerWithinMs = 2000): Promise<{ response_type: string; text: string }> {
  const app = createDeafApp();
  addSlashCommand(app, {
    room,
    openArrival: async (wish) => {
      opened.push(wish);
      return whyNot;
    },
    ask: async (question) => {
      asked.push(question);
      return askAnswer;
    },
    home: async () => ({ teamId: 'T1', appId: undefined, url: 'https://birch.slack.com/' }),
    log: createLog({ level: 'silent' }),
    answerWithinMs,
  });
  const acknowledged: unknown[] = [];
  await app.processEvent({
    body: {
      command: '/returns',
      text,
      user_id: 'UMAYA',
      user_name: 'maya',
      team_id: 'T1',
      channel_id: 'C1',
      trigger_id: 'trigger-1',
      response_url: responseUrl,
    },
    ack: async (response) => void acknowledged.push(response),
  });
  expect(acknowledged).toHaveLength(1);
  return acknowledged[0] as { response_type: string; text: string };
}

describe('/returns', () => {
  test.each(['', 'help', ' HELP '])('%j says what it can do, to the one who asked', async (text) => {
    const answer = await type(text);
    expect(answer.response_type).toBe('ephemeral');
    for (const word of ['pending', 'open', 'arrived', 'pause', 'resume'])
      expect(answer.text).toContain(`/returns ${word}`);
  });

  test('pending lists what waits, with links', async () => {
    view = {
      ...emptyHome,
      person: 'staff',
      approvals: [
        {
          approvalId: '019a0000-0000-7000-8000-000000000001' as ApprovalId,
          orderName: '#1002',
          amount: '$420.00',
          settlement: ['to the original payment', 'at once'],
          canBeLowered: true,
          votes: { have: 0, need: 1 },
          mayDecide: true,
          approvers: ['UMAYA0001'],
          expiresAt: new Date(0),
          card: { channel: 'C1', ts: '1.000100' },
        },
      ],
    };
    const answer = await type('pending');
    expect(answer.response_type).toBe('ephemeral');
    expect(answer.text).toContain('<https://birch.slack.com/archives/C1/p1000100|Order #1002>* · $420.00');
    expect(answer.text).not.toContain(' of 1 approvals');
  });

  test('pending says so when nothing waits, and that refunds are paused', async () => {
    view = { ...emptyHome, pause };
    expect((await type('pending')).text).toMatch(/Refunds are paused.*Wrong prices[\s\S]*No refund waits/);
  });

  test('open lists what is on its way, with a button for each', async () => {
    view = { ...emptyHome, person: 'staff', returns: { newest: [napkins], count: 31 } };
    const answer = await type('open');
    expect(answer).toMatchObject({
      response_type: 'ephemeral',
      text: '31 returns are on their way. The newest 1:',
      blocks: [{}, { accessory: { action_id: 'item_arrived', value: napkins.returnId } }],
    });
    view = { ...emptyHome, returns: { newest: [napkins], count: 1 } };
    expect(await type('open')).toMatchObject({ text: '1 return is on its way.' });
    view = emptyHome;
    expect(await type('open')).toEqual({
      response_type: 'ephemeral',
      text: 'No return is on its way.',
      blocks: [],
    });
  });

  test.each(['#1001-R1', '1001'])('arrived %s opens the window, and nothing else', async (name) => {
    expect(await type(`Arrived ${name}`)).toBeUndefined();
    expect(opened).toEqual([{ by: maya, reference: { name }, triggerId: 'trigger-1', from: 'window' }]);
  });

  test('arrived says why no window opened, and asks for a name', async () => {
    whyNot = 'No return of this name is on its way. Nothing was changed.';
    expect(await type('arrived 1009')).toEqual({ response_type: 'ephemeral', text: whyNot });
    opened = [];
    expect((await type('arrived')).text).toContain('/returns arrived #1001-R1');
    expect(opened).toEqual([]);
  });

  test('pause with a reason pauses as who typed it, and tells everybody', async () => {
    const answer = await type('Pause Wrong prices &amp; <@U1|iris> knows');
    expect(done).toEqual([['pause', maya, 'Wrong prices & @iris knows']]);
    expect(answer).toEqual({
      response_type: 'in_channel',
      text: 'Maya paused all refunds: Wrong prices\n2 refunds are held.',
    });
  });

  test('pause without a reason asks for it and changes nothing', async () => {
    expect(await type('pause ')).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('Please say why'),
    });
    expect(done).toEqual([]);
  });

  test('resume resumes and tells everybody', async () => {
    expect(await type('resume')).toEqual({
      response_type: 'in_channel',
      text: 'Maya resumed refunds. 2 held refunds are being made.',
    });
    expect(done).toEqual([['resume', maya, 'trigger-1']]);
  });

  test('that changed nothing is told only to who typed it', async () => {
    room = {
      ...room,
      pause: async () => ({ kind: 'already-paused', pause }),
      resume: async () => ({ kind: 'not-paused' }),
    };
    expect(await type('pause again')).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('paused already'),
    });
    expect(await type('resume')).toMatchObject({ response_type: 'ephemeral' });
  });

  test.each(['pause', 'pause Fraud', 'resume'])(
    '%j is refused to staff who may not approve',
    async (text) => {
      view = { ...emptyHome, person: 'staff' };
      expect(await type(text)).toMatchObject({
        response_type: 'ephemeral',
        text: expect.stringContaining('Only approvers'),
      });
      expect(done).toEqual([]);
    },
  );

  test.each(['', 'help', 'pending', 'open', 'pause', 'pause Fraud', 'resume', 'show me order 1001'])(
    '%j is answered to people who are not staff with one sentence and nothing else',
    async (text) => {
      view = { ...emptyHome, person: 'nobody' };
      askAnswer = 'not-staff';
      expect(await type(text)).toEqual({
        response_type: 'ephemeral',
        text: 'I only talk to the staff of this store.',
      });
      expect(done).toEqual([]);
    },
  );

  test.each([
    'what was refunded today?',
    'pending refunds of Jane',
    'resume order 1001',
    'help me with 1001',
    'open orders of Jane',
    'arrived yesterday, is it refunded?',
  ])('%j is a question, answered in direct messages', async (text) => {
    expect(await type(text)).toEqual({
      response_type: 'ephemeral',
      text: 'I answer you in our direct messages.',
    });
    expect(asked).toEqual([{ ...maya, text, key: 'command:trigger-1' }]);
    expect(done).toEqual([]);
  });

  test('that failed says that nothing was changed', async () => {
    room = { ...quietRoom, describeHome: () => Promise.reject(new Error('down')) };
    expect(await type('pending')).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('nothing was changed'),
    });
    askAnswer = 'failed';
    expect((await type('hello')).text).toContain('That did not work');
  });

  test('is acknowledged in time when the answer is late, and answered afterwards', async () => {
    const held = Promise.withResolvers<void>();
    room = {
      ...room,
      async describeHome() {
        setTimeout(held.resolve, 50);
        await held.promise;
        return view;
      },
    };
    expect(await type('resume', 10)).toEqual({ response_type: 'ephemeral', text: 'One moment…' });
    expect(late).toEqual([
      { response_type: 'in_channel', text: 'Maya resumed refunds. 2 held refunds are being made.' },
    ]);
  });
});
