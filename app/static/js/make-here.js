// Shows how far a file is beside the buttons that ask for it; without this, that is a page of its own.

import { follow } from './follow.js';

/** Take over the forms marked data-make-here: what they begin is shown in the element that they name. */
export function makeHere() {
  for (const form of document.querySelectorAll('form[data-make-here]')) {
    form.addEventListener('submit', (event) => {
      if (form instanceof HTMLFormElement && event instanceof SubmitEvent) begin(form, event);
    });
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {SubmitEvent} event
 */
async function begin(form, event) {
  const asked = new FormData(form, event.submitter);
  const place = document.getElementById(form.dataset.makeHere ?? '');
  if (!place) return;
  event.preventDefault();
  const made = await ask(form, asked);
  if (!made) {
    // The server says no, or cannot be reached: then its own page tells why.
    send(form, asked);
    return;
  }
  const follows = place.querySelector('[data-state=under-way]') !== null;
  place.replaceChildren(made);
  place.scrollIntoView({ block: 'nearest' });
  if (!follows) follow();
}

/**
 * @param {HTMLFormElement} form
 * @param {FormData} asked
 * @returns {Promise<Element | null>}
 */
async function ask(form, asked) {
  try {
    const reply = await fetch(form.action, {
      method: 'POST', body: new URLSearchParams(/** @type {any} */ (asked)), mode: 'same-origin', headers: { Accept: 'text/html' },
    });
    if (!reply.ok) return null;
    return new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('[data-follow]');
  } catch {
    return null;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {FormData} asked
 */
function send(form, asked) {
  for (const [name, value] of asked) {
    if (form.elements.namedItem(name) instanceof HTMLInputElement) continue;
    if (form.elements.namedItem(name) instanceof HTMLSelectElement) continue;
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
  }
  form.submit();
}
