import { randomBytes } from 'node:crypto';
import type { PhoneButton, PhoneContent, PhoneState } from './phone-network-state.ts';
import { json, type StandInAnswer, type StandInRequest } from './server.ts';

export const contentPath = '/v1/Content';
export const typingPath = '/v2/Indicators/Typing.json';

/** The Content API, as far as texts with buttons need it. */
export function answerContent(state: PhoneState, request: StandInRequest): StandInAnswer {
  const contents = state.contents ?? [];
  if (request.method === 'GET') {
    return json(200, { contents, meta: { page: 0, page_size: 500, next_page_url: null, key: 'contents' } });
  }
  const asked = JSON.parse(String(request.rawBody)) as Partial<PhoneContent>;
  const actions =
    asked.types?.['twilio/quick-reply']?.actions ?? asked.types?.['twilio/list-picker']?.items ?? [];
  const isRight = asked.friendly_name && asked.language && actions.length > 0 && actions.length <= 10;
  if (!isRight || actions.some((each) => 'title' in each && each.title.length > 20)) {
    return json(400, { code: 20001, message: 'Invalid content', status: 400 });
  }
  const content = { ...asked, sid: `HX${randomBytes(16).toString('hex')}` } as PhoneContent;
  state.contents = [...contents, content];
  return json(201, content);
}

export function answerTyping(state: PhoneState, form: URLSearchParams): StandInAnswer {
  const [messageId = '', channel] = [form.get('messageId') ?? '', form.get('channel')];
  const isTheirs = state.messages.some(({ sid, from }) => sid === messageId && from.startsWith('whatsapp:'));
  if (channel !== 'whatsapp' || !isTheirs) return json(400, { code: 20001, message: 'Invalid', status: 400 });
  state.read = [...(state.read ?? []), messageId];
  return json(200, { success: true });
}

export type Rendered = {
  readonly body: string;
  readonly buttons: readonly PhoneButton[];
  readonly isList: boolean;
};

/** Any id we did not make is a template that WhatsApp has approved: `{{1}}` and nothing else. */
export function render(state: PhoneState, form: URLSearchParams): Rendered | 'invalid' {
  let variables: Readonly<Record<string, unknown>>;
  try {
    variables = JSON.parse(form.get('ContentVariables') ?? '{}') as Readonly<Record<string, unknown>>;
  } catch {
    return 'invalid';
  }
  const fill = (text: string) =>
    text.replace(/\{\{(\d+)\}\}/g, (_, name: string) => String(variables[name] ?? ''));
  const types = contentOf(state, form)?.types;
  const [reply, list] = [types?.['twilio/quick-reply'], types?.['twilio/list-picker']];
  const shown = reply?.actions ?? list?.items.map(({ id, item }) => ({ id, title: item })) ?? [];
  return {
    body: fill(reply?.body ?? list?.body ?? '{{1}}'),
    buttons: shown.map(({ title, id }) => ({ title: fill(title), id: fill(id) })),
    isList: list !== undefined,
  };
}

/** What WhatsApp finds wrong with a text after Twilio has taken it. */
export function whyUndelivered(
  state: PhoneState,
  form: URLSearchParams,
  isWindowClosed: boolean,
): number | undefined {
  if (!form.get('To')?.startsWith('whatsapp:')) return undefined;
  const isApproved = form.has('ContentSid') && contentOf(state, form) === undefined;
  if (!isApproved) {
    if (isWindowClosed) return 63016;
    const shown = form.has('ContentSid') ? render(state, form) : undefined;
    return shown &&
      shown !== 'invalid' &&
      (state.refusesButtons ||
        shown.buttons.length > (shown.isList ? 10 : 3) ||
        shown.body.length > 1024 ||
        shown.buttons.some(({ title }) => title.length > 24))
      ? 63021
      : undefined;
  }
  const rendered = render(state, form);
  const text = rendered === 'invalid' ? '' : rendered.body;
  return text === '' || text.length > 1024 || /[\n\t]| {5}/.test(text) ? 63021 : undefined;
}

function contentOf(state: PhoneState, form: URLSearchParams): PhoneContent | undefined {
  return state.contents?.find(({ sid }) => sid === form.get('ContentSid'));
}
