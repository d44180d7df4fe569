// Unsent moves, kept on this device until the server has them: a reload, a crash or an empty battery loses none.
// Each page has a shelf of its own, so that two tabs of one seat do not write over each other.

const PREFIX = 'concord:moves';
const ABANDONED = 5000;

/** @typedef {import('./outbox.js').Move} Move */
/** @typedef {{beat: number, moves: Move[]}} Shelf beat: when its page last touched it, 0 once the page has left */

/** The name of this page, while it lives. */
export const page = randomKey();

let isOnShelf = false;

/**
 * Make a random key. (randomUUID does not exist on a page served by plain HTTP, as on a laptop in a hall.)
 * @returns {string}
 */
export function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @returns {string | null} what the shelves of this seat have in common; null: nothing is kept here */
function prefix() {
  const { code, seat } = document.getElementById('live')?.dataset ?? {};
  return code && seat ? `${PREFIX}:${code}:${seat}:` : null;
}

/**
 * Keep these moves on this page's shelf.
 * @param {Move[]} moves
 * @param {boolean} [leaving]
 */
export function keep(moves, leaving = false) {
  const start = prefix();
  if (!start) return;
  try {
    if (!moves.length) localStorage.removeItem(start + page);
    else localStorage.setItem(start + page, JSON.stringify({ beat: leaving ? 0 : Date.now(), moves }));
    isOnShelf = moves.length > 0;
  } catch {
    isOnShelf = false; // a full or forbidden store: the moves are still in this page
  }
}

/**
 * Say whether this page's shelf is still there: while the page slept, another page may have taken it over.
 * @returns {boolean}
 */
export function isStillKept() {
  const start = prefix();
  try {
    return !isOnShelf || localStorage.getItem(start + page) !== null;
  } catch {
    return true;
  }
}

/**
 * Take over the moves of pages of this seat that are gone. Taking them twice is harmless: their keys stay the same.
 * @returns {{moves: Move[], others: boolean}} others: there are shelves whose page may still be alive
 */
export function takeOver() {
  const start = prefix();
  /** @type {Move[]} */
  const moves = [];
  let others = false;
  if (!start) return { moves, others };
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(start) && name !== start + page)) {
      const shelf = readShelf(localStorage.getItem(key));
      if (shelf && Date.now() - shelf.beat < ABANDONED) others = true;
      else localStorage.removeItem(key);
      if (shelf && Date.now() - shelf.beat >= ABANDONED) moves.push(...shelf.moves);
    }
  } catch {
    // No store, nothing left over.
  }
  return { moves, others };
}

/**
 * @param {string | null} text
 * @returns {Shelf | null}
 */
function readShelf(text) {
  try {
    const shelf = JSON.parse(text ?? '');
    return Array.isArray(shelf.moves) ? shelf : null;
  } catch {
    return null;
  }
}
