// One shared text in the page: its document, its line, its element, and what is shown about it.

import * as Y from 'yjs';
import { bindText } from './text-binding.js';
import { forgetKept, keepText, keptText } from './text-kept.js';
import { openLine } from './text-line.js';
import { sayLeftOver, showPeople, showState, showWords } from './text-shown.js';

/** The one text in a document, as the server calls it. */
const ROOT = 't';

/**
 * What was stored when a text was closed, by its address: it stands there at once when it is opened again.
 * @type {Map<string, Uint8Array>}
 */
const seen = new Map();

/**
 * Open the text that an element names.
 * @param {HTMLTextAreaElement} area
 * @param {() => void} changed  called whenever its state may be another
 * @returns {{close: () => void, show: () => void, isSettled: () => boolean}}
 */
export function openText(area, changed) {
  const address = area.dataset.text ?? '';
  let text = begin();

  /** Begin with what this device kept and the server has. */
  function begin() {
    const doc = new Y.Doc();
    const kept = keptText(address);
    const before = seen.get(address);
    seen.delete(address);
    if (before) Y.applyUpdate(doc, before, 'kept');
    if (kept) Y.applyUpdate(doc, kept, 'kept');
    const earlier = [...doc.store.clients.keys()];
    const { writer, release } = bindText(doc, ROOT, area);
    // Until something is written here, what was stored when the text was closed is no less so while the line opens.
    let isNew = Boolean(before) && !kept;
    /** @type {Array<Record<string, unknown>>} */
    let people = [];
    const line = openLine(address, doc, { own: [...earlier, writer], may: area.dataset.may ?? '' }, {
      changed: show,
      people: (told) => showPeople(area, (people = told)),
      refused: beginAnew,
    });
    const keeper = keepText(address, doc, () => ['saving', 'not'].includes(line.state()));
    doc.on('update', show);
    area.addEventListener('input', wrote);
    show();

    function state() {
      const now = line.state();
      if (now === 'saved' || now === 'saving') isNew = false;
      return now === 'not' && isNew ? 'none' : now;
    }

    /** A line that is still opening is not: it would be cut, only to be opened again. */
    function isSettled() {
      return line.mayWrite() ? line.state() === 'saved' : line.state() === 'none' && doc.store.clients.size > 0;
    }

    function show() {
      area.readOnly = !line.mayWrite();
      showState(area, state(), line.mayWrite());
      showPeople(area, people);
      showWords(area, area.value);
      keeper.look();
      // Whoever else shows something about the text looks at it now; what others write makes no input event.
      area.dispatchEvent(new CustomEvent('concord:text', { bubbles: true }));
      changed();
    }

    function wrote() {
      isNew = false;
      showWords(area, area.value);
    }

    return {
      show,
      isSettled,
      close() {
        if (isSettled() && doc.store.clients.size) seen.set(address, Y.encodeStateAsUpdate(doc));
        keeper.stop();
        area.removeEventListener('input', wrote);
        line.close();
        release();
        doc.destroy();
      },
    };
  }

  /**
   * The server does not take what stands here: what it has is shown, and what was written here can still be copied.
   * @param {string} reason
   */
  function beginAnew(reason) {
    sayLeftOver(area, area.value, reason);
    text.close();
    seen.delete(address);
    forgetKept(address);
    text = begin();
  }

  return {
    close: () => text.close(),
    show: () => text.show(),
    isSettled: () => text.isSettled(),
  };
}
