// htmx as Concord uses it: it swaps what the server draws and keeps the socket; it runs no code from a page.
// Law: nothing that arrives as HTML is executed, even where a page came without its Content-Security-Policy.

import htmx from 'htmx.org';
import 'htmx.org/dist/ext/hx-ws.js';

/** @typedef {(element: Element, attribute: string, value: string | null) => boolean} Keeper */

/** @type {Keeper[]} */
const keepers = [
  (element, attribute) => attribute === 'open' && element.matches('details, dialog'),
  (element, attribute) => attribute === 'tabindex' && element === document.activeElement,
];

// 1000: hx-ws closes with it when a page goes into the back/forward cache, and the page that comes back must connect.
// Codes of the 4000s are left out: with them the server refuses for good.
const RECONNECT_CODES = [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015];

/**
 * Let the page own an attribute: morphs leave it alone wherever the keeper says so.
 * @param {Keeper} keeper
 */
export function keepAttribute(keeper) {
  keepers.push(keeper);
}

/**
 * Set htmx up for a live page.
 * @param {{pauseOnBackground: boolean}} options a phone in a pocket lets its socket go; a desk and a wall do not
 */
export function setUpHtmx({ pauseOnBackground }) {
  htmx.config.history = false;
  htmx.config.mode = 'same-origin';
  htmx.config.ws = { reconnectCodes: RECONNECT_CODES, reconnectMaxDelay: 8000, pauseOnBackground };
  htmx.registerExtension('concord', {
    init: (/** @type {any} */ api) => api.initSecurity(null, refuseCode, refuseCode),
    htmx_before_on_init: () => false,
    htmx_before_swap: (/** @type {Element} */ _, /** @type {any} */ detail) => withoutScripts(detail.tasks),
    // Words being read aloud must stay until they have been heard; who wrote them takes them away.
    htmx_before_morph_node: (/** @type {Node} */ node, /** @type {{newNode: Node}} */ { newNode }) => {
      foldIfUsed(node, newNode);
      return !(node instanceof Element && node.matches('[data-say]')) && !isBeingWritten(node, newNode);
    },
    htmx_before_morph_attr: (/** @type {Element} */ element, /** @type {any} */ detail) =>
      !keepers.some((keeps) => keeps(element, detail.attrName, detail.newValue)),
  });
}

/**
 * Say whether somebody has written here what the server has not: that stays, whatever is drawn around it.
 * @param {Node} node
 * @param {Node} coming
 * @returns {boolean}
 */
function isBeingWritten(node, coming) {
  if (!(node instanceof HTMLTextAreaElement && coming instanceof HTMLTextAreaElement)) return false;
  return node.value !== node.defaultValue && node.value.trim() !== coming.defaultValue.trim();
}

/**
 * What was opened to send something folds once that is sent: the server gives it another round then.
 * @param {Node} node
 * @param {Node} coming
 */
function foldIfUsed(node, coming) {
  if (!(node instanceof HTMLDetailsElement && coming instanceof HTMLDetailsElement)) return;
  if (node.dataset.round !== coming.dataset.round) node.open = false;
}

/** Stands where htmx would compile code from an attribute. */
function refuseCode() {
  throw new Error('Code in attributes is switched off.');
}

/** @param {{fragment: DocumentFragment}[]} tasks */
function withoutScripts(tasks) {
  for (const { fragment } of tasks) for (const script of fragment.querySelectorAll('script')) script.remove();
}

export { htmx };
