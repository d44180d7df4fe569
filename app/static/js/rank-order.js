// The parts of a rank list, and what each must say for the place it stands in.

import { filled, write } from './words.js';

/**
 * List the ids in their order, best first.
 * @param {HTMLElement} list
 * @returns {string[]}
 */
export function order(list) {
  return itemsOf(list).map((item) => item.dataset.id ?? '');
}

/**
 * Set an item aside; what was set aside before comes back to the end of the order.
 * @param {HTMLElement} item
 * @param {HTMLElement} list
 * @param {HTMLElement} aside
 * @returns {HTMLElement[]} the item and what came back
 */
export function setAside(item, list, aside) {
  const back = itemsOf(aside);
  list.append(...back);
  aside.append(item);
  return [item, ...back];
}

/**
 * Put the items as a ballot has them. A ballot about other statements is left alone: the server will refuse it.
 * @param {HTMLElement} list
 * @param {HTMLElement | null} aside
 * @param {Record<string, unknown>} ballot
 */
export function arrange(list, aside, ballot) {
  const items = new Map([...itemsOf(list), ...(aside ? itemsOf(aside) : [])].map((item) => [item.dataset.id, item]));
  const ranked = /** @type {string[]} */ (ballot.order);
  const discarded = /** @type {string | null} */ (ballot.discard);
  const named = discarded === null ? ranked : [...ranked, discarded];
  if (named.length !== items.size || !named.every((id) => items.has(id))) return;
  list.append(...ranked.map((id) => /** @type {HTMLElement} */ (items.get(id))));
  if (discarded !== null) aside?.append(/** @type {HTMLElement} */ (items.get(discarded)));
}

/**
 * Put numbers, words and buttons right after a change or a swap.
 * @param {HTMLElement} root  has the sentences
 * @param {HTMLElement} list
 * @param {HTMLElement | null} aside
 * @param {string | null} open  the id of the statement whose other ways to move are open
 */
export function refresh(root, list, aside, open) {
  const items = itemsOf(list);
  items.forEach((item, index) => {
    const placed = filled(root.dataset.placed, { place: index + 1, count: items.length });
    showRanked(item, index, items.length, placed);
    showOpen(item, item.dataset.id === open);
  });
  if (!aside) return;
  for (const item of itemsOf(aside)) showAside(item);
  aside.hidden = !aside.firstElementChild;
  for (const words of root.querySelectorAll('[data-when-empty]')) words.toggleAttribute('hidden', !aside.hidden);
}

/**
 * @param {HTMLElement} item
 * @param {number} index
 * @param {number} count
 * @param {string} placed
 */
function showRanked(item, index, count, placed) {
  showParts(item, false);
  write(item.querySelector('[data-place]'), String(index + 1));
  write(item.querySelector('[data-placed]'), placed);
  for (const deed of ['up', 'top']) disable(item, deed, index === 0);
  for (const deed of ['down', 'bottom']) disable(item, deed, index === count - 1);
}

/** @param {HTMLElement} item */
function showAside(item) {
  showOpen(item, false);
  showParts(item, true);
}

/**
 * Show the parts an item has in the order, or those it has when set aside.
 * @param {HTMLElement} item
 * @param {boolean} isAside
 */
function showParts(item, isAside) {
  item.classList.toggle('statement--set-aside', isAside);
  for (const part of item.querySelectorAll('[data-handle], .statement__moves')) part.toggleAttribute('hidden', isAside);
  for (const part of item.querySelectorAll('[data-aside-mark], [data-do="restore"]')) part.toggleAttribute('hidden', !isAside);
  // One of the two buttons answers to the name, the one that can be seen.
  name(item, 'discard', !isAside);
  name(item, 'restore', isAside);
}

/**
 * @param {HTMLElement} item
 * @param {boolean} isOpen
 */
function showOpen(item, isOpen) {
  item.classList.toggle('statement--held', isOpen);
  item.querySelector('[data-handle]')?.setAttribute('aria-expanded', String(isOpen));
  item.querySelector('.statement__more')?.toggleAttribute('hidden', !isOpen);
}

/**
 * @param {HTMLElement} item
 * @param {string} deed
 * @param {boolean} isDisabled
 */
function disable(item, deed, isDisabled) {
  const button = item.querySelector(`[data-do="${deed}"]`);
  // Not disabled for good: at the ends the button keeps the focus.
  if (isDisabled) button?.setAttribute('aria-disabled', 'true');
  else button?.removeAttribute('aria-disabled');
}

/**
 * @param {HTMLElement} item
 * @param {string} deed
 * @param {boolean} isNamed
 */
function name(item, deed, isNamed) {
  const button = item.querySelector(`[data-do="${deed}"]`);
  if (isNamed) button?.setAttribute('data-testid', `discard-${item.dataset.id}`);
  else button?.removeAttribute('data-testid');
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement[]}
 */
function itemsOf(list) {
  return /** @type {HTMLElement[]} */ ([...list.children].filter((item) => item.hasAttribute('data-id')));
}
