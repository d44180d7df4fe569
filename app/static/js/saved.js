// The save state: saving, saved, or not saved and trying again.

import { keepAttribute } from './htmx-setup.js';
import { drawn } from './live.js';
import { changed, state } from './outbox.js';

/** Show the save state from now on. Until something was sent, what the server drew stands. */
export function showSaved() {
  keepAttribute((element, attribute) => attribute === 'data-state' && element.id === 'saved' && state() !== null);
  changed.on(show);
  drawn.on(show);
  show();
}

function show() {
  const line = document.getElementById('saved');
  if (!line) return;
  const now = state();
  if (now && line.dataset.state !== now) line.dataset.state = now;
  for (const words of line.querySelectorAll('[data-when]')) {
    words.toggleAttribute('hidden', words.getAttribute('data-when') !== line.dataset.state);
  }
}
