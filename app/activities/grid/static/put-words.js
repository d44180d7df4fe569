// "Put into the text": a button's words go into the shared text as if they had been typed there, on a line of their own.

import { drawn } from '../../../static/js/live.js';
import { filled } from '../../../static/js/words.js';

const SAID = 6000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** Put words from now on. */
export function offerPutting() {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-put]') : null;
    const area = document.getElementById(button?.getAttribute('data-into') ?? '');
    if (button && area instanceof HTMLTextAreaElement && !area.readOnly) put(area, button.getAttribute('data-put') ?? '');
    const left = target instanceof Element ? target.closest('[data-put-away]') : null;
    if (left) document.getElementById(left.getAttribute('data-put-away') ?? '')?.toggleAttribute('hidden', true);
  });
  document.addEventListener('input', ({ target }) => mark(target));
  document.addEventListener('concord:text', ({ target }) => mark(target));
  drawn.on(() => document.querySelectorAll('textarea[data-text]').forEach(mark));
}

/**
 * Mark the buttons whose words stand in a text already; they can be put there again all the same.
 * @param {EventTarget | null} area
 */
function mark(area) {
  if (!(area instanceof HTMLTextAreaElement)) return;
  for (const button of document.querySelectorAll(`[data-put][data-into="${CSS.escape(area.id)}"]`)) {
    const isIn = area.value.includes(button.getAttribute('data-put') ?? '');
    if (button.hasAttribute('data-in') !== isIn) button.toggleAttribute('data-in', isIn);
  }
}

/**
 * Put words at the end of the line that somebody was in, or at the end of all.
 * @param {HTMLTextAreaElement} area
 * @param {string} words
 */
function put(area, words) {
  const text = area.value;
  const isIn = area.selectionEnd > 0 && area.selectionEnd < text.length;
  const end = isIn ? text.indexOf('\n', area.selectionEnd) : -1;
  const at = end < 0 ? text.length : end;
  const before = text.slice(0, at);
  area.setRangeText(before && !before.endsWith('\n') ? `\n${words}` : words, at, at, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
  say(area, words);
}

/**
 * Say it aloud: the text is elsewhere on the page.
 * @param {HTMLTextAreaElement} area
 * @param {string} words
 */
function say(area, words) {
  const line = document.querySelector(`[data-say][data-said-of="${CSS.escape(area.id)}"]`);
  if (!(line instanceof HTMLElement)) return;
  line.textContent = filled(line.dataset.words, { words });
  clearTimeout(saying);
  saying = setTimeout(() => (line.textContent = ''), SAID);
}
