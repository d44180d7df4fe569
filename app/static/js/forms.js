// Forms marked data-move or data-act go through the outbox instead of loading a page.

import { version } from './live.js';
import { enqueue, handOver, hurry } from './outbox.js';

/** Take over the marked forms, now and after every swap. */
export function takeForms() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-move], [data-act]')) return;
    event.preventDefault();
    const { submitter } = event;
    handOver.tell();
    hurry(); // what was changed before comes before this
    enqueue({
      action: submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.pathname,
      version: seenVersion(form),
      fields: fieldsOf(form, submitter),
      coalesce: form.dataset.coalesce,
    });
  });
}

/**
 * Say which version somebody sees who acts on this element: its region's own, else the page's.
 * @param {Element} element
 * @returns {number}
 */
export function seenVersion(element) {
  const region = element.closest('[data-version]');
  return region instanceof HTMLElement ? Number(region.dataset.version) || 0 : version();
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @returns {Record<string, unknown>}
 */
function fieldsOf(form, submitter) {
  const data = new FormData(form);
  const name = submitter?.getAttribute('name');
  if (name) data.append(name, submitter?.getAttribute('value') ?? '');
  /** @type {Record<string, unknown>} */
  const fields = {};
  for (const key of new Set(data.keys())) {
    const values = data.getAll(key);
    fields[key] = values.length > 1 ? values : values[0];
  }
  return fields;
}
