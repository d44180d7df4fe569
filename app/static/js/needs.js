// What a kind's screens need beside the page's own script: an element names it in data-needs, and it is brought once.

import { drawn } from './live.js';

const AGAIN = 3000;

/** @type {Map<string, number>} what is under way or here, and how often it was asked for */
const asked = new Map();

/** Bring what is named, now and after every swap. */
export function bringNeeds() {
  drawn.on(look);
  look();
}

function look() {
  for (const element of document.querySelectorAll('[data-needs]')) {
    const address = element.getAttribute('data-needs');
    if (address && !asked.has(address)) bring(address);
  }
}

/** @param {string} address */
function bring(address) {
  const times = asked.get(address) ?? 0;
  asked.set(address, times + 1);
  // A script that could not be fetched is remembered as missing under its address, so another is asked for.
  const found = new URL(times ? `${address}?${times}` : address, location.href);
  if (found.origin !== location.origin) return;
  import(found.href).catch(() => setTimeout(() => bring(address), AGAIN));
}
