/** A DOM element; `class`, `aria-*`, `data-*` and the like are attributes, functions are listeners. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return node;
}

/**
 * Puts new children in place when `facts` changed since the last time. Focus stays on the element with the
 * same `data-key`, open details stay open, and a list read to its end stays at its end.
 */
export function show(container, facts, build) {
  const seen = JSON.stringify(facts);
  if (container.seen === seen) return;
  const first = container.seen === undefined;
  container.seen = seen;
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const open = new Set([...container.querySelectorAll('details[open]')].map((node) => node.dataset.key));
  const atEnd = container.scrollHeight - container.scrollTop - container.clientHeight < 60;
  container.replaceChildren(...build().filter(Boolean));
  for (const node of container.querySelectorAll('details')) if (open.has(node.dataset.key)) node.open = true;
  if (focused) container.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  if (container.getAttribute('role') === 'log' && (first || atEnd))
    container.scrollTop = container.scrollHeight;
}

export function clock(instant) {
  return new Date(instant).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

export async function send(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  const answer = await response?.json().catch(() => undefined);
  if (!response) return trouble('The program is not running. Start it again and reload this page.');
  if (!response.ok) return trouble(answer?.error ?? 'That did not work.');
  const statuses = answer.events?.map((event) => event.status) ?? [answer.status ?? 200];
  const refused = statuses.find((status) => status < 200 || status > 299);
  return trouble(
    refused === undefined
      ? ''
      : refused === 0
        ? 'The program did not answer. What you sent is kept by the provider.'
        : `The program answered with an error (${refused}).`,
  );
}

export function trouble(message) {
  const place = document.getElementById('trouble');
  place.textContent = message;
  place.hidden = message === '';
}

/** Enter sends, Shift+Enter starts a new line. */
export function onSend(form, act) {
  const field = form.querySelector('textarea');
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.value = '';
    if (text !== '') act(text);
  });
}
