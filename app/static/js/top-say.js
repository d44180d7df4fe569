// What somebody does to the top places is said aloud to them: where the statement stands now, or that it is out.

import { drawn } from './live.js';
import { filled } from './words.js';

const SAID = 6000;

/** What was moved here, and where it stood until then. @type {{id: string, from: string | undefined} | null} */
let moved = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** Say every place from now on. */
export function sayPlaces() {
  document.addEventListener('submit', noted, { capture: true });
  drawn.on(say);
}

/** @param {SubmitEvent} event */
function noted(event) {
  const form = event.target instanceof HTMLFormElement && event.target.closest('#places, #sorted') ? event.target : null;
  const id = form?.querySelector('[name=statement]')?.getAttribute('value');
  if (id) moved = { id, from: placeOf(id) };
}

function say() {
  const line = document.querySelector('#places > [data-say]');
  if (!moved || !(line instanceof HTMLElement) || placeOf(moved.id) === moved.from) return;
  const { id } = moved;
  const place = placeOf(id);
  const statement = document.getElementById(`${place ? 'words' : 'sorted'}-${id}`)?.textContent ?? '';
  const { saidPlace, saidOut, count = '' } = line.dataset;
  line.textContent = filled(place ? saidPlace : saidOut, { statement, place: place ?? '', count });
  moved = null;
  clearTimeout(saying);
  saying = setTimeout(() => (line.textContent = ''), SAID);
}

/**
 * @param {string} id
 * @returns {string | undefined}
 */
function placeOf(id) {
  return document.querySelector(`#places #statement-${CSS.escape(id)}`)?.getAttribute('data-place') ?? undefined;
}
