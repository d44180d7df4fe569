// What is shown about a shared text: its save state, its words, who writes, and what was not taken.
// The page has all words; here elements are only filled, shown and hidden. They name the text's element by its id.

/**
 * Find what belongs to a text.
 * @param {HTMLElement} area
 * @param {string} name
 * @returns {HTMLElement[]}
 */
function belonging(area, name) {
  const found = document.querySelectorAll(`[${name}="${CSS.escape(area.id)}"]`);
  return [...found].filter((element) => element instanceof HTMLElement);
}

/**
 * Show the save state in `<… data-state-of="id">`: of its children with `data-when` the one that fits. What may not be
 * written has nothing to save: it is there to read.
 * @param {HTMLElement} area
 * @param {import('./text-line.js').State} state
 * @param {boolean} mayWrite
 */
export function showState(area, state, mayWrite) {
  const now = state === 'none' && !mayWrite ? 'read' : state;
  for (const line of belonging(area, 'data-state-of')) {
    if (line.dataset.state !== now) line.dataset.state = now;
    showOnly(line, 'data-when', now);
  }
}

/**
 * Show of an element's parts only those that an attribute says are meant now.
 * @param {HTMLElement} element
 * @param {string} attribute
 * @param {string} now
 */
function showOnly(element, attribute, now) {
  for (const part of element.querySelectorAll(`[${attribute}]`)) {
    const isMeant = part.getAttribute(attribute) === now;
    if (part.hasAttribute('hidden') === isMeant) part.toggleAttribute('hidden', !isMeant);
  }
}

/**
 * Count words into `<… data-words-of="id">`; above its `data-advised` it is marked. What can only be read and does not fit
 * gets `data-cut`.
 * @param {HTMLElement} area
 * @param {string} text
 */
export function showWords(area, text) {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu)?.length ?? 0;
  for (const element of belonging(area, 'data-words-of')) {
    if (element.textContent !== String(words)) element.textContent = String(words);
    element.toggleAttribute('data-over', words > (Number(element.dataset.advised) || Infinity));
  }
  // A wall cannot be scrolled by those who look at it.
  if (area instanceof HTMLTextAreaElement && area.readOnly) {
    area.toggleAttribute('data-cut', area.scrollHeight > area.clientHeight + 4);
  }
}

/**
 * Show who writes now in `<… data-writers-of="id">`: its children with `data-writer="table:number"`, or "trainer".
 * @param {HTMLElement} area
 * @param {Array<Record<string, unknown>>} told
 */
export function showPeople(area, told) {
  const writing = told.filter((one) => one.writing).map((one) => (one.trainer ? 'trainer' : `${one.table ?? 1}:${one.number}`));
  for (const list of belonging(area, 'data-writers-of')) {
    list.toggleAttribute('hidden', !writing.length);
    for (const person of list.querySelectorAll('[data-writer]')) {
      person.toggleAttribute('hidden', !writing.includes(person.getAttribute('data-writer') ?? ''));
    }
  }
}

/**
 * Show what was not taken in `<… data-left-over-of="id">`, so that it can be copied, and of its children with `data-why`
 * the one that says why.
 * @param {HTMLElement} area
 * @param {string} text
 * @param {string} reason
 */
export function sayLeftOver(area, text, reason) {
  for (const block of belonging(area, 'data-left-over-of')) {
    block.hidden = false;
    block.dataset.reason = reason;
    showOnly(block, 'data-why', reason);
    const copy = block.querySelector('textarea, output, pre');
    if (copy instanceof HTMLTextAreaElement) copy.value = text;
    else if (copy) copy.textContent = text;
  }
}
