import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTwilioChannel } from '../../../src/adapters/twilio/twilio-channel.ts';
import { createTypingIndicator } from '../../../src/adapters/twilio/typing-indicator.ts';

const messagesUrl = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json';
const contentUrl = 'https://content.twilio.com/v1/Content';
const typingUrl = 'https://messaging.twilio.com/v2/Indicators/Typing.json';
const account = { accountSid: 'AC1', authToken: 'secret', apiUrl: 'https://api.twilio.com' };
const text = {
  key: '0190a0f0-0000-7000-8000-000000000001',
  to: 'whatsapp:+15551230001',
  body: 'I can refund $48.00.\nReply YES.',
  buttons: [{ title: 'Yes' }, { title: 'No' }],
};
const server = setupServer();

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const newChannel = () => createTwilioChannel({ ...account, sender: { from: 'whatsapp:+14155238886' } });

/** What was sent, and what was asked of the content API; `refuses` names the ContentSid that is not taken. */
function twilio({ contents = [] as object[], refuses = '', contentStatus = 200 } = {}) {
  const sent: Record<string, string>[] = [];
  const made: Record<string, unknown>[] = [];
  server.use(
    http.get(contentUrl, () => HttpResponse.json({ contents }, { status: contentStatus })),
    http.post(contentUrl, async ({ request }) => {
      made.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({ sid: `HX${made.length}` }, { status: 201 });
    }),
    http.post(messagesUrl, async ({ request }) => {
      const form = Object.fromEntries(new URLSearchParams(await request.text()));
      sent.push(form);
      return form.ContentSid && form.ContentSid === refuses
        ? HttpResponse.json({ code: 21656, message: '' }, { status: 400 })
        : HttpResponse.json({ sid: `SM${sent.length}` }, { status: 201 });
    }),
  );
  return { sent, made };
}

describe('a text with buttons', () => {
  it('goes out with a content made once, which carries our id of the text in each button', async () => {
    const { sent, made } = twilio();
    const channel = newChannel();
    for (const _ of [1, 2]) await channel.send(text);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      friendly_name: 'returns_agent_yes_no',
      types: {
        'twilio/quick-reply': {
          body: '{{1}}',
          actions: [
            { title: 'Yes', id: '1.{{2}}' },
            { title: 'No', id: '2.{{2}}' },
          ],
        },
      },
    });
    expect(JSON.parse(sent[1]?.ContentVariables ?? '')).toEqual({ 1: text.body, 2: text.key });
  });

  it('uses the content that another process made', async () => {
    const { sent, made } = twilio({ contents: [{ sid: 'HX7', friendly_name: 'returns_agent_yes_no' }] });
    await newChannel().send(text);
    expect([sent[0]?.ContentSid, made]).toEqual(['HX7', []]);
  });

  it('fills a list with what there is to choose from, and keeps that out of the content', async () => {
    const { sent, made } = twilio();
    const buttons = [
      { title: '#1001', detail: '1 x Shirt' },
      { title: '#1002', detail: `1 x ${'Desk '.repeat(30)}` },
    ];
    await newChannel().send({ ...text, buttons });
    expect(JSON.stringify(made)).not.toContain('1001');
    const variables = JSON.parse(sent[0]?.ContentVariables ?? '') as Record<string, string>;
    expect([variables[3], variables[4], variables[5], variables[6]?.length]).toEqual([
      '#1001',
      '1 x Shirt',
      '#1002',
      72,
    ]);
  });

  it.each([
    ['the content API is not there', { contentStatus: 404 }, {}],
    ['the content API fails', { contentStatus: 503 }, {}],
    ['Twilio does not take the content', { refuses: 'HX1' }, {}],
    ['it is too long for them', {}, { body: 'x'.repeat(1025) }],
    ['there are too many', {}, { buttons: ['a', 'b', 'c', 'd'].map((title) => ({ title })) }],
    ['a title is too long', {}, { buttons: [{ title: 'x'.repeat(21) }] }],
  ])('goes out without them where %s', async (_, how, change) => {
    const { sent } = twilio(how);
    const changed = { ...text, ...change };
    expect(await newChannel().send(changed)).toMatchObject({ kind: 'accepted' });
    expect(sent.at(-1)).toMatchObject({ Body: changed.body });
    expect(sent.at(-1)).not.toHaveProperty('ContentSid');
  });

  it('is not held up by a content API that was away a moment ago', async () => {
    const { sent } = twilio({ contentStatus: 500 });
    const channel = newChannel();
    await channel.send(text);
    server.use(http.get(contentUrl, () => Promise.reject(new Error('asked again'))));
    await channel.send(text);
    expect(sent).toHaveLength(2);
  });
});

describe('the typing indicator', () => {
  const sid = `SM${'a'.repeat(32)}`;

  it('is asked for by the id of the message', async () => {
    const asked: string[] = [];
    server.use(
      http.post(typingUrl, async ({ request }) => {
        asked.push(await request.text());
        return HttpResponse.json({ success: true });
      }),
    );
    const show = createTypingIndicator(account);
    await show(sid);
    await show('not-an-id');
    expect(asked).toEqual([`messageId=${sid}&channel=whatsapp`]);
  });

  it.each([400, 404, 401, 500])('is let be for a while after a %i, and never fails', async (status) => {
    let asked = 0;
    server.use(
      http.post(typingUrl, () => {
        asked += 1;
        return HttpResponse.json({ code: 20001 }, { status });
      }),
    );
    const show = createTypingIndicator(account);
    for (const _ of [1, 2]) await show(sid);
    expect(asked).toBe(1);
  });
});
