import { element } from './element.js';
import { askFirst } from './modal.js';

/** One block of a message, from the very JSON the program sent. */
export function renderBlock(block, world, press, key) {
  switch (block.type) {
    case 'header':
      return element('h3', {}, block.text.text);
    case 'divider':
      return element('hr');
    case 'section':
      return element(
        'div',
        { class: 'section' },
        element(
          'div',
          {},
          block.text && element('div', { class: 'text' }, renderText(block.text, world)),
          block.fields &&
            element(
              'div',
              { class: 'fields' },
              block.fields.map((field) => element('div', { class: 'text' }, renderText(field, world))),
            ),
        ),
        block.accessory && renderButton(block.accessory, press, key),
      );
    case 'context':
      return element(
        'div',
        { class: 'context' },
        block.elements.map((each) => element('span', {}, renderText(each, world))),
      );
    case 'actions':
      return element(
        'div',
        { class: 'actions' },
        block.elements.map((each) => renderButton(each, press, key)),
      );
    case 'table':
      return element(
        'table',
        {},
        block.rows.map((row) =>
          element(
            'tr',
            {},
            row.map((cell) => element('td', {}, cell.text ?? String(cell.value ?? ''))),
          ),
        ),
      );
    case 'markdown':
      return element('div', { class: 'text' }, block.text);
    default:
      return element('div', { class: 'quiet' }, `(${block.type})`);
  }
}

function renderButton(button, press, key) {
  if (button.type !== 'button') return element('span', { class: 'quiet' }, `(${button.type})`);
  if (button.url)
    return element('a', { class: 'button', href: button.url, rel: 'noreferrer' }, button.text.text);
  return element(
    'button',
    {
      type: 'button',
      class: `button ${button.style ?? ''}`,
      'data-key': `${key}-${button.action_id}-${button.value ?? ''}`,
      click: async () => {
        if (!button.confirm || (await askFirst(button.confirm))) press(button.action_id, button.value);
      },
    },
    button.text.text,
  );
}

function renderText(text, world) {
  return text.type === 'mrkdwn' ? renderMrkdwn(text.text, world) : [text.text ?? text.alt_text ?? ''];
}

// Slack's mark-up: <…> for links, people and dates, then code, bold, italic and strike-through.
const markup = /<([^<>]+)>|`([^`\n]+)`|\*([^*\n]+)\*|\b_([^_\n]+)_\b|~([^~\n]+)~/g;

export function renderMrkdwn(text, world) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(markup)) {
    nodes.push(plain(text.slice(end, match.index)));
    end = match.index + match[0].length;
    const [, angle, code, bold, italic, strike] = match;
    if (angle !== undefined) nodes.push(reference(angle, world));
    else if (code !== undefined) nodes.push(element('code', {}, plain(code)));
    else if (bold !== undefined) nodes.push(element('strong', {}, renderMrkdwn(bold, world)));
    else if (italic !== undefined) nodes.push(element('em', {}, renderMrkdwn(italic, world)));
    else nodes.push(element('s', {}, renderMrkdwn(strike, world)));
  }
  return [...nodes, plain(text.slice(end))];
}

function reference(angle, world) {
  const [target, label] = angle.split('|');
  if (target.startsWith('@')) {
    const name = world.everyone[target.slice(1)]?.split(' ')[0] ?? target.slice(1);
    return element('span', { class: 'mention' }, `@${name}`);
  }
  if (target.startsWith('#')) return element('span', { class: 'mention' }, `#${label ?? target.slice(1)}`);
  if (target.startsWith('!date^')) return element('time', {}, date(target, label));
  if (target.startsWith('!')) return element('span', { class: 'mention' }, `@${target.slice(1)}`);
  if (!/^(https?|mailto):/.test(target)) return plain(`<${angle}>`);
  return element('a', { href: plain(target), rel: 'noreferrer', target: '_blank' }, plain(label ?? target));
}

function date(target, fallback) {
  const instant = new Date(Number(target.split('^')[1]) * 1000);
  if (Number.isNaN(instant.getTime())) return fallback ?? '';
  return instant.toLocaleString([], { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

function plain(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
