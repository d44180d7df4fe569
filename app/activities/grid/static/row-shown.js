// One sentence to a screen: which one is shown, how to turn to another, and what becomes of it at a swap or a reload.
// Law: turning asks the server for nothing; what belongs to a sentence is in the page, with its name in data-row.

import { keepAttribute } from '../../../static/js/htmx-setup.js';
import { drawn } from '../../../static/js/live.js';
import { signal } from '../../../static/js/signal.js';
import { closeList } from './folds.js';
import { firstShown, remember, remembered } from './row-kept.js';

/** Tells that another sentence is shown. @type {import('../../../static/js/signal.js').Signal<void>} */
export const turned = signal();

/** What the page has shown last: the sentence, and where. */
let row = '';
let place = '';

/** Show one sentence at a time from now on. */
export function offerRows() {
  keepAttribute((element, attribute) => isOurs(element, attribute));
  drawn.on(show);
  document.addEventListener('click', clicked);
  window.addEventListener('popstate', wentBack);
  show();
}

/**
 * Say whether the page owns an attribute: what is shown, which one that is, and which way is left to go.
 * @param {Element} element
 * @param {string} attribute
 */
function isOurs(element, attribute) {
  if (attribute === 'hidden') return element.matches('[data-row], [data-at=last], #row-next');
  if (attribute === 'disabled') return element.matches('[data-row-step]');
  return attribute === 'aria-current' && element.matches('[data-to]');
}

/**
 * List the sentences in the page's order.
 * @returns {string[]}
 */
function rows() {
  const heads = document.querySelectorAll('#phase > [data-row]');
  return [...heads].map((head) => head.getAttribute('data-row') ?? '');
}

/** @returns {string} which grid and which of its phases the page shows */
function here() {
  const { step = '', phase = '' } = document.getElementById('phase')?.dataset ?? {};
  return phase && `${step} ${phase}`;
}

/** Show the chosen sentence; in another phase the one that this phone was at in it, or the first. */
function show() {
  const all = rows();
  if (!all.length) return;
  const isNew = place !== here();
  if (isNew) {
    row = place ? firstShown(here(), all) : remembered(here(), all);
    place = here();
  }
  if (!all.includes(row)) row = all[0];
  if (isNew) remember(place, row, 'replace');
  apply(all);
  if (isNew) turned.tell();
}

/** @param {string[]} all */
function apply(all) {
  const at = all.indexOf(row);
  const isLast = at === all.length - 1;
  for (const part of document.querySelectorAll('[data-row]')) toggle(part, 'hidden', part.getAttribute('data-row') !== row);
  for (const part of document.querySelectorAll('[data-at=last]')) toggle(part, 'hidden', !isLast);
  for (const link of document.querySelectorAll('[data-to]')) {
    if (link.getAttribute('data-to') === row) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  for (const pill of document.querySelectorAll('[data-pill]')) toggle(pill, 'data-now', pill.getAttribute('data-pill') === row);
  for (const step of document.querySelectorAll('[data-row-step]')) toggle(step, 'disabled', !all[at + by(step)]);
  const next = document.getElementById('row-next');
  if (next) toggle(next, 'hidden', isLast && Boolean(document.querySelector('[data-at=last]')));
}

/**
 * @param {Element} element
 * @param {string} attribute
 * @param {boolean} wanted
 */
function toggle(element, attribute, wanted) {
  if (element.hasAttribute(attribute) !== wanted) element.toggleAttribute(attribute, wanted);
}

/** @param {Element} step */
function by(step) {
  return Number(step.getAttribute('data-row-step')) || 0;
}

/** @param {MouseEvent} event */
function clicked(event) {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('[data-to]');
  const step = event.target.closest('[data-row-step]');
  const all = rows();
  const wanted = link ? link.getAttribute('data-to') : step && all[all.indexOf(row) + by(step)];
  if (!wanted || !all.includes(wanted)) return;
  event.preventDefault();
  closeList();
  if (wanted !== row) remember(place, wanted, 'push');
  turn(wanted);
}

/** @param {PopStateEvent} event */
function wentBack(event) {
  const all = rows();
  const wanted = event.state?.place === place ? event.state.row : location.hash.replace('#row-', '');
  if (all.includes(wanted) && wanted !== row) turn(wanted);
}

/**
 * Turn to a sentence: its heading has the focus, so that it is read aloud, and the page is seen from its top.
 * @param {string} wanted
 */
function turn(wanted) {
  row = wanted;
  apply(rows());
  turned.tell();
  const heading = document.getElementById(`row-h-${row}`);
  heading?.focus({ preventScroll: true });
  window.scrollTo({ top: 0, behavior: 'instant' });
}
