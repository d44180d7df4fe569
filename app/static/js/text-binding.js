// A plain text area bound to a shared text over a private replica.
// Law: nothing is put into the area while an input method composes in it; most Android keyboards compose every word.

import * as Y from 'yjs';

/**
 * Bind an area to a document's text.
 * @param {Y.Doc} main
 * @param {string} name
 * @param {HTMLTextAreaElement} area
 * @returns {{writer: number, release: () => void}} the id that it writes by, and how to let go of it
 */
export function bindText(main, name, area) {
  const replica = new Y.Doc();
  const text = replica.getText(name);
  let composing = false;
  /** @type {Uint8Array[]} */
  const held = [];
  Y.applyUpdate(replica, Y.encodeStateAsUpdate(main), main);
  main.on('update', fromMain);
  replica.on('update', toMain);
  text.observe(fromOthers);
  area.addEventListener('compositionstart', compose);
  area.addEventListener('compositionend', composed);
  area.addEventListener('blur', composed);
  area.addEventListener('input', take);
  let last = text.toString();
  area.value = last;

  /**
   * @param {Uint8Array} update
   * @param {unknown} origin
   */
  function fromMain(update, origin) {
    if (origin === replica) return;
    if (composing) held.push(update);
    else Y.applyUpdate(replica, update, main);
  }

  /**
   * @param {Uint8Array} update
   * @param {unknown} origin
   */
  function toMain(update, origin) {
    if (origin !== main) Y.applyUpdate(main, update, replica);
  }

  function compose() {
    composing = true;
  }

  function composed() {
    if (!composing) return;
    composing = false;
    take();
    for (const update of held.splice(0)) Y.applyUpdate(replica, update, main);
  }

  /** Take what was typed: what differs between the area and what was last in it. */
  function take() {
    const now = area.value;
    if (now === last) return;
    const { from, gone, come } = difference(last, now, area.selectionEnd);
    replica.transact(() => {
      if (gone) text.delete(from, gone);
      if (come) text.insert(from, come);
    });
    last = text.toString();
  }

  /**
   * Put in what others wrote, and keep the caret between the same letters.
   * @param {Y.YTextEvent} event
   */
  function fromOthers(event) {
    if (event.transaction.local) return;
    const [start, end] = [moved(area.selectionStart, event.delta), moved(area.selectionEnd, event.delta)];
    const { scrollTop, selectionDirection } = area;
    last = text.toString();
    area.value = last;
    if (document.activeElement === area) area.setSelectionRange(start, end, selectionDirection);
    area.scrollTop = scrollTop;
  }

  function release() {
    main.off('update', fromMain);
    area.removeEventListener('compositionstart', compose);
    area.removeEventListener('compositionend', composed);
    area.removeEventListener('blur', composed);
    area.removeEventListener('input', take);
    replica.destroy();
  }

  return { writer: replica.clientID, release };
}

/**
 * Find the one stretch in which two texts differ; where it could lie in several places, it ends at the caret.
 * @param {string} before
 * @param {string} now
 * @param {number} caret
 * @returns {{from: number, gone: number, come: string}}
 */
export function difference(before, now, caret) {
  const shorter = Math.min(before.length, now.length);
  const behind = Math.min(shorter, now.length - caret);
  let back = 0;
  while (back < behind && before.at(-1 - back) === now.at(-1 - back)) back += 1;
  let front = 0;
  while (front < shorter - back && before[front] === now[front]) front += 1;
  while (back < shorter - front && before.at(-1 - back) === now.at(-1 - back)) back += 1;
  // Half a letter is none: both halves of a pair stay together.
  if (front && isFirstHalf(now.charCodeAt(front - 1))) front -= 1;
  if (back && isSecondHalf(now.charCodeAt(now.length - back))) back -= 1;
  return { from: front, gone: before.length - back - front, come: now.slice(front, now.length - back) };
}

/** @param {number} unit */
function isFirstHalf(unit) {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** @param {number} unit */
function isSecondHalf(unit) {
  return unit >= 0xdc00 && unit < 0xe000;
}

/**
 * Say where a place is after a change.
 * @param {number} place
 * @param {Array<{retain?: number, insert?: unknown, delete?: number}>} delta
 * @returns {number}
 */
function moved(place, delta) {
  let at = 0;
  let now = place;
  for (const step of delta) {
    if (step.retain) at += step.retain;
    else if (typeof step.insert === 'string') {
      if (at < now) now += step.insert.length;
      at += step.insert.length;
    } else if (step.delete && at < now) now -= Math.min(step.delete, now - at);
  }
  return now;
}
