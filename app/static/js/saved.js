// The save state: saving, saved, or not saved and trying again.

import { keepAttribute } from './htmx-setup.js';
import { drawn } from './live.js';
import { changed, state } from './outbox.js';

/** @type {HTMLElement | null} */
let line = null;
/** What the server drew last; it stands again once nothing waits. */
let drawnState = '';

/** Show the save state from now on. */
export function showSaved() {
  keepAttribute((element, attribute, value) => {
    if (element.id !== 'saved' || attribute !== 'data-state') return false;
    drawnState = value ?? '';
    return state() !== null;
  });
  changed.on(show);
  drawn.on(show);
  show();
}

function show() {
  const present = document.getElementById('saved');
  if (present && present !== line) drawnState = present.dataset.state ?? '';
  line = present;
  if (!line) return;
  const now = state() ?? drawnState;
  if (line.dataset.state !== now) line.dataset.state = now;
  for (const words of line.querySelectorAll('[data-when]')) {
    words.toggleAttribute('hidden', words.getAttribute('data-when') !== now);
  }
}
