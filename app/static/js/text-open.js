// One shared text in the page: its document, its line, its element, and what is shown about it.

import * as Y from 'yjs';
import { bindText } from './text-binding.js';
import { forgetKept, keepText, keptText } from './text-kept.js';
import { openLine } from './text-line.js';
import { sayLeftOver, showPeople, showState, showWords } from './text-shown.js';

/** The one text in a document, as the server calls it. */
const ROOT = 't';

/**
 * Open the text that an element names.
 * @param {HTMLTextAreaElement} area
 * @returns {() => void} closes it
 */
export function openText(area) {
  const address = area.dataset.text ?? '';
  let close = begin();

  /**
   * Begin with what this device kept and the server has.
   * @returns {() => void}
   */
  function begin() {
    const doc = new Y.Doc();
    const kept = keptText(address);
    if (kept) Y.applyUpdate(doc, kept, 'kept');
    const earlier = [...doc.store.clients.keys()];
    const { writer, release } = bindText(doc, ROOT, area);
    const line = openLine(address, doc, { own: [...earlier, writer], may: area.dataset.may ?? '' }, {
      changed: show,
      people: (told) => showPeople(area, told),
      refused: beginAnew,
    });
    const keeper = keepText(address, doc, () => ['saving', 'not'].includes(line.state()));
    doc.on('update', show);
    area.addEventListener('input', count);
    show();

    function show() {
      area.readOnly = !line.mayWrite();
      showState(area, line.state());
      count();
      keeper.look();
    }

    return () => {
      keeper.stop();
      area.removeEventListener('input', count);
      line.close();
      release();
      doc.destroy();
    };
  }

  function count() {
    showWords(area, area.value);
  }

  /**
   * The server does not take what stands here: what it has is shown, and what was written here can still be copied.
   * @param {string} reason
   */
  function beginAnew(reason) {
    sayLeftOver(area, area.value, reason);
    close();
    forgetKept(address);
    close = begin();
  }

  return () => close();
}
