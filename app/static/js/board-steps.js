// Moving a statement of the board by steps: its buttons, and Alt with the arrows, Home and End.
// Law: two taps are two steps, however late the first one's answer is, and the second meets the same statement.

import { board, placeSoon, placesOf, sendTo } from './board-place.js';
import { drawn } from './live.js';

/** After this an answer is so late that the page may have been scrolled. */
const STEADY = 1500;

/** What was pressed, where it stood on the screen, and when. @type {{find: string, top: number, at: number, byKey: boolean} | null} */
let pressed = null;

/** Listen for steps from now on. */
export function offerSteps() {
  document.addEventListener('click', clicked, { capture: true });
  document.addEventListener('keydown', keyed);
  drawn.on(keepSteady);
}

/** @param {MouseEvent} event */
function clicked(event) {
  const button = event.target instanceof Element ? event.target.closest('#board button, #undo button') : null;
  if (!(button instanceof HTMLButtonElement)) return;
  if (button.getAttribute('aria-disabled') === 'true') {
    event.preventDefault();
    return;
  }
  const item = button.closest('[data-statement]');
  const id = item?.getAttribute('data-statement');
  if (id && button.dataset.step) button.value = String(within((placeSoon(id) ?? 0) + Number(button.dataset.step)));
  const find = button.dataset.testid ? `[data-testid="${button.dataset.testid}"]` : placeTapped(button);
  if (find) remember(find, button, event.detail === 0);
}

/**
 * What is put on a tapped place will stand where the tap was.
 * @param {HTMLElement} button
 */
function placeTapped(button) {
  const place = button.closest('[data-place]')?.getAttribute('data-place');
  return place ? `#board [data-place="${place}"] button` : '';
}

/** @param {KeyboardEvent} event */
function keyed(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
  const id = event.target.closest('#board [data-statement]')?.getAttribute('data-statement');
  const to = id ? target(event.key, placeSoon(id)) : undefined;
  if (!id || to === undefined) return;
  event.preventDefault();
  if (to === placeSoon(id)) return;
  remember(`#statement-${CSS.escape(id)} [data-pick]`, event.target, true);
  sendTo(id, to);
}

/**
 * Say where a key sends a statement; one from the tray comes up onto the lowest free place.
 * @param {string} key
 * @param {import('./board-place.js').Place} from
 * @returns {number | undefined}
 */
function target(key, from) {
  if (key === 'Home') return 1;
  if (key === 'End') return placesOf();
  if (key === 'ArrowUp') return from ? within(from - 1) : lowestFree();
  return key === 'ArrowDown' && from ? within(from + 1) : undefined;
}

/** @returns {number | undefined} */
function lowestFree() {
  const free = [...(board()?.querySelectorAll('[data-free]') ?? [])].at(-1)?.closest('[data-place]');
  return Number(free?.getAttribute('data-place')) || undefined;
}

/** @param {number} place */
function within(place) {
  return Math.min(Math.max(place, 1), placesOf());
}

/**
 * @param {string} find
 * @param {Element} element
 * @param {boolean} byKey
 */
function remember(find, element, byKey) {
  pressed = { find, top: element.getBoundingClientRect().top, at: Date.now(), byKey };
}

function keepSteady() {
  if (!pressed || !board()) return;
  const { find, top, at, byKey } = pressed;
  const element = document.querySelector(find);
  if (Date.now() - at > STEADY || !element) pressed = null;
  else if (byKey) element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  else window.scrollBy({ top: element.getBoundingClientRect().top - top, behavior: 'instant' });
}
