// The notice: one sentence about the last move, from the server; it goes when the next move is made.

import { write } from './words.js';

/** Take the last sentence away. */
export function clearNotice() {
  say('');
}

/** Say that a move was not taken, where the server's answer had no words of its own. */
export function sayNotTaken() {
  say(document.getElementById('notice')?.dataset.refused ?? '');
}

/** @param {string} words */
function say(words) {
  const notice = document.getElementById('notice');
  write(notice, words);
  notice?.toggleAttribute('hidden', !words);
}
