import type { World } from './control-view.ts';

type Input = Readonly<Record<string, unknown>>;
export type Gesture = (input: Input) => Promise<unknown>;

/** What people do in the outside world, by the path a page or a script sends it to. */
export function createGestures({ phones, workspace }: World): Readonly<Record<string, Gesture>> {
  return {
    '/sandbox/text': async (input) =>
      phones.receiveText({ from: phoneNumber(input), body: text(input, 'body', 1600) }),
    '/sandbox/click': async (input) =>
      workspace.click({
        ...where(input),
        actionId: text(input, 'actionId'),
        value: optional(input, 'value'),
      }),
    '/sandbox/modal': async (input) =>
      workspace.submitModal({
        user: text(input, 'user'),
        viewId: text(input, 'viewId'),
        values: textValues(input.values),
      }),
    '/sandbox/modal/close': async (input) => {
      workspace.closeModal(text(input, 'user'), text(input, 'viewId'));
      return {};
    },
    '/sandbox/say': async (input) =>
      workspace.say({
        user: text(input, 'user'),
        channel: text(input, 'channel'),
        text: text(input, 'text', 4000),
        threadTs: optional(input, 'threadTs'),
      }),
    '/sandbox/edit': async (input) => workspace.edit({ ...where(input), text: text(input, 'text', 4000) }),
    '/sandbox/remove': async (input) => workspace.remove(where(input)),
    '/sandbox/command': async (input) =>
      workspace.command({
        user: text(input, 'user'),
        channel: text(input, 'channel'),
        command: text(input, 'command'),
        text: optional(input, 'text') ?? '',
      }),
    '/sandbox/shortcut': async (input) =>
      workspace.shortcut({ ...where(input), callbackId: text(input, 'callbackId') }),
    '/sandbox/home': async (input) =>
      workspace.openHome(text(input, 'user'), input.tab === 'messages' ? 'messages' : 'home'),
    '/sandbox/home/click': async (input) =>
      workspace.clickHome({
        user: text(input, 'user'),
        actionId: text(input, 'actionId'),
        value: optional(input, 'value'),
      }),
  };
}

function where(input: Input) {
  return { user: text(input, 'user'), channel: text(input, 'channel'), ts: text(input, 'ts') };
}

function text(input: Input, name: string, max = 255): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is missing`);
  if (value.length > max) throw new Error(`${name} is longer than ${max} characters`);
  return value;
}

function optional(input: Input, name: string): string | undefined {
  return typeof input[name] === 'string' && input[name] !== '' ? text(input, name, 4000) : undefined;
}

function phoneNumber(input: Input): string {
  const value = text(input, 'from');
  if (!/^(whatsapp:)?\+[1-9]\d{6,14}$/.test(value)) throw new Error('from must look like +15551230001');
  return value;
}

function textValues(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}
