// Counts down to the server's deadlines, with the ring around the figures, and up from when something began.
// It writes outside live regions, so that nobody hears every second read aloud.

import { serverNow } from './clock.js';
import { drawn } from './live.js';
import { write } from './words.js';

const LOW = 30;

/** Start counting; after every swap the figures are put right before anybody sees them. */
export function startCountdown() {
  drawn.on(countAll);
  countAll();
  // Deadlines do not end on whole seconds, and there may be several: looking often is simpler than meeting each.
  setInterval(countAll, 250);
}

function countAll() {
  for (const time of timesWith('data-ends')) count(time);
  for (const time of timesWith('data-since')) {
    const gone = (serverNow() - Date.parse(time.dataset.since ?? '')) / 1000;
    if (!Number.isNaN(gone)) write(time, figures(Math.floor(Math.max(0, gone))));
  }
}

/**
 * @param {string} attribute
 * @returns {NodeListOf<HTMLElement>}
 */
function timesWith(attribute) {
  return document.querySelectorAll(`time[${attribute}]`);
}

/** @param {HTMLElement} time */
function count(time) {
  const left = Math.max(0, (Date.parse(time.dataset.ends ?? '') - serverNow()) / 1000);
  if (Number.isNaN(left)) return;
  write(time, figures(left));
  const clock = time.closest('.clock') ?? time.closest('.ring, .timer') ?? time;
  for (const part of parts(clock, '.ring')) part.classList.toggle('ring--low', left <= LOW);
  for (const part of parts(clock, '.timer')) part.classList.toggle('timer--low', left <= LOW);
  const share = Math.min(100, (100 * left) / (Number(time.dataset.total) || 1));
  for (const ring of clock.querySelectorAll('.ring__done')) {
    ring.setAttribute('stroke-dasharray', `${Math.round(share * 10) / 10} 100`);
  }
  write(clock.querySelector('[data-over-words]'), left ? '' : (time.dataset.over ?? ''));
}

/**
 * @param {Element} clock
 * @param {string} selector
 * @returns {Element[]}
 */
function parts(clock, selector) {
  return [...(clock.matches(selector) ? [clock] : []), ...clock.querySelectorAll(selector)];
}

/**
 * Write seconds as minutes and seconds, rounded up so that 0:00 means that no time is left.
 * @param {number} left
 * @returns {string}
 */
export function figures(left) {
  const seconds = Math.ceil(left);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
