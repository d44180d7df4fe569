// Sentences come from the server in data- attributes; here only their blanks are filled.

/**
 * Fill the {names} in a sentence.
 * @param {string | undefined} sentence
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function filled(sentence, values) {
  return (sentence ?? '').replace(/\{(\w+)\}/g, (blank, name) => String(values[name] ?? blank));
}

/**
 * Write text into an element, unless it is there already (each write may be read aloud).
 * @param {Element | null} element
 * @param {string} text
 */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
