// The board as a diamond or as a list: the viewer's own choice, remembered on this device.

import { board } from './board-place.js';
import { keepAttribute } from './htmx-setup.js';
import { drawn } from './live.js';

const CHOICE = 'concord:board-shape';

/** @type {string | null} */
let choice = null;

/** Let the shape be chosen from now on. */
export function offerShapes() {
  keepAttribute((element, attribute) => attribute === 'data-shape' && element.id === 'board');
  choice = read();
  document.addEventListener('click', (event) => {
    const tab = event.target instanceof Element ? event.target.closest('[data-shape-tab]') : null;
    if (tab instanceof HTMLElement) choose(tab.dataset.shapeTab ?? '');
  });
  drawn.on(show);
  show();
}

/** @param {string} shape */
function choose(shape) {
  choice = shape;
  try {
    localStorage.setItem(CHOICE, shape);
  } catch {
    // Nothing can be remembered here; the choice lasts as long as the page.
  }
  show();
}

function show() {
  const here = board();
  if (!here?.hasAttribute('data-diamond')) return;
  const shape = choice === 'list' ? 'list' : 'diamond';
  if (shape === 'list') here.dataset.shape = shape;
  else delete here.dataset.shape; // as the server draws it
  for (const tab of here.querySelectorAll('[data-shape-tab]')) {
    tab.setAttribute('aria-pressed', String(tab.getAttribute('data-shape-tab') === shape));
  }
}

function read() {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}
