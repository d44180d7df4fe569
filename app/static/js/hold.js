// Regions that must not be redrawn just now, because something in them is in hand or not yet saved.

import { doubted } from './live.js';

/** @type {Map<string, Set<string>>} */
const held = new Map();

/** Regions for which something came while they were held. @type {Set<string>} */
const missed = new Set();

/**
 * Keep a region as it is until it is let go again for the same reason.
 * @param {string} id
 * @param {string} reason
 */
export function hold(id, reason) {
  held.set(id, (held.get(id) ?? new Set()).add(reason));
  document.getElementById(id)?.setAttribute('hx-morph-skip', '');
}

/**
 * Let a region go. If it missed something and nothing fresh is drawn at once, the page is read again.
 * @param {string} id
 * @param {string} reason
 */
export function letGo(id, reason) {
  const reasons = held.get(id);
  if (!reasons?.delete(reason) || reasons.size) return;
  held.delete(id);
  document.getElementById(id)?.removeAttribute('hx-morph-skip');
  queueMicrotask(() => {
    if (missed.has(id) && !isHeld(id)) doubted.tell();
  });
}

/**
 * Let a region go for all reasons, because what was held is no longer in the page.
 * @param {string} id
 */
export function forget(id) {
  held.delete(id);
  missed.delete(id);
  document.getElementById(id)?.removeAttribute('hx-morph-skip');
}

/**
 * @param {string} id
 * @returns {boolean}
 */
export function isHeld(id) {
  return held.has(id);
}

/**
 * Name the regions that are held.
 * @returns {string[]}
 */
export function heldRegions() {
  return [...held.keys()];
}

/**
 * Note that a region shows less than the server has.
 * @param {string} id
 */
export function misses(id) {
  missed.add(id);
}

/**
 * Note that a region was drawn afresh, or with the whole live area all that are not held.
 * @param {string} id
 */
export function isFresh(id) {
  for (const region of id === 'live' ? missed : [id]) if (!isHeld(region)) missed.delete(region);
}
