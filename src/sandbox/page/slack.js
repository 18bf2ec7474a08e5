import { renderBlock, renderMrkdwn } from './blocks.js';
import { element, onSend, send, show } from './element.js';
import { renderModal } from './modal.js';

const at = (id) => document.getElementById(id);
let redraw;

export function startSlack(chosen, render) {
  redraw = render;
  onSend(at('say-form'), (text) =>
    send('/sandbox/say', {
      user: chosen.user,
      channel: chosen.channel,
      text: text.replaceAll(/@returns\b/gi, '<@UBOT00005>'),
      threadTs: chosen.threadTs,
    }),
  );
}

export function renderSlack(world, chosen) {
  chosen.channel ??= world.channels[0].id;
  show(at('people'), [world.people, chosen.user], () => [
    element('legend', { class: 'visually-hidden' }, 'Act as'),
    ...world.people.map((person) => personChoice(person, chosen)),
  ]);
  const waiting = (channel) =>
    world.messages.filter((message) => message.channel === channel && hasButtons(message)).length;
  show(at('channels'), [world.channels.map(({ id }) => waiting(id)), chosen.channel], () =>
    world.channels.map((channel) => channelTab(channel, waiting(channel.id), chosen)),
  );
  const own = world.ephemerals.filter(({ ephemeralFor }) => ephemeralFor === chosen.user);
  const here = [...world.messages, ...own].filter(({ channel }) => channel === chosen.channel);
  show(at('messages'), [here, chosen.user, chosen.threadTs], () => threads(here, world, chosen));
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
  const name = world.channels.find(({ id }) => id === chosen.channel).name;
  at('say-text').placeholder = root ? 'Reply in thread' : `#${name} (@Returns asks the bot)`;
  renderModal(world, chosen);
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
    `# ${name}`,
    waiting > 0 && element('span', { class: 'count', title: `${waiting} waiting` }, String(waiting)),
  );
}

function threads(messages, world, chosen) {
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
  const press = (actionId) =>
    send('/sandbox/click', { user: chosen.user, channel: message.channel, ts: message.ts, actionId });
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
    ),
  );
}

function hasButtons({ blocks }) {
  return blocks.some(({ type }) => type === 'actions');
}
