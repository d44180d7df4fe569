// What plain pages need: the focus on what went wrong, no form sent twice, and to follow what is being made.

import { follow } from './follow.js';
import { makeHere } from './make-here.js';

follow();
makeHere();

const summary = document.querySelector('.error-summary');
if (summary instanceof HTMLElement) {
  summary.tabIndex = -1;
  summary.focus();
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-once')) return;
  if (form.hasAttribute('data-sent')) event.preventDefault();
  form.setAttribute('data-sent', '');
});

// A page that comes back from the back/forward cache may send its form again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of document.querySelectorAll('[data-sent]')) form.removeAttribute('data-sent');
});
