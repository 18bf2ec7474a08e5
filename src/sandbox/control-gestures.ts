import type { World } from './control-view.ts';

type Input = Readonly<Record<string, unknown>>;
export type Gesture = (input: Input) => Promise<unknown>;

/** What people do in the outside world, by the path a page or a script sends it to. */
export function createGestures({ shop, phones, workspace }: World): Readonly<Record<string, Gesture>> {
  return {
    '/sandbox/text': async (input) =>
      phones.receiveText({
        from: phoneNumber(input),
        ...(input.picture === undefined
          ? { body: text(input, 'body', 1600) }
          : { body: optional(input, 'body') ?? '', media: [picture(input)] }),
      }),
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
    /** The warehouse opens what came back of this order, all of it or pieces, and the shop says so. */
    '/sandbox/parcel': async (input) => {
      const orderName = text(input, 'order');
      const lines = Array.isArray(input.lines) ? input.lines.map(arrivedPieces) : undefined;
      const id = shop.parcelArrives(orderName, lines);
      const told = await shop.sendWebhook({ topic: 'returns/update', orderName });
      return { return: id, status: told.status };
    },
    '/sandbox/webhook': async (input) => {
      const sent = { topic: text(input, 'topic'), orderName: text(input, 'order') };
      const { status } = await shop.sendWebhook(sent);
      return { status };
    },
    '/sandbox/store-credit': async (input) => {
      shop.switchStoreCredit(input.on === true);
      return {};
    },
    '/sandbox/stock': async (input) => {
      shop.setStock(text(input, 'variant'), wholeNumber(input.stock, 'stock'));
      return {};
    },
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

/** In base64, below the megabyte a request may have. */
function picture(input: Input) {
  return { contentType: 'image/jpeg', data: Buffer.from(text(input, 'picture', 900_000), 'base64') };
}

function optional(input: Input, name: string): string | undefined {
  return typeof input[name] === 'string' && input[name] !== '' ? text(input, name, 4000) : undefined;
}

function phoneNumber(input: Input): string {
  const value = text(input, 'from');
  if (!/^(whatsapp:)?\+[1-9]\d{6,14}$/.test(value)) throw new Error('from must look like +15551230001');
  return value;
}

function arrivedPieces(value: unknown): { readonly line: string; readonly quantity: number } {
  const piece = Object(value) as Input;
  return { line: text(piece, 'line'), quantity: wholeNumber(piece.quantity, 'quantity') };
}

function wholeNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 100_000) return value;
  throw new Error(`${name} must be a whole number`);
}

function textValues(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}
