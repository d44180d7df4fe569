// Keeps the focus where it was when the page under it is redrawn, and shows a seat's new phase from its top.

import { root } from './live.js';

/**
 * Remember the focus, and give back a function that restores it after a swap.
 * @returns {() => void}
 */
export function rememberFocus() {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return () => {};
  const selector = selectorOf(element);
  return () => {
    if (document.activeElement === element) return;
    const again = element.isConnected ? element : selector && document.querySelector(selector);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    // Not there any more, or there but folded away or switched off, so that it takes no focus.
    if (!again || document.activeElement !== again) focusHeading();
  };
}

/**
 * @param {HTMLElement} element
 * @returns {string | null}
 */
function selectorOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.testid) return `[data-testid="${CSS.escape(element.dataset.testid)}"]`;
  return null;
}

/** What had the focus is gone: the next Tab should start at the new phase, not at the top of the page. */
function focusHeading() {
  const heading = document.querySelector('#phase h1:not([hidden] *)');
  if (!(heading instanceof HTMLElement)) return;
  if (!heading.hasAttribute('tabindex')) {
    heading.tabIndex = -1;
    heading.addEventListener('blur', () => heading.removeAttribute('tabindex'), { once: true });
  }
  heading.focus({ preventScroll: true });
}

/**
 * Remember the phase, and give back a function that shows a new one from its top: where somebody had scrolled to
 * in the old one means nothing in it. The desk stays where it is, as its tables move one by one.
 * @returns {() => void}
 */
export function rememberPhase() {
  const before = phase();
  return () => {
    if (root().dataset.seat && phase() !== before) window.scrollTo({ top: 0, behavior: 'instant' });
  };
}

function phase() {
  return document.getElementById('phase')?.textContent;
}
