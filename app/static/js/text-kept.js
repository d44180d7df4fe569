// What was written and is not stored yet is kept on the device, so that a page that is loaded again goes on with it.

import * as Y from 'yjs';

const PREFIX = 'concord:text:';
const PAUSE = 300;

/**
 * Read what was kept of a text.
 * @param {string} address
 * @returns {Uint8Array | null}
 */
export function keptText(address) {
  try {
    const kept = localStorage.getItem(PREFIX + address);
    return kept ? Uint8Array.from(window.atob(kept), (letter) => letter.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

/**
 * Forget what was kept of a text.
 * @param {string} address
 */
export function forgetKept(address) {
  try {
    localStorage.removeItem(PREFIX + address);
  } catch {
    // nothing was kept, then
  }
}

/**
 * Keep a text while it is not stored.
 * @param {string} address
 * @param {Y.Doc} doc
 * @param {() => boolean} isUnstored
 */
export function keepText(address, doc, isUnstored) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let wrote = Boolean(keptText(address));
  doc.on('update', note);
  window.addEventListener('pagehide', write);

  function note() {
    timer ??= setTimeout(write, PAUSE);
  }

  function write() {
    clearTimeout(timer);
    timer = undefined;
    if (!isUnstored()) return look();
    const bytes = Y.encodeStateAsUpdate(doc);
    let letters = '';
    for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
    try {
      localStorage.setItem(PREFIX + address, window.btoa(letters));
      wrote = true;
    } catch {
      // a device that keeps nothing still has the page itself
    }
  }

  /** Forget what is stored by now. */
  function look() {
    if (!wrote || isUnstored()) return;
    forgetKept(address);
    wrote = false;
  }

  return {
    look,
    stop() {
      // What its page takes away unsaved is there again when the text is opened next.
      write();
      window.removeEventListener('pagehide', write);
      doc.off('update', note);
    },
  };
}
