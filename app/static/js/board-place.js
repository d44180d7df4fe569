// A table's board: where its statements stand, and the move that puts one on a place.

import { seenVersion } from './forms.js';
import { enqueue, unsent } from './outbox.js';

/** @typedef {number | null | undefined} Place null: in the tray; undefined: not there at all */

/**
 * Find the board, if the page has one.
 * @returns {HTMLElement | null}
 */
export function board() {
  return document.getElementById('board');
}

/**
 * Find a statement of the board or of its tray.
 * @param {string} id
 * @returns {HTMLElement | null}
 */
export function statement(id) {
  return board()?.querySelector(`[data-statement="${CSS.escape(id)}"]`) ?? null;
}

/**
 * Say where a statement stands.
 * @param {string} id
 * @returns {Place}
 */
export function placeOf(id) {
  const item = statement(id);
  return item ? Number(item.dataset.place) || null : undefined;
}

/**
 * Say where a statement is to stand, if its move is still under way; else where it stands.
 * @param {string} id
 * @returns {Place}
 */
export function placeSoon(id) {
  const move = unsent(board()?.dataset.action ?? '', name(id));
  return move ? Number(move.fields.position) || null : placeOf(id);
}

/**
 * Say whether a statement's move still waits for its answer.
 * @param {string} id
 * @returns {boolean}
 */
export function isOnItsWay(id) {
  return unsent(board()?.dataset.action ?? '', name(id)) !== undefined;
}

/**
 * Put a statement on a place, or back into the tray.
 * @param {string} id
 * @param {number | null} position
 */
export function sendTo(id, position) {
  const here = board();
  if (!here) return;
  enqueue({
    action: here.dataset.action ?? '',
    version: seenVersion(here),
    fields: { move: 'place', statement: id, position },
    coalesce: name(id),
  });
}

/**
 * Count the board's places.
 * @returns {number}
 */
export function placesOf() {
  return board()?.querySelectorAll('[data-place]').length ?? 0;
}

/** @param {string} id */
function name(id) {
  return `place-${id}`;
}
