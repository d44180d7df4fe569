// Shows what is due by the server's clock, and says of how many tables: time passes without any news from the server.

import { serverNow } from './clock.js';
import { keepAttribute } from './htmx-setup.js';
import { drawn } from './live.js';

/** Look from now on, every second and after every swap. */
export function showWhenDue() {
  keepAttribute((element, attribute) => attribute === 'hidden' && element.matches('[data-after], [data-count]'));
  drawn.on(look);
  look();
  setInterval(look, 1000);
}

function look() {
  const now = serverNow();
  for (const one of all('[data-after]')) one.toggleAttribute('hidden', Date.parse(one.dataset.after ?? '') > now);
  const cues = all('#cues [data-tables]:not([hidden])');
  const tables = new Set(cues.flatMap((cue) => (cue.dataset.tables ?? '').split(' '))).size;
  for (const words of all('#cues [data-count]')) words.toggleAttribute('hidden', words.dataset.count !== String(tables));
}

/**
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function all(selector) {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);
}
