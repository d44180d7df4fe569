// The line to the server: hx-ws holds the socket; here is what it lacks. A socket that has gone quiet is dropped,
// one that may be dead is renewed at once when the device wakes, and polling takes over where sockets are blocked.

import { heardTick } from './clock.js';
import { draw } from './draw.js';
import { htmx } from './htmx-setup.js';
import { version } from './live.js';
import { isPolling, startPolling, stopPolling } from './poll.js';
import { signal } from './signal.js';
import * as trouble from './trouble.js';

const QUIET = 15000;
const CONNECTING = 10000;
const STALE = 7000;
const POLL_AFTER = 3;
const POLL_AFTER_MS = 12000;
const REFUSED = [4401, 4403];
const RELOADED = 'concord:reloaded';

/** Tells when the server can be reached again. @type {import('./signal.js').Signal<void>} */
export const reachable = signal();

/** @type {{url: string, socket: WebSocket | null, abortController: AbortController | null} | null} */
let connection = null;
/** @type {WebSocket | null} */
let watched = null;
let heard = 0;
let failures = 0;
let downSince = 0;
let isOpen = false;
let isRefused = false;
let pollFailed = false;

/** Keep the line: call once, before htmx reads the page. */
export function keepLine() {
  document.addEventListener('htmx:ws:before:connection', (event) => connecting(/** @type {CustomEvent} */ (event)));
  document.addEventListener('htmx:ws:after:connection', opened);
  document.addEventListener('htmx:ws:close', (event) => closed(/** @type {CustomEvent} */ (event)));
  document.addEventListener('htmx:ws:before:message:incoming', (event) => received(/** @type {CustomEvent} */ (event)));
  window.addEventListener('online', () => renew(true));
  window.addEventListener('offline', down);
  window.addEventListener('pageshow', (event) => event.persisted && renew(true));
  document.addEventListener('visibilitychange', () => document.hidden || renew());
  downSince = Date.now();
  trouble.lost();
  setInterval(watch, 1000);
}

/** @param {CustomEvent} event */
function connecting(event) {
  connection = event.detail.connection;
  aim();
}

/** Let the address name the version the page shows, so that the server sends only what is newer. */
function aim() {
  if (!connection) return;
  const address = new URL(connection.url);
  address.searchParams.set('v', String(version()));
  connection.url = address.href;
}

function opened() {
  isOpen = true;
  failures = 0;
  stopPolling();
  sign();
  reachable.tell();
}

/** Note a sign of life. */
function sign() {
  heard = Date.now();
  downSince = 0;
  trouble.well();
}

function down() {
  downSince ||= Date.now();
  trouble.lost();
}

/** @param {CustomEvent} event */
function closed({ detail }) {
  if (detail.code === null) return; // taken down here, to be renewed
  if (REFUSED.includes(detail.code)) return refuse();
  if (!isOpen) failures += 1;
  isOpen = false;
  if (!document.hidden) down();
  if (detail.code >= 3000) setTimeout(() => renew(), 8000); // hx-ws gives up on codes it does not know
}

/** @param {CustomEvent} event */
function received(event) {
  event.preventDefault(); // not for hx-ws to swap: draw() knows versions and what is held
  sign();
  const text = String(event.detail.message.data);
  if (text.startsWith('{')) {
    const { tick } = JSON.parse(text);
    if (typeof tick === 'number') heardTick(tick);
  } else {
    draw(text);
    aim();
  }
}

/** Once a second: drop a socket that hangs, and see whether polling must help. */
function watch() {
  const socket = connection?.socket ?? null;
  if (socket !== watched) {
    watched = socket;
    heard = Date.now();
  }
  if (socket && Date.now() - heard > patience(socket)) drop(socket);
  if (mustPoll()) startPolling(polled);
}

/**
 * Say how long a socket may be quiet.
 * @param {WebSocket} socket
 * @returns {number}
 */
function patience(socket) {
  if (socket.readyState === WebSocket.OPEN) return QUIET;
  return socket.readyState === WebSocket.CONNECTING ? CONNECTING : Infinity;
}

function mustPoll() {
  if (isOpen || isRefused || document.hidden) return false;
  return failures >= POLL_AFTER || (downSince > 0 && Date.now() - downSince > POLL_AFTER_MS);
}

/**
 * A half-open socket's close() waits for the other end, which is gone: hx-ws is told at once that it closed.
 * @param {WebSocket} socket
 */
function drop(socket) {
  socket.dispatchEvent(new CloseEvent('close', { code: 1006 }));
  connection?.abortController?.abort(); // the real close, if it comes, must not count twice
  socket.close();
}

/** @param {import('./poll.js').Reading} outcome */
function polled(outcome) {
  if (outcome === 'gone') return refuse();
  if (outcome === 'failed') {
    pollFailed = true;
    return trouble.lost();
  }
  trouble.well();
  gotThrough();
  reachable.tell();
}

/**
 * Make a new socket now, unless the present one is surely alive.
 * @param {boolean} [surely] even then
 */
function renew(surely = false) {
  if (isRefused) return;
  const state = connection?.socket?.readyState;
  const quiet = Date.now() - heard;
  const alive = state === WebSocket.OPEN || state === WebSocket.CONNECTING;
  if (alive && quiet < STALE && !surely) return;
  failures = 0;
  isOpen = false;
  const line = document.getElementById('line');
  if (line) htmx.process(line, true);
}

/**
 * A request got through. If the last ones did not, a socket may now, too, and need not wait for its turn; where requests
 * always got through and sockets did not, they are blocked.
 */
export function gotThrough() {
  const isBack = pollFailed || !isPolling();
  pollFailed = false;
  if (!isOpen && isBack) renew();
}

/** The server wants this page no more: ask once what stands in its place, then say so. */
function refuse() {
  isRefused = true;
  stopPolling();
  const last = Number(readStore(RELOADED)) || 0;
  if (Date.now() - last < QUIET) return trouble.refused();
  // Where nothing can be remembered, loading again might never end.
  if (writeStore(RELOADED, String(Date.now()))) location.reload();
  else trouble.refused();
}

/** @param {string} key */
function readStore(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 * @returns {boolean} whether it could be written
 */
function writeStore(key, value) {
  try {
    sessionStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
