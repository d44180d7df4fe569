// Counts down to the server's deadlines: the figures, and the ring around them.
// It writes outside live regions, so that nobody hears every second read aloud.

import { serverNow } from './clock.js';
import { drawn } from './live.js';
import { write } from './words.js';

const LOW = 30;

/** Start counting; after every swap the figures are put right before anybody sees them. */
export function startCountdown() {
  drawn.on(countAll);
  beat();
}

function beat() {
  countAll();
  // Wake just after the next whole second of the server's clock.
  setTimeout(beat, 1000 - (serverNow() % 1000) + 5);
}

function countAll() {
  for (const time of document.querySelectorAll('time[data-ends]')) count(/** @type {HTMLElement} */ (time));
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
 * Write a time left as minutes and seconds, rounded up so that 0:00 means over.
 * @param {number} left seconds
 * @returns {string}
 */
export function figures(left) {
  const seconds = Math.ceil(left);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
