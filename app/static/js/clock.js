// The server's clock, as far as this device can tell: phones in a room differ by minutes.

import { root } from './live.js';

const KEPT = 3;

/** Server time less device time, from the latest ticks. @type {number[]} */
let offsets = [];

/**
 * Learn from a tick. Ticks can only be late, so the largest of the latest offsets is the nearest to the truth.
 * @param {number} serverTime epoch, in ms
 */
export function heardTick(serverTime) {
  offsets = [...offsets.slice(1 - KEPT), serverTime - Date.now()];
}

/** Take the time of drawing as a first guess, until a tick comes. */
export function guessClock() {
  const drawnAt = Number(root()?.dataset.now);
  if (drawnAt) guess = drawnAt - Date.now();
}

let guess = 0;

/**
 * Say what time it is on the server.
 * @returns {number} epoch, in ms
 */
export function serverNow() {
  return Date.now() + (offsets.length ? Math.max(...offsets) : guess);
}
