// What is folded on a phone and open on a laptop: <details data-fold>, and the list of sentences behind its button.
// Whatever somebody has folded or opened stays so.

import { keepAttribute } from '../../../static/js/htmx-setup.js';
import { drawn } from '../../../static/js/live.js';

const wide = window.matchMedia('(width >= 60rem)');

/** @type {WeakSet<Element>} */
const set = new WeakSet();

/** Fold and open from now on. */
export function offerFolds() {
  keepAttribute((element, attribute) => {
    return (attribute === 'data-folded' && element.id === 'rows-list') || (attribute === 'aria-expanded' && element.id === 'rows-open');
  });
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-opens]') : null;
    if (button) openList(button.getAttribute('aria-expanded') !== 'true');
  });
  document.addEventListener('keydown', ({ key }) => {
    const button = document.getElementById('rows-open');
    if (key !== 'Escape' || button?.getAttribute('aria-expanded') !== 'true') return;
    closeList();
    button.focus();
  });
  wide.addEventListener('change', () => setFolds(document.querySelectorAll('details[data-fold]')));
  drawn.on(look);
  look();
}

/** Close the list of sentences, where it is folded away at all. */
export function closeList() {
  openList(false);
}

/** @param {boolean} isOpen */
function openList(isOpen) {
  document.getElementById('rows-list')?.toggleAttribute('data-folded', !isOpen);
  document.getElementById('rows-open')?.setAttribute('aria-expanded', String(isOpen));
}

/** Set those that are new. */
function look() {
  setFolds([...document.querySelectorAll('details[data-fold]')].filter((fold) => !set.has(fold)));
}

/** @param {Iterable<Element>} folds */
function setFolds(folds) {
  for (const fold of folds) {
    set.add(fold);
    if (fold instanceof HTMLDetailsElement) fold.open = wide.matches;
  }
}
