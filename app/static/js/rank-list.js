// <rank-list>: statements in an order that one person makes, by buttons, keys or dragging, with one set aside.
// Law: what it shows and what the server draws for the same order are the same, part by part.

import { drawn } from './live.js';
import { seenVersion } from './forms.js';
import { hold, letGo } from './hold.js';
import { adopted, enqueue, unsent } from './outbox.js';
import { endsDrag, makeDraggable } from './rank-drag.js';
import { arrange, order, refresh, setAside } from './rank-order.js';
import { filled } from './words.js';

const MOVE = 'put_ballot';
const GATHER = 400;
const SAID = 5000;
const DRAG = 'drag';

/** @typedef {'up' | 'down' | 'top' | 'bottom' | 'discard' | 'restore'} Deed */

const KEYS = /** @type {Record<string, Deed>} */ ({ ArrowUp: 'up', ArrowDown: 'down', Home: 'top', End: 'bottom' });

class RankList extends HTMLElement {
  /** @type {(() => void)[]} */
  #stops = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  /** Which statement's other ways to move are open. @type {string | null} */
  #open = null;

  connectedCallback() {
    this.addEventListener('click', this.#clicked);
    this.addEventListener('keydown', this.#pressed);
    this.#stops = [drawn.on(() => this.#refresh()), adopted.on(() => this.#restore())];
    // A morph puts the element in before its content.
    queueMicrotask(() => this.#restore());
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.#clicked);
    this.removeEventListener('keydown', this.#pressed);
    for (const stop of this.#stops) stop();
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector('[data-order]'));
  }

  get #aside() {
    return /** @type {HTMLElement | null} */ (this.querySelector('[data-aside]'));
  }

  /** Show the order that this person made last, if the server does not have it yet. */
  #restore() {
    if (!this.isConnected || !this.#list) return;
    const move = unsent(this.dataset.action ?? '', MOVE);
    if (move) arrange(this.#list, this.#aside, move.fields);
    this.#refresh();
  }

  #refresh() {
    if (!this.#list) return;
    refresh(this, this.#list, this.#aside, this.#open);
    makeDraggable(this.#list, {
      onHold: () => hold(this.id, DRAG),
      onLetGo: () => letGo(this.id, DRAG),
      onMoved: (item) => this.isConnected && this.#changed([item]),
    });
  }

  #clicked = (/** @type {MouseEvent} */ event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const item = /** @type {HTMLElement | null | undefined} */ (button?.closest('[data-id]'));
    if (!button || !item || endsDrag()) return;
    const byKey = event.detail === 0;
    if (button.hasAttribute('data-handle')) this.#toggle(item);
    else if (button.getAttribute('aria-disabled') !== 'true') this.#move(item, /** @type {Deed} */ (button.dataset.do), button, byKey);
  };

  #pressed = (/** @type {KeyboardEvent} */ event) => {
    const from = /** @type {HTMLElement} */ (event.target);
    const item = /** @type {HTMLElement | null} */ (from.closest('[data-order] > [data-id]'));
    if (event.key === 'Escape' && item && this.#open === item.dataset.id) this.#toggle(item);
    const deed = KEYS[event.key];
    if (!event.altKey || event.ctrlKey || event.metaKey || !deed || !item) return;
    event.preventDefault();
    this.#move(item, deed, from, true);
  };

  /** @param {HTMLElement} item */
  #toggle(item) {
    const { id } = item.dataset;
    this.#open = this.#open === id ? null : (id ?? null);
    this.#refresh();
    if (!this.#open) handle(item).focus({ preventScroll: true });
  }

  /**
   * @param {HTMLElement} item
   * @param {Deed} deed
   * @param {HTMLElement} from what was pressed; it keeps the focus
   * @param {boolean} byKey
   */
  #move(item, deed, from, byKey) {
    const place = from.getBoundingClientRect().top;
    const changed = this.#do(item, deed);
    if (!changed) return;
    if (deed !== 'up' && deed !== 'down') this.#open = null;
    this.#changed(changed);
    const target = from.isConnected && from.checkVisibility() ? from : this.#restingPlace(item);
    target.focus({ preventScroll: true });
    if (byKey) target.scrollIntoView({ block: 'nearest' });
    // A second tap in the same spot must meet the same statement.
    else if (target === from) window.scrollBy({ top: from.getBoundingClientRect().top - place, behavior: 'instant' });
  }

  /**
   * Move an item; the others move around it, so that it keeps the focus where browsers can only insert.
   * @param {HTMLElement} item
   * @param {Deed} deed
   * @returns {HTMLElement[] | null} what to speak of, null if nothing changed
   */
  #do(item, deed) {
    const { previousElementSibling: before, nextElementSibling: after } = item;
    if (deed === 'up' && before) item.after(before);
    else if (deed === 'down' && after) item.before(after);
    else if (deed === 'top' && before) this.#list.prepend(item);
    else if (deed === 'bottom' && after) this.#list.append(item);
    else if (deed === 'restore') this.#list.append(item);
    else if (deed === 'discard' && this.#aside) return setAside(item, this.#list, this.#aside);
    else return null;
    return [item];
  }

  /** @param {HTMLElement} item */
  #restingPlace(item) {
    const restore = /** @type {HTMLElement | null} */ (item.querySelector('[data-do="restore"]'));
    return restore && !restore.hidden ? restore : handle(item);
  }

  /** @param {HTMLElement[]} items */
  #changed(items) {
    this.#refresh();
    this.#say(items.map((item) => this.#sentence(item)).join(' '));
    const aside = this.#aside?.querySelector('[data-id]');
    enqueue({
      action: this.dataset.action ?? '',
      version: seenVersion(this),
      fields: { move: MOVE, discard: aside?.getAttribute('data-id') ?? null, order: order(this.#list) },
      coalesce: MOVE,
      region: this.id,
      delay: GATHER,
    });
  }

  /** @param {HTMLElement} item */
  #sentence(item) {
    const ids = order(this.#list);
    const place = ids.indexOf(item.dataset.id ?? '') + 1;
    const statement = item.querySelector('.statement__text')?.textContent?.trim() ?? '';
    return filled(place ? this.dataset.said : this.dataset.setAside, { statement, place, count: ids.length });
  }

  /** @param {string} words */
  #say(words) {
    const line = this.querySelector('[data-say]');
    if (!line) return;
    line.textContent = '';
    clearTimeout(this.#saying);
    // Emptied first: the same words twice would not be read twice.
    this.#saying = setTimeout(() => {
      line.textContent = words;
      this.#saying = setTimeout(() => (line.textContent = ''), SAID);
    }, 50);
  }
}

/** @param {HTMLElement} item */
function handle(item) {
  return /** @type {HTMLElement} */ (item.querySelector('[data-handle]'));
}

/** Give the page <rank-list>; the outbox must be open, so that unsent orders are shown at once. */
export function defineRankList() {
  customElements.define('rank-list', RankList);
}
