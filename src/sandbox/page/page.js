import { trouble } from './element.js';
import { renderPhone, startPhone } from './phone.js';
import { renderShop } from './shop.js';
import { renderSlack, startSlack } from './slack.js';

const chosen = { phone: undefined, user: 'UMAYA0001', channel: undefined, threadTs: undefined };
let world;
let loading = false;
let stale = false;

function render() {
  if (!world) return;
  renderPhone(world, chosen);
  renderSlack(world, chosen);
  renderShop(world, chosen);
}

async function load() {
  if (loading) {
    stale = true;
    return;
  }
  loading = true;
  do {
    stale = false;
    const response = await fetch('/sandbox/state').catch(() => undefined);
    if (response?.ok) world = await response.json();
    else trouble('The program is not running. Start it again; this page reconnects by itself.');
  } while (stale);
  loading = false;
  render();
}

/** One panel at a time where there is no room for three. */
function showPanel() {
  const wanted = ['phone', 'slack', 'shop'].find((id) => location.hash === `#${id}`) ?? 'phone';
  document.body.dataset.panel = wanted;
  for (const link of document.querySelectorAll('.tabs a')) {
    if (link.hash === `#${wanted}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  scrollTo(0, 0);
}

startPhone(chosen, render);
startSlack(chosen, render);
addEventListener('hashchange', showPanel);
showPanel();
const events = new EventSource('/sandbox/events');
events.addEventListener('message', () => void load());
events.addEventListener('open', () => {
  trouble('');
  void load();
});
events.addEventListener('error', () => trouble('The program is not answering; trying again.'));
void load();
