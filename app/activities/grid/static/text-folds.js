// Texts within a fold: whoever reads along opens the line to one text, and not to all that are folded away.

import { keepAttribute } from '../../../static/js/htmx-setup.js';
import { drawn } from '../../../static/js/live.js';
import { lookForTexts } from '../../../static/js/text-pad.js';

/** Let what stands in a `<… data-fold-text>` be in sight only while the folds around it are open. */
export function offerTextFolds() {
  keepAttribute((element, attribute) => attribute === 'hidden' && element.matches('[data-fold-text]'));
  document.addEventListener('toggle', look, true);
  drawn.on(look);
  look();
}

function look() {
  const parts = [...document.querySelectorAll('[data-fold-text]')];
  let changed = false;
  for (const part of parts) {
    const folded = Boolean(part.closest('details:not([open])'));
    if (part.hasAttribute('hidden') === folded) continue;
    part.toggleAttribute('hidden', folded);
    changed = true;
  }
  if (changed) lookForTexts();
}
