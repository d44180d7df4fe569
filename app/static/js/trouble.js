// The connection line: it is there only while something is wrong, and not for the first two seconds of it.

import { write } from './words.js';

const PATIENCE = 2000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Say that the line is well, and take the words away. */
export function well() {
  clearTimeout(waiting);
  waiting = undefined;
  show('');
}

/** Say that the line is down; the words appear if it stays so. */
export function lost() {
  waiting ??= setTimeout(() => show('lost'), PATIENCE);
}

/** Say that the server will not have this page any more. */
export function refused() {
  clearTimeout(waiting);
  show('refused');
}

/** @param {'' | 'lost' | 'refused'} words the data- attribute that has them */
function show(words) {
  const line = document.getElementById('connection');
  if (!line) return;
  line.hidden = !words;
  write(line.querySelector('[data-words]'), words ? (line.dataset[words] ?? '') : '');
}
