// Reads the live area by plain requests: in full when in doubt, and again and again while no socket gets through.

import { draw } from './draw.js';
import { doubted, regionsAddress, version } from './live.js';

const EVERY = 3000;
const LIMIT = 10000;
const GONE = [401, 403, 404, 410];

/** @typedef {'news' | 'nothing' | 'failed' | 'gone'} Reading */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let next;
let reading = false;

/**
 * Read the regions once and draw them.
 * @param {number} [since] only if there is something newer
 * @returns {Promise<Reading>}
 */
export async function read(since) {
  const gate = new AbortController();
  const limit = setTimeout(() => gate.abort(), LIMIT);
  try {
    const reply = await fetch(regionsAddress(since), {
      mode: 'same-origin', redirect: 'manual', cache: 'no-store', signal: gate.signal,
      headers: { Accept: 'text/html', 'HX-Request': 'true' },
    });
    if (GONE.includes(reply.status)) return 'gone';
    if (reply.status === 204) return 'nothing';
    // A venue's sign-in page also answers 200: only partials are an answer.
    return reply.ok && draw(await reply.text()) ? 'news' : 'failed';
  } catch {
    return 'failed';
  } finally {
    clearTimeout(limit);
  }
}

/**
 * Poll until told to stop; each outcome is told.
 * @param {(outcome: Reading) => void} tell
 */
export function startPolling(tell) {
  next ??= setTimeout(poll, 0, tell);
}

/**
 * @returns {boolean}
 */
export function isPolling() {
  return next !== undefined;
}

/** Stop polling. */
export function stopPolling() {
  clearTimeout(next);
  next = undefined;
}

/** @param {(outcome: Reading) => void} tell */
async function poll(tell) {
  const mine = next;
  const outcome = await read(version());
  if (next !== mine) return;
  // A room of phones that lost the socket together must not ask together.
  next = setTimeout(poll, EVERY * (0.85 + 0.3 * Math.random()), tell);
  tell(outcome);
}

/** Read everything again whenever somebody doubts what the page shows. */
export function readWhenDoubted() {
  doubted.on(() => {
    if (reading) return;
    reading = true;
    // A short wait gathers several doubts into one reading, and keeps a fault from becoming a storm.
    setTimeout(async () => {
      await read();
      reading = false;
    }, 300);
  });
}
