// The notice: one sentence about the last move, from the server; it goes when the next move is made.

import { write } from './words.js';

const notice = () => document.getElementById('notice');

/** Take the last sentence away. */
export function clearNotice() {
  write(notice(), '');
}

/** Say that a move was not taken, where the server's answer had no words of its own. */
export function sayNotTaken() {
  write(notice(), notice()?.dataset.refused ?? '');
}
