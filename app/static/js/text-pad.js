// Shared texts: every <textarea data-text="/w/…/texts/…" data-may="write"> on the page is written in by several people
// at once. `data-may` is what its reader may do as the page is drawn; the line says when that changes.
// An entry of its own: only pages that have such a text load it.

import { drawn } from './live.js';
import { openText } from './text-open.js';

/** @type {Map<HTMLTextAreaElement, () => void>} */
const open = new Map();

/** Open what has come into the page, and close what has gone from it. */
function look() {
  for (const [area, close] of open) {
    if (area.isConnected) continue;
    close();
    open.delete(area);
  }
  for (const area of document.querySelectorAll('textarea[data-text]')) {
    if (area instanceof HTMLTextAreaElement && !open.has(area)) open.set(area, openText(area));
  }
}

drawn.on(look);
look();
