import { renderBlock, renderMrkdwn } from './blocks.js';
import { element, onSend, send, show } from './element.js';
import { renderModal } from './modal.js';

const at = (id) => document.getElementById(id);
let redraw;

export function startSlack(chosen, render) {
  redraw = render;
  onSend(at('say-form'), (text) => {
    const { user, channel, threadTs } = chosen;
    const [, command, rest] = /^(\/\w+)\s*(.*)$/s.exec(text) ?? [];
    if (command) return send('/sandbox/command', { user, channel, command, text: rest });
    const mentioned = text.replaceAll(/@returns\b/gi, '<@UBOT00005>');
    return send('/sandbox/say', { user, channel, text: mentioned, threadTs });
  });
}

export function renderSlack(world, chosen) {
  chosen.channel ??= world.channels[0].id;
  const direct = world.directChannels[chosen.user];
  // Direct messages are one person's own.
  if (chosen.channel.startsWith('D')) chosen.channel = direct;
  const places = [...world.channels, { id: direct, name: 'Returns' }];
  show(at('people'), [world.people, chosen.user], () => [
    element('legend', { class: 'visually-hidden' }, 'Act as'),
    ...world.people.map((person) => personChoice(person, chosen)),
  ]);
  const waiting = ({ id, approvals }) =>
    approvals ? world.messages.filter((message) => message.channel === id && hasButtons(message)).length : 0;
  show(at('channels'), [places.map((place) => [place.id, waiting(place)]), chosen.channel], () =>
    places.map((place) => channelTab(place, waiting(place), chosen)),
  );
  const own = world.ephemerals.filter(({ ephemeralFor }) => ephemeralFor === chosen.user);
  const here = [...world.messages, ...own].filter(({ channel }) => channel === chosen.channel);
  const working = world.working.filter(({ channel }) => channel === chosen.channel);
  const home = chosen.channel === direct && world.homes.find(({ user }) => user === chosen.user);
  show(at('messages'), [here, home, working, chosen.user, chosen.channel, chosen.threadTs], () => [
    chosen.channel === direct && homeNode(home, world, chosen),
    ...threads(here, working, world, chosen),
  ]);
  const root = here.find(({ ts }) => ts === chosen.threadTs);
  if (!root) chosen.threadTs = undefined;
  show(at('thread'), root?.ts ?? '', () => [
    'Replying in a thread ',
    element(
      'button',
      { type: 'button', class: 'link', click: () => choose(chosen, { threadTs: undefined }) },
      'Leave',
    ),
  ]);
  at('thread').hidden = !root;
  at('say-text').placeholder = root ? 'Reply in thread' : invitation(chosen.channel, places);
  renderModal(world, chosen);
}

function invitation(channel, places) {
  if (channel.startsWith('D')) return 'Message Returns';
  return `#${places.find(({ id }) => id === channel).name} (@Returns asks the bot)`;
}

function choose(chosen, change) {
  Object.assign(chosen, change);
  redraw();
}

function personChoice(person, chosen) {
  const role = person.kind === 'guest' ? 'guest' : person.approves ? 'approver' : 'staff';
  return element(
    'label',
    { title: `${person.name}, ${person.title.toLowerCase()} (${role})` },
    element('input', {
      type: 'radio',
      name: 'person',
      value: person.id,
      checked: person.id === chosen.user,
      'data-key': person.id,
      change: () => choose(chosen, { user: person.id }),
    }),
    element('span', {}, person.name.split(' ')[0], element('small', {}, role)),
  );
}

function channelTab({ id, name }, waiting, chosen) {
  return element(
    'button',
    {
      type: 'button',
      role: 'tab',
      'aria-selected': String(id === chosen.channel),
      'aria-controls': 'messages',
      'data-key': id,
      click: () => choose(chosen, { channel: id, threadTs: undefined }),
    },
    id.startsWith('D') ? `@ ${name}` : `# ${name}`,
    waiting > 0 && element('span', { class: 'count', title: `${waiting} waiting` }, String(waiting)),
  );
}

