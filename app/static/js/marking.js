// Marking so many of a list, no more and no fewer: counts what is marked, and offers to send it when it is enough.

import { drawn } from './live.js';
import { filled, write } from './words.js';

/** Count from now on, wherever a [data-marks] has the button of a list to mark. */
export function countMarks() {
  document.addEventListener('change', countAll);
  drawn.on(countAll);
  countAll();
}

function countAll() {
  for (const part of document.querySelectorAll('[data-marks]')) count(/** @type {HTMLElement} */ (part));
}

/** @param {HTMLElement} part */
function count(part) {
  const button = part.querySelector('button');
  const wanted = Number(part.dataset.marks);
  const chosen = button?.form?.querySelectorAll('input:checked').length ?? 0;
  const sentence = chosen > wanted ? part.dataset.tooMany : part.dataset.counted;
  write(part.querySelector('[data-count]'), filled(sentence, { chosen, wanted, over: chosen - wanted }));
  if (button) button.disabled = chosen !== wanted;
}
