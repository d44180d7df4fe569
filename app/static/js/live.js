// The live area of a seat page, desk or wall: its root element and the version it shows.

import { signal } from './signal.js';

/** Tells after every change the server's HTML made to the page. @type {import('./signal.js').Signal<void>} */
export const drawn = signal();

/** Tells when the page should be read again as a whole. @type {import('./signal.js').Signal<void>} */
export const doubted = signal();

/**
 * Find the live area. Asked each time, because a swap may have put another element in its place.
 * @returns {HTMLElement}
 */
export function root() {
  return /** @type {HTMLElement} */ (document.getElementById('live'));
}

/**
 * Say which version of the workshop the page shows.
 * @returns {number}
 */
export function version() {
  return Number(root().dataset.version) || 0;
}

/**
 * Note that the page now shows this version. It never goes backwards.
 * @param {number} shown
 */
export function reached(shown) {
  if (shown > version()) root().dataset.version = String(shown);
}

/**
 * Write the address that gives the live area's regions.
 * @param {number} [since] only if there is something newer than this
 * @returns {string}
 */
export function regionsAddress(since) {
  const address = new URL(root().dataset.regions ?? '', location.href);
  if (since !== undefined) address.searchParams.set('v', String(since));
  return address.pathname + address.search;
}
