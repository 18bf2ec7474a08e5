import { clock, element, onSend, send, show, trouble } from './element.js';

const stranger = { phone: '+15559990000', customer: 'An unknown number', stories: [] };
const openers = ['Hi, I want to return something', 'Yes', 'Can I talk to a person?', 'STOP'];
const at = (id) => document.getElementById(id);

export function startPhone(chosen, render) {
  at('customer').addEventListener('change', (event) => {
    chosen.phone = event.target.value;
    render();
  });
  const text = (body) => send('/sandbox/text', { from: chosen.phone, body });
  onSend(at('text-form'), text);
  const sendPhoto = async (file) => {
    const picture = await smallJpeg(file).catch(() => undefined);
    if (!picture) return trouble('This browser cannot read that as a picture.');
    const field = at('text-body');
    const body = field.value.trim();
    field.value = '';
    return send('/sandbox/text', { from: chosen.phone, body, picture });
  };
  at('text-photo').addEventListener('change', ({ target }) => {
    const [file] = target.files;
    target.value = '';
    if (file) void sendPhoto(file);
  });
  at('openers').append(
    ...openers.map((body) =>
      element('button', { type: 'button', class: 'chip', click: () => text(body) }, body),
    ),
  );
}

/** As a phone sends it: in base64, and below what a message may weigh. */
async function smallJpeg(file) {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, 1024 / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.8).split(',')[1];
}

export function renderPhone(world, chosen) {
  const customers = [...customersOf(world.stories), stranger];
  chosen.phone ??= customers[0].phone;
  const customer = customers.find(({ phone }) => phone === chosen.phone) ?? stranger;
  show(at('customer'), customers, () =>
    customers.map(({ phone, customer: name }) =>
      element('option', { value: phone, selected: phone === chosen.phone }, `${name} · ${phone}`),
    ),
  );
  show(at('bought'), customer, () => [
    element('summary', {}, bought(customer)),
    element(
      'ul',
      {},
      customer.stories.map((story) =>
        element(
          'li',
          {},
          element('strong', {}, story.orderName),
          ` ${story.summary}`,
          element('span', { class: 'quiet' }, story.expect),
        ),
      ),
    ),
  ]);
  at('bought').hidden = customer.stories.length === 0;
  const texts = world.texts.filter(({ from, to }) => from === chosen.phone || to === chosen.phone);
  show(at('texts'), [chosen.phone, texts], () =>
    texts.length === 0 ? [element('p', { class: 'empty' }, empty(customer))] : texts.map(bubble),
  );
}

function bubble(text) {
  const mine = text.direction === 'inbound';
  const failed = text.status === 'failed';
  return element(
    'div',
    { class: `bubble ${mine ? 'mine' : 'theirs'}` },
    element('span', { class: 'visually-hidden' }, mine ? 'Customer: ' : 'Store: '),
    text.mediaCount > 0 && element('span', { class: 'attached' }, mine ? 'Photo' : 'Picture'),
    text.body,
    element(
      'span',
      { class: failed ? 'when failed' : 'when' },
      failed ? `not delivered (${text.errorCode})` : clock(text.createdAt),
    ),
  );
}

function customersOf(stories) {
  const withPhone = stories.filter(({ phone }) => phone);
  const byPhone = Object.groupBy(withPhone, ({ phone }) => phone);
  return Object.entries(byPhone).map(([phone, own]) => ({ phone, customer: own[0].customer, stories: own }));
}

function bought({ customer, stories }) {
  return `What ${customer.split(' ')[0]} bought (${stories.length})`;
}

function empty({ stories, customer }) {
  if (stories.length === 0) return 'The store does not know this number. What will it say about order 1001?';
  return `${customer.split(' ')[0]} has not texted yet. Start below: “I want to return my order ${stories[0].orderName.slice(1)}”.`;
}
