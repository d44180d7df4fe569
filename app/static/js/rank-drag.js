// Dragging a statement by its number. The buttons do the same and come first; this is for those who would rather drag.

import Sortable from 'sortablejs';

/**
 * @typedef {object} Drag
 * @property {() => void} onHold  a finger is on a handle
 * @property {() => void} onLetGo  and off it again
 * @property {(item: HTMLElement) => void} onMoved  an item has got another place
 */

let endedAt = -Infinity;

/**
 * Let the items of a list be dragged by their [data-handle]. Calling it again for the same list changes nothing.
 * @param {HTMLElement} list
 * @param {Drag} drag
 */
export function makeDraggable(list, { onHold, onLetGo, onMoved }) {
  if (Sortable.get(list)) return;
  Sortable.create(list, {
    handle: '[data-handle]',
    forceFallback: true, // the browser's own dragging does not exist on touch screens
    fallbackOnBody: true, // a copy inside the list would count as an item
    fallbackTolerance: 5, // a tap with an unsteady finger is still a tap
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
    scrollSensitivity: 90, // more than the bars above and below the list cover
    scrollSpeed: 14,
    bubbleScroll: true,
    chosenClass: 'statement--chosen',
    ghostClass: 'statement--ghost',
    dragClass: 'statement--drag',
    onChoose: onHold,
    onUnchoose: onLetGo,
    onStart: quietCopy,
    onEnd: (/** @type {{item: HTMLElement, oldIndex: number, newIndex: number}} */ { item, oldIndex, newIndex }) => {
      endedAt = performance.now();
      setTimeout(freeNextClick, 60);
      if (oldIndex !== newIndex) onMoved(item);
    },
  });
}

/**
 * Say whether a click is only the end of a drag.
 * @returns {boolean}
 */
export function endsDrag() {
  return performance.now() - endedAt < 50;
}

/** The copy under the finger must not answer to the names of the statement it copies. */
function quietCopy() {
  /** @type {HTMLElement | undefined} */
  const copy = /** @type {any} */ (Sortable).ghost;
  copy?.setAttribute('aria-hidden', 'true');
  for (const part of copy ? [copy, ...copy.querySelectorAll('*')] : []) {
    part.removeAttribute('id');
    part.removeAttribute('data-testid');
  }
}

/**
 * After a drag SortableJS swallows the next click. On touch screens none belongs to the drag, so it would be the
 * person's next tap: a click of our own is given to it instead.
 */
function freeNextClick() {
  document.documentElement.dispatchEvent(new Event('click'));
}
