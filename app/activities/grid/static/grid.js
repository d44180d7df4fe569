// What a grid's seat page needs beside every seat page's own: one sentence at a time, folds, and the shared texts.

import { drawn } from '../../../static/js/live.js';
import { lookForTexts, lookLater } from '../../../static/js/text-pad.js';
import { clearSent } from '../../../static/js/clear-sent.js';
import { offerFolds } from './folds.js';
import { offerPutting } from './put-words.js';
import { offerRows, turned } from './row-shown.js';

offerFolds();
offerRows();
offerPutting();
clearSent();
turned.on(lookForTexts);
// A text within a fold is opened with it, and not before.
document.addEventListener('toggle', lookForTexts, true);
drawn.on(lookLater);
drawn.on(ready);
ready();

/** Until this stands on the root, no sentence is painted: otherwise the first would be, before the chosen one is. */
function ready() {
  document.documentElement.dataset.rows = '';
}
