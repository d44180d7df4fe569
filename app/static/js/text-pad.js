// Shared texts: every <textarea data-text="/w/…/texts/…" data-may="write"> on the page is written in by several people
// at once. `data-may` is what its reader may do as the page is drawn; the line says when that changes.
// Only pages that have such a text load it, through their kind's own script, which says when to look again.
// Law: a text out of sight is let go only once all that was written in it is stored.

import { openText } from './text-open.js';

/** @typedef {ReturnType<typeof openText>} Open */

/** @type {Map<HTMLTextAreaElement, Open>} */
const open = new Map();

/** Open what has come into sight, and close what has gone from it. */
export function lookForTexts() {
  for (const [area, text] of [...open]) {
    if (area.isConnected && (isInSight(area) || !text.isSettled())) continue;
    open.delete(area);
    text.close();
  }
  for (const area of document.querySelectorAll('textarea[data-text]')) {
    if (!(area instanceof HTMLTextAreaElement) || open.has(area) || !isInSight(area)) continue;
    open.set(area, openText(area, () => isInSight(area) || queueMicrotask(lookForTexts)));
  }
}

/** @param {HTMLElement} area */
function isInSight(area) {
  return !area.closest('[hidden], details:not([open])');
}

/** Look once all who have a say in what is in sight have had it; nothing is painted before. */
export function lookLater() {
  queueMicrotask(() => {
    lookForTexts();
    // What stands around a text may have been drawn anew, and the server knows nothing of it.
    for (const text of open.values()) text.show();
  });
}

document.addEventListener('toggle', lookForTexts, { capture: true });
lookLater();
