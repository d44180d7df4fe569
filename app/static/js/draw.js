// Puts what the server drew into the page; frames, replies and polls all come through here.
// Law: no region ever goes back to an older version, and none is redrawn while it is held.

import { rememberFocus, rememberPhase } from './focus.js';
import { forget, heldRegions, isFresh, isHeld, misses } from './hold.js';
import { htmx } from './htmx-setup.js';
import { doubted, drawn, reached, root, version } from './live.js';
import { newest, partialsOf, titleOf } from './partials.js';

/** @typedef {import('./partials.js').Partial} Partial */

/**
 * The version each region shows. Kept for each region, because a reply can overtake the frame before it:
 * what that frame says about other regions is still news.
 * @type {Map<string, number>}
 */
const shown = new Map();

/** The version at which the whole live area was last drawn; 0 until the first swap asks. */
let whole = 0;

/**
 * Draw partials into the page.
 * @param {string} text
 * @returns {boolean} whether there was any partial in it
 */
export function draw(text) {
  whole ||= version();
  const partials = partialsOf(text);
  const kept = partials.filter((partial) => isNews(partial) && mayBeDrawn(partial));
  if (kept.length) {
    const restoreFocus = rememberFocus();
    const showNewPhase = rememberPhase();
    const newer = regionsNewerThan(kept.find(({ target }) => target === '#live')?.version);
    for (const region of newer) region.setAttribute('hx-morph-skip', '');
    swap(titleOf(text) + kept.map((partial) => partial.html).join(''));
    for (const region of newer) if (!isHeld(region.id)) region.removeAttribute('hx-morph-skip');
    kept.forEach(note);
    restoreFocus();
    drawn.tell();
    showNewPhase();
  }
  return partials.length > 0;
}

/**
 * @param {Partial} partial
 * @returns {boolean}
 */
function isNews({ target, version: offered }) {
  if (offered === null) return true;
  return offered >= Math.max(whole, shown.get(target) ?? 0);
}

/**
 * List the regions that a drawing of the whole area must leave alone: a frame can overtake a reply, too.
 * @param {number | null | undefined} offered
 * @returns {HTMLElement[]}
 */
function regionsNewerThan(offered) {
  if (typeof offered !== 'number') return [];
  const targets = [...shown].filter(([, region]) => region > offered).map(([target]) => document.querySelector(target));
  return /** @type {HTMLElement[]} */ (targets.filter(Boolean));
}

/**
 * @param {Partial} partial
 * @returns {boolean}
 */
function mayBeDrawn({ target, html }) {
  const id = target.slice(1);
  if (target === '#live') {
    for (const region of heldRegions()) {
      if (staysIn(html, region)) misses(region);
      else forget(region);
    }
    return true;
  }
  if (!document.getElementById(id)) {
    doubted.tell();
    return false;
  }
  if (!isHeld(id)) return true;
  misses(id);
  return false;
}

/**
 * A held region stays only if the new page has the same one: same id, and acting on the same address.
 * @param {string} html
 * @param {string} id
 * @returns {boolean}
 */
function staysIn(html, id) {
  const coming = new DOMParser().parseFromString(html, 'text/html').getElementById(id);
  return coming !== null && coming.dataset.action === document.getElementById(id)?.dataset.action;
}

/** @param {string} text */
function swap(text) {
  /** @type {any} */
  const task = { sourceElement: document.body, target: document.body, swap: 'none', text };
  // Morphs happen before swap() first waits, so the page is drawn when it returns.
  htmx.swap(task).catch(() => doubted.tell());
  if (task.title) document.title = task.title;
}

/** @param {Partial} partial */
function note({ target, version: offered }) {
  isFresh(target.slice(1));
  if (offered === null) return;
  if (target === '#live') {
    whole = offered;
    for (const [region, at] of shown) if (at <= offered) shown.delete(region);
    root().dataset.version = String(Math.max(offered, ...shown.values()));
  } else {
    shown.set(target, offered);
    reached(offered);
  }
}

/**
 * Say the newest version that a reply speaks of.
 * @param {string} text
 * @returns {number}
 */
export function versionOf(text) {
  return newest(partialsOf(text));
}
