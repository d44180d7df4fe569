// The line of one shared text: y-websocket's, with what it lacks.
// Law: "saved" is the server's word: all that this page sent is settled, and its state vector covers what was written here.

import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** Messages of our own, beside the protocol's. */
const SAVED = 100;
const MAY = 101;
const REFUSED = 102;
/** The protocol's answer with all that the server has not. */
const STEP_2 = 1;

const OUT_OF_STEP = 4409;
const TOO_LARGE = 1009;
const LONGEST_UNSETTLED = 10000;
const QUIET = 20000;

/** @typedef {'saved' | 'saving' | 'not' | 'none' | 'stopped'} State */

/**
 * @typedef {object} Listeners
 * @property {() => void} changed  the state or what may be done is another
 * @property {(told: Array<Record<string, unknown>>) => void} people  who else is here
 * @property {(reason: string) => void} refused  the server does not take what stands here
 */

/**
 * Open the line of a text.
 * @param {string} address
 * @param {Y.Doc} doc
 * @param {{own: number[], may: string}} options  the ids that this device writes by and wrote by before, and its right
 * @param {Listeners} listeners
 */
export function openLine(address, doc, options, listeners) {
  const cut = address.lastIndexOf('/');
  const [name, query] = address.slice(cut + 1).split('?');
  const base = new URL(address.slice(0, cut), location.href);
  base.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';

  let sent = 0;
  let settled = 0;
  let unsettledSince = 0;
  // Until the server says it on this line, what it said in the page.
  let may = options.may;
  let reason = '';
  let stopped = false;
  /** Whether something was changed that no message has carried yet; deletions move no clock. */
  let unsent = doc.store.clients.size > 0;
  let gone = false;
  /** @type {Map<number, number>} */
  let stored = new Map();

  class Counting extends WebSocket {
    /**
     * @param {string} url
     * @param {string[]} protocols
     */
    constructor(url, protocols) {
      super(url, protocols);
      sent = 0;
      settled = 0;
      unsettledSince = 0;
    }

    /** @param {Uint8Array} data */
    send(data) {
      if (data[0] === 0 && data[1] > 0) {
        sent += 1;
        unsettledSince ||= Date.now();
        if (data[1] === STEP_2) unsent = false;
      }
      super.send(data);
    }
  }

  const provider = new WebsocketProvider(base.href, name, doc, {
    disableBc: true,
    maxBackoffTime: 2500,
    params: Object.fromEntries(new URLSearchParams(query)),
    WebSocketPolyfill: Counting,
    shouldReconnect: ({ code }) => code !== TOO_LARGE && !(code >= 4400 && code < 4500),
  });
  provider.messageHandlers[SAVED] = (_, decoder) => {
    stored = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
    settled = decoding.readVarUint(decoder);
    unsettledSince = settled < sent ? Date.now() : 0;
    listeners.changed();
  };
  provider.messageHandlers[MAY] = (_, decoder) => {
    may = decoding.readVarString(decoder);
    listeners.changed();
  };
  provider.messageHandlers[REFUSED] = (_, decoder) => {
    reason = decoding.readVarString(decoder);
  };
  provider.on('status', () => listeners.changed());
  provider.on('sync', () => listeners.changed());
  provider.on('closed', ({ code }) => {
    if (code === OUT_OF_STEP || code === TOO_LARGE) {
      // After the provider has finished closing: what hears this takes it down.
      queueMicrotask(() => gone || listeners.refused(reason || 'long'));
    } else {
      stopped = true;
      listeners.changed();
    }
  });
  provider.awareness.on('change', () => {
    const others = [...provider.awareness.getStates()].filter(([client]) => client !== doc.clientID);
    listeners.people(others.map(([, said]) => said));
  });

  const note = (/** @type {Uint8Array} */ _, /** @type {unknown} */ origin) => {
    if (origin !== provider && !provider.wsconnected) unsent = true;
  };
  doc.on('update', note);
  const watching = setInterval(watch, 1000);
  const wake = () => document.hidden || renew(QUIET / 4);
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wake);

  /** A socket on which nothing is settled any more is dead, whatever it says of itself. */
  function watch() {
    if (unsettledSince && Date.now() - unsettledSince > LONGEST_UNSETTLED) renew(0);
    else renew(QUIET);
  }

  /** @param {number} patience how long the socket may have been quiet */
  function renew(patience) {
    if (stopped || !provider.wsconnected || Date.now() - provider.wsLastMessageReceived < patience) return;
    provider.disconnect();
    provider.connect();
  }

  function isStored() {
    return !unsent && settled >= sent && options.own.every((id) => (stored.get(id) ?? 0) >= Y.getState(doc.store, id));
  }

  return {
    /** @returns {State} */
    state() {
      if (stopped) return 'stopped';
      if (!provider.synced) return isStored() ? 'none' : 'not';
      if (may !== 'write') return 'none';
      return isStored() ? 'saved' : 'saving';
    },
    mayWrite() {
      return may === 'write' && !stopped;
    },
    close() {
      gone = true;
      clearInterval(watching);
      doc.off('update', note);
      window.removeEventListener('online', wake);
      window.removeEventListener('pageshow', wake);
      document.removeEventListener('visibilitychange', wake);
      provider.destroy();
      provider.awareness.destroy();
    },
  };
}
