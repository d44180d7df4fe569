// The outbox: every move goes through it, one after the other, and stays in it until the server has answered.
// Law: a move is sent again with the same key until it is taken or refused; no tap is lost.

import { draw, versionOf } from './draw.js';
import { hold, letGo, misses } from './hold.js';
import { doubted } from './live.js';
import { clearNotice, sayNotTaken } from './notice.js';
import { send, sendLeaving } from './send.js';
import { signal } from './signal.js';
import { isStillKept, keep, page, randomKey, takeOver } from './stored-moves.js';

/**
 * @typedef {object} Move
 * @property {string} key  the same each time it is sent
 * @property {string} action  where it is posted
 * @property {number} version  the version of the page it was made on
 * @property {string} page  the page it was made in
 * @property {Record<string, unknown>} fields
 * @property {string} [coalesce]  a newer one of this name replaces it while it waits
 * @property {string} [region]  the region that is held until it is answered
 * @property {number} due  not before this time
 */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;
const HELD = 'unsent';

/** Tells when the outbox changed. @type {import('./signal.js').Signal<void>} */
export const changed = signal();

/** Tells that moves of an earlier page were taken over. @type {import('./signal.js').Signal<void>} */
export const adopted = signal();

/** Tells that the server answered a move. @type {import('./signal.js').Signal<void>} */
export const answered = signal();

/** Asks those who gather changes to hand them over now. @type {import('./signal.js').Signal<void>} */
export const handOver = signal();

/** @type {Move[]} */
let queue = [];
/** @type {Move | null} */
let inFlight = null;
let hasLeft = false;
let failures = 0;
let notBefore = 0;
/** Until when the server asked to be left alone; being reachable again does not end it. */
let restUntil = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** The version of the last taken move, for each address and page. @type {Map<string, number>} */
const taken = new Map();

/**
 * Put a move into the outbox.
 * @param {{action: string, version: number, fields: Record<string, unknown>, coalesce?: string, region?: string, delay?: number}} wanted
 */
export function enqueue({ delay = 0, ...wanted }) {
  clearNotice();
  const move = { ...wanted, key: randomKey(), page, due: Date.now() + delay };
  catchUp(move);
  if (move.coalesce) queue = queue.filter((older) => older === inFlight || !isSame(older, move));
  if (!repeats(queue.at(-1), move)) queue.push(move);
  if (move.region) hold(move.region, HELD);
  told();
  pump();
}

/**
 * Find the newest unsent move of a name.
 * @param {string} action
 * @param {string} coalesce
 * @returns {Move | undefined}
 */
export function unsent(action, coalesce) {
  return queue.findLast((move) => move.action === action && move.coalesce === coalesce);
}

/** Send what waits now. */
export function hurry() {
  for (const move of queue) move.due = 0;
  pump();
}

/** Try again now, whatever the last attempts came to. */
export function retry() {
  notBefore = 0;
  pump();
}

/**
 * Say how far saving is.
 * @returns {'saving' | 'not' | null} null: nothing waits
 */
export function state() {
  if (!queue.length) return null;
  return failures ? 'not' : 'saving';
}

/** Start: take over what earlier pages left, and hand in before this page leaves. */
export function openOutbox() {
  adopt();
  document.addEventListener('visibilitychange', () => document.hidden && (handOver.tell(), hurry()));
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', (event) => event.persisted && comeBack());
  window.addEventListener('online', retry);
  setInterval(() => queue.length && keep(queue, hasLeft), 2000);
}

function adopt() {
  const { moves, others } = takeOver();
  const news = moves.filter((move) => !move.coalesce || !queue.some((newer) => isSame(newer, move)));
  const first = inFlight ? 1 : 0;
  queue.splice(first, 0, ...news.map((move) => ({ ...move, due: 0 })));
  for (const { region } of news) if (region) hold(region, HELD);
  if (news.length) {
    told();
    adopted.tell();
    pump();
  }
  if (others) setTimeout(adopt, 3000);
}

function leave() {
  handOver.tell();
  clearTimeout(timer);
  // Browsers say after this that the page is hidden: what is sent then hears no answer, and would claim the shelf again.
  hasLeft = true;
  // Only the first: the next one's version depends on its answer.
  if (queue.length) sendLeaving(queue[0]);
  keep(queue, true);
}

function comeBack() {
  hasLeft = false;
  if (queue.length && !isStillKept()) {
    for (const move of queue) drop(move);
    doubted.tell();
    told();
  } else retry();
}

function pump() {
  clearTimeout(timer);
  const move = queue[0];
  if (!move || inFlight || hasLeft) return;
  const wait = Math.max(move.due, notBefore, restUntil) - Date.now();
  if (wait > 0) timer = setTimeout(pump, wait);
  else deliver(move);
}

/** @param {Move} move */
async function deliver(move) {
  inFlight = move;
  keep(queue);
  const answer = await send(move);
  inFlight = null;
  if (!queue.includes(move)) return pump();
  if (answer.outcome === 'later') return postpone(answer.wait);
  failures = 0;
  notBefore = 0;
  answered.tell();
  if (answer.outcome === 'taken') settle(move, answer.text);
  else refuse(move, answer.text);
  told();
  pump();
}

/** @param {number} wait what the server asks for, in ms */
function postpone(wait) {
  const backoff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures) * (0.8 + 0.4 * Math.random());
  failures += 1;
  notBefore = Date.now() + backoff;
  restUntil = Date.now() + wait;
  told();
  pump();
}

/**
 * @param {Move} move
 * @param {string} text
 */
function settle(move, text) {
  taken.set(place(move), Math.max(versionOf(text), taken.get(place(move)) ?? 0));
  drop(move);
  queue.forEach(catchUp);
  draw(text);
}

/**
 * A refused move takes with it those behind it on the same address: they were made on what it would have changed.
 * @param {Move} move
 * @param {string} text
 */
function refuse(move, text) {
  for (const lost of queue.filter((other) => other.action === move.action)) {
    if (lost.region) misses(lost.region);
    drop(lost);
  }
  if (!draw(text)) sayNotTaken();
  if (!versionOf(text)) doubted.tell();
}

/** @param {Move} move */
function drop(move) {
  queue = queue.filter((other) => other !== move);
  const { region } = move;
  if (region && !queue.some((other) => other.region === region)) letGo(region, HELD);
}

function told() {
  keep(queue, hasLeft);
  changed.tell();
}

/**
 * Let a move name the version that the one before it made: what it was made on includes that one.
 * @param {Move} move
 */
function catchUp(move) {
  move.version = Math.max(move.version, taken.get(place(move)) ?? 0);
}

/**
 * Moves made in one page build on each other, so each names the version of the one before; another page's do not.
 * @param {Move} move
 */
function place(move) {
  return `${move.page} ${move.action}`;
}

/**
 * @param {Move} one
 * @param {Move} other
 */
function isSame(one, other) {
  return one.action === other.action && one.coalesce === other.coalesce;
}

/**
 * Say whether a move asks again for what is under way and nothing has come between.
 * @param {Move | undefined} last
 * @param {Move} move
 */
function repeats(last, move) {
  return Boolean(
    move.coalesce && last && last === inFlight && isSame(last, move) && JSON.stringify(last.fields) === JSON.stringify(move.fields),
  );
}
