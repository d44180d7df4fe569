// Reads what a frame, a reply or a poll brings: a list of partials, each for one region.

/**
 * @typedef {object} Partial
 * @property {string} target  a selector, "#progress"
 * @property {number | null} version  null where it has none (a notice)
 * @property {string} html  the whole partial, ready for htmx
 */

// Attribute values are escaped by the server, so neither ">" nor a closing tag can stand inside one.
const PARTIAL = /<hx-partial\b([^>]*)>([\s\S]*?)<\/hx-partial>/gi;

/**
 * Take a text apart into its partials.
 *
 * White space around a partial's root goes: a morph would add it to the page as a text node, once for each push.
 * @param {string} text
 * @returns {Partial[]}
 */
export function partialsOf(text) {
  return [...text.matchAll(PARTIAL)].map(([, attributes, content]) => {
    const version = attribute(attributes, 'data-version');
    return {
      target: attribute(attributes, 'hx-target') ?? '',
      version: version === null ? null : Number(version),
      html: `<hx-partial${attributes}>${content.trim()}</hx-partial>`,
    };
  });
}

/**
 * Say what stands before the partials: a new title, or nothing.
 * @param {string} text
 * @returns {string}
 */
export function titleOf(text) {
  return text.match(/^\s*<title>[^<]*<\/title>/i)?.[0] ?? '';
}

/**
 * Name the newest version among partials, 0 if none has one.
 * @param {Partial[]} partials
 * @returns {number}
 */
export function newest(partials) {
  return Math.max(0, ...partials.map((partial) => partial.version ?? 0));
}

/**
 * @param {string} attributes
 * @param {string} name
 * @returns {string | null}
 */
function attribute(attributes, name) {
  return attributes.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? null;
}