/** Opening it tells the program, which shows what there is now. */
function homeNode(home, world, chosen) {
  const { user } = chosen;
  const press = (actionId, value) => send('/sandbox/home/click', { user, actionId, value });
  return element(
    'details',
    { class: 'home', 'data-key': `home-${user}` },
    element('summary', { click: () => send('/sandbox/home', { user, tab: 'home' }) }, 'Home'),
    home &&
      element(
        'div',
        { class: 'blocks' },
        home.view.blocks.map((block) => renderBlock(block, world, press, home.id)),
      ),
  );
}

function threads(messages, working, world, chosen) {
  if (messages.length === 0) return [element('p', { class: 'empty' }, 'Nothing here yet.')];
  const ordered = messages.toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
  const roots = ordered.filter(({ threadTs, ts }) => !threadTs || threadTs === ts);
  return roots.map((root) => {
    const replies = ordered.filter(({ threadTs, ts }) => threadTs === root.ts && ts !== root.ts);
    return element(
      'div',
      { class: root.ts === chosen.threadTs ? 'thread chosen' : 'thread' },
      messageNode(root, world, chosen),
      replies.length > 0 &&
        element(
          'div',
          { class: 'replies' },
          replies.map((reply) => messageNode(reply, world, chosen)),
        ),
      working
        .filter(({ threadTs }) => threadTs === root.ts)
        .map(({ status }) => element('p', { class: 'quiet', role: 'status' }, `Returns ${status}`)),
      !root.ephemeralFor &&
        element(
          'button',
          {
            type: 'button',
            class: 'link',
            'data-key': `reply-${root.ts}`,
            click: () => {
              choose(chosen, { threadTs: root.ts });
              at('say-text').focus();
            },
          },
          'Reply in thread',
        ),
    );
  });
}

function messageNode(message, world, chosen) {
  const name = world.everyone[message.user] ?? message.user;
  const { channel, ts } = message;
  const press = (actionId, value) =>
    send('/sandbox/click', { user: chosen.user, channel, ts, actionId, value });
  return element(
    'article',
    { class: message.ephemeralFor ? 'message ephemeral' : 'message' },
    element('span', { class: `avatar ${message.user}`, 'aria-hidden': 'true' }, name[0]),
    element(
      'div',
      { class: 'content' },
      element(
        'p',
        { class: 'by' },
        element('strong', {}, name),
        message.user.startsWith('UBOT') && element('span', { class: 'app' }, 'app'),
        element(
          'time',
          {},
          new Date(Number(message.ts) * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
        ),
        message.editedTs && element('span', { class: 'quiet' }, '(edited)'),
      ),
      message.ephemeralFor && element('p', { class: 'quiet' }, 'Only visible to you'),
      message.blocks.length > 0
        ? element(
            'div',
            { class: 'blocks' },
            message.blocks.map((block) => renderBlock(block, world, press, message.ts)),
          )
        : element('div', { class: 'text' }, renderMrkdwn(message.text, world)),
      message.files?.map(({ id, title }) =>
        element('img', { class: 'shared', src: `/sandbox/files/${id}`, alt: title }),
      ),
      isForCustomer(message, world) &&
        element(
          'button',
          {
            type: 'button',
            class: 'link',
            'data-key': `send-${ts}`,
            click: () =>
              send('/sandbox/shortcut', { user: chosen.user, channel, ts, callbackId: 'send_to_customer' }),
          },
          'Send to customer…',
        ),
    ),
  );
}

/** What the entry in a message's menu is for: words of a colleague where a customer was handed to people. */
function isForCustomer({ channel, user, ephemeralFor }, world) {
  const isSupport = world.channels.some(({ id, support }) => id === channel && support);
  return isSupport && !ephemeralFor && !user.startsWith('UBOT');
}

function hasButtons({ blocks }) {
  return blocks.some(({ type }) => type === 'actions');
}
