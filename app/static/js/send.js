// Sends one move and says what became of it.

const LIMIT = 10000;
const LONGEST_WAIT = 30000;
const LATER = [0, 408, 425, 429];

/** @typedef {import('./outbox.js').Move} Move */
/**
 * @typedef {object} Answer
 * @property {'taken' | 'refused' | 'later'} outcome
 * @property {string} text  partials, or nothing
 * @property {number} wait  ms the server asks to wait
 */

/**
 * Send a move.
 *
 * "Taken" needs a 200 that brings partials: a venue's sign-in page says 200 to anything.
 * @param {Move} move
 * @returns {Promise<Answer>}
 */
export async function send(move) {
  const gate = new AbortController();
  const limit = setTimeout(() => gate.abort(), LIMIT);
  try {
    const reply = await fetch(move.action, { ...request(move), signal: gate.signal });
    const text = await reply.text();
    const drawn = text.includes('<hx-partial');
    const wait = Math.min(LONGEST_WAIT, 1000 * (Number(reply.headers.get('Retry-After')) || 0));
    if (reply.ok) return { outcome: drawn ? 'taken' : 'later', text, wait };
    const later = reply.status >= 500 || LATER.includes(reply.status);
    return { outcome: later ? 'later' : 'refused', text: drawn ? text : '', wait };
  } catch {
    return { outcome: 'later', text: '', wait: 0 };
  } finally {
    clearTimeout(limit);
  }
}

/**
 * Send a move while the page goes away. Nobody hears the answer, so the move is kept and sent again later.
 * @param {Move} move
 */
export function sendLeaving(move) {
  fetch(move.action, { ...request(move), keepalive: true }).catch(() => {});
}

/**
 * @param {Move} move
 * @returns {RequestInit}
 */
function request(move) {
  return {
    method: 'POST',
    mode: 'same-origin',
    redirect: 'manual',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'text/html',
      'HX-Request': 'true',
      'Idempotency-Key': move.key,
    },
    body: JSON.stringify({ ...move.fields, version: move.version }),
  };
}
