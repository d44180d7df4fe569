// Picking a statement of the board up and putting it down: a tap on it, then a tap on its place.
// Law: what is in hand stays in hand over every swap and every refusal, unless somebody else moved it: then that is said.

import { board, isOnItsWay, placeOf, placeSoon, sendTo, statement } from './board-place.js';
import { drawn } from './live.js';
import { changed } from './outbox.js';
import { filled, write } from './words.js';

/** @typedef {import('./board-place.js').Place} Place */
/** @typedef {{id: string, from: Place}} Held */
/** @typedef {{id: string, from: Place, to: Place}} Way */

const SAID = 6000;

/** What is in hand, and where it stood. @type {Held | null} */
let hand = null;
/** What was put on a place and has not arrived. @type {Way | null} */
let going = null;
/** The phase in which it was picked up. @type {string | undefined} */
let phase;
/** A sentence to be seen until the next tap. */
let told = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** Let statements be picked up from now on. */
export function offerHand() {
  document.addEventListener('click', clicked);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hand && putDown());
  document.addEventListener('scroll', showHand, { passive: true });
  phase = board()?.dataset.phase;
  drawn.on(follow);
  changed.on(follow);
}

/** @param {MouseEvent} event */
function clicked(event) {
  const button = event.target instanceof Element ? event.target.closest('#board button') : null;
  if (told) tell('');
  if (!(button instanceof HTMLElement)) return;
  const item = /** @type {HTMLElement | null} */ (button.closest('[data-statement], [data-place]'));
  if (button.matches('[data-put-down]')) putDown();
  else if (button.matches('[data-to-tray]')) putOn(null);
  else if (item && button.matches('[data-free]')) putOn(Number(item.dataset.place));
  else if (item && button.matches('[data-pick]')) tapped(item);
}

/** @param {HTMLElement} item */
function tapped(item) {
  const { statement: id = '', place } = item.dataset;
  if (hand?.id === id) putDown();
  else if (hand && place) putOn(Number(place));
  else pickUp(id);
}

/** @param {string} id */
function pickUp(id) {
  hand = { id, from: placeOf(id) };
  paint();
  say(sentence('saidHeld', id));
}

function putDown() {
  if (!hand) return;
  const { id } = hand;
  const hadFocus = board()?.querySelector('[data-hand]')?.contains(document.activeElement);
  hand = null;
  paint();
  say(sentence('saidDown', id));
  if (hadFocus) focusOn(id);
}

/** @param {number | null} place */
function putOn(place) {
  if (!hand) {
    tell(board()?.dataset.saidFirst ?? '');
    return;
  }
  const { id, from } = hand;
  hand = null;
  if (from !== place) {
    going = { id, from, to: place };
    focusOn(id); // before the swap, which may take the tapped place away
    sendTo(id, place);
  }
  paint();
}

/** After a swap or an answer: what became of what was put down, and is what is in hand still where it was? */
function follow() {
  const at = board()?.dataset.phase;
  if (at !== phase) {
    phase = at;
    hand = null;
    going = null;
    told = '';
  }
  if (!at) return;
  if (hand && isOnItsWay(hand.id)) leave(hand);
  if (going) arrive(going);
  if (hand) hold(hand);
  paint();
}

/** What a button or a key has sent off is in hand no longer. @param {Held} held */
function leave({ id, from }) {
  going = { id, from, to: placeSoon(id) };
  hand = null;
}

/** @param {Way} way */
function arrive({ id, from, to }) {
  const now = placeOf(id);
  if (isOnItsWay(id)) {
    going = { id, from, to: placeSoon(id) };
    return;
  }
  going = null;
  if (now === to) focusIfLost(id);
  else if (!hand && now !== undefined) hand = { id, from }; // it was not taken: back into the hand, from where it was
}

/** @param {Held} held */
function hold({ id, from }) {
  const now = placeOf(id);
  if (now === from) return;
  if (now === undefined) hand = null;
  else if (board()?.dataset.just === id) {
    hand = null;
    const words = sentence(now ? 'saidMoved' : 'saidTray', id, now);
    tell(words);
    say(words);
  } else hand = { id, from: now }; // others moved past it
}

function paint() {
  const here = board();
  if (!here) return;
  here.toggleAttribute('data-holding', Boolean(hand));
  for (const item of here.querySelectorAll('[data-statement]')) {
    const isHeld = item.getAttribute('data-statement') === hand?.id;
    item.classList.toggle('is-held', isHeld);
    item.querySelector('[data-pick]')?.setAttribute('aria-pressed', String(isHeld));
    for (const part of item.querySelectorAll('[data-when-held]')) part.toggleAttribute('hidden', !isHeld);
    for (const part of item.querySelectorAll('[data-when-free]')) part.toggleAttribute('hidden', isHeld);
  }
  for (const spot of here.querySelectorAll('[data-place]')) {
    spot.classList.toggle('is-awaiting', going !== null && spot.getAttribute('data-place') === String(going.to));
  }
  showHand();
}

/** The bar says what is in hand only while the statement itself is out of sight. */
function showHand() {
  const bar = board()?.querySelector('[data-hand]');
  if (!bar) return;
  const item = hand && statement(hand.id);
  const isAway = item ? isOutOfSight(item) : false;
  bar.toggleAttribute('hidden', !isAway && !told);
  bar.querySelector('[data-hand-acts]')?.toggleAttribute('hidden', Boolean(told));
  bar.querySelector('[data-to-tray]')?.toggleAttribute('hidden', !item?.dataset.place);
  write(bar.querySelector('[data-hand-words]'), told || (item ? wordsOf(item) : ''));
}

/** @param {HTMLElement} item */
function isOutOfSight(item) {
  const { top, bottom } = item.getBoundingClientRect();
  const above = document.querySelector('.seat-bar')?.getBoundingClientRect().bottom ?? 0;
  const below = document.querySelector('.seat-foot')?.getBoundingClientRect().top ?? window.innerHeight;
  return bottom < above + 24 || top > below - 24;
}

/** @param {string} words */
function tell(words) {
  told = words;
  showHand();
  if (words) say(words);
}

/** @param {string} words */
function say(words) {
  const line = board()?.querySelector('[data-say]');
  if (!line) return;
  line.textContent = '';
  clearTimeout(saying);
  // Emptied first: the same words twice would not be read twice.
  saying = setTimeout(() => {
    line.textContent = words;
    saying = setTimeout(() => (line.textContent = ''), SAID);
  }, 50);
}

/**
 * @param {string} name
 * @param {string} id
 * @param {number | null} [place]
 * @returns {string}
 */
function sentence(name, id, place) {
  const item = statement(id);
  return filled(board()?.dataset[name], { statement: item ? wordsOf(item) : '', place: place ?? '' });
}

/** @param {HTMLElement} item */
function wordsOf(item) {
  return item.querySelector('[data-words]')?.textContent?.trim() ?? '';
}

/** Where the focus could not be kept, it goes to the statement; who has gone on to something else is left alone. @param {string} id */
function focusIfLost(id) {
  const at = document.activeElement;
  const isLost = !at || at === document.body || at.matches('#phase h1');
  if (isLost) focusOn(id);
}

/** @param {string} id */
function focusOn(id) {
  const pick = statement(id)?.querySelector('[data-pick]');
  if (pick instanceof HTMLElement) pick.focus({ preventScroll: true });
}
