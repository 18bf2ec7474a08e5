import { element, send } from './element.js';

const dialog = document.getElementById('modal');
let shown = '';

/** The newest modal the program opened for this person. */
export function renderModal(world, chosen) {
  const modal = world.modals.findLast(({ user }) => user === chosen.user);
  const facts = modal ? JSON.stringify(modal) : '';
  if (facts === shown) return;
  const typed = readFields();
  shown = facts;
  if (!modal) return dialog.close();
  const close = () => send('/sandbox/modal/close', { user: modal.user, viewId: modal.id });
  fill(
    modal.view.title.text,
    modal.view.blocks.map((block) => field(block, modal, typed)),
    {
      confirm: modal.view.submit?.text,
      deny: modal.view.close?.text ?? 'Cancel',
      onConfirm: () => send('/sandbox/modal', { user: modal.user, viewId: modal.id, values: readFields() }),
      onDeny: close,
    },
  );
}

/** The question a button may ask before it is pressed. */
export function askFirst(confirm) {
  return new Promise((resolve) => {
    const finish = (answer) => {
      dialog.close();
      resolve(answer);
    };
    fill(confirm.title.text, [element('p', {}, confirm.text.text)], {
      confirm: confirm.confirm?.text ?? 'Yes',
      deny: confirm.deny?.text ?? 'No',
      onConfirm: () => finish(true),
      onDeny: () => finish(false),
    });
  });
}

function fill(title, content, { confirm, deny, onConfirm, onDeny }) {
  dialog.replaceChildren(
    element(
      'form',
      {
        submit: (event) => {
          event.preventDefault();
          onConfirm();
        },
      },
      element('h2', { id: 'modal-title' }, title),
      content,
      element(
        'div',
        { class: 'actions end' },
        element('button', { type: 'button', class: 'button', click: onDeny }, deny),
        confirm && element('button', { class: 'button primary' }, confirm),
      ),
    ),
  );
  dialog.oncancel = (event) => {
    event.preventDefault();
    onDeny();
  };
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('textarea, input, button.primary')?.focus();
}

function field(block, modal, typed) {
  if (block.type !== 'input') return element('p', {}, block.text?.text ?? '');
  const { action_id: id, multiline, max_length: maxlength, placeholder } = block.element;
  const isNumber = block.element.type === 'number_input';
  const input = element(multiline ? 'textarea' : 'input', {
    id: `field-${id}`,
    name: id,
    type: isNumber ? 'number' : undefined,
    min: block.element.min_value,
    max: block.element.max_value,
    rows: multiline ? 4 : undefined,
    maxlength,
    placeholder: placeholder?.text,
    required: !block.optional,
  });
  input.value = typed[id] ?? block.element.initial_value ?? '';
  const error = modal.errors[block.block_id];
  return element(
    'div',
    { class: 'field' },
    element('label', { for: `field-${id}` }, block.label.text),
    input,
    block.hint && element('p', { class: 'quiet' }, block.hint.text),
    error && element('p', { class: 'error', role: 'alert' }, error),
  );
}

function readFields() {
  const inputs = [...dialog.querySelectorAll('input, textarea')];
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]));
}
