// Follows what the server is making: reads the region again twice a second until it is there.

const EVERY = 500;
const LONGEST = 5000;
const GONE = [401, 403, 404, 410];

/** Follow the page's region marked data-follow, if there is one. */
export function follow() {
  if (region()?.dataset.state === 'under-way') setTimeout(look, EVERY, EVERY);
}

/** @returns {HTMLElement | null} */
function region() {
  return document.querySelector('[data-follow]');
}

/** @param {number} pause how long it was waited for this look */
async function look(pause) {
  const next = await read();
  if (next === 'gone') {
    location.reload(); // which says why
    return;
  }
  if (next) draw(next);
  // A server that does not answer is asked less and less often.
  const wait = next ? EVERY : Math.min(LONGEST, pause * 2);
  if (region()?.dataset.state === 'under-way') setTimeout(look, wait, wait);
}

/** @returns {Promise<HTMLElement | 'gone' | null>} */
async function read() {
  const address = region()?.dataset.follow;
  if (!address) return null;
  try {
    const reply = await fetch(address, {
      mode: 'same-origin', redirect: 'manual', cache: 'no-store', headers: { Accept: 'text/html', 'HX-Request': 'true' },
    });
    if (GONE.includes(reply.status)) return 'gone';
    if (!reply.ok) return null;
    const drawn = new DOMParser().parseFromString(await reply.text(), 'text/html');
    return drawn.querySelector('[data-follow]');
  } catch {
    return null;
  }
}

/** @param {HTMLElement} newer */
function draw(newer) {
  const shown = region();
  const bar = shown?.querySelector('progress');
  const further = newer.querySelector('progress');
  if (bar && further) {
    bar.max = further.max;
    bar.value = further.value; // the words stay, so that nobody hears them again and again
  } else {
    tell(shown, newer);
  }
}

/**
 * @param {HTMLElement | null} shown
 * @param {HTMLElement} newer
 */
function tell(shown, newer) {
  // What reads the page aloud hears only what changes within a part that was there before.
  const words = shown?.querySelector('[aria-live]');
  const said = newer.querySelector('[aria-live]');
  if (!shown || !words || !said) return;
  words.replaceChildren(...said.childNodes);
  said.remove();
  while (words.nextSibling) words.nextSibling.remove();
  const coming = [...newer.children].filter((one) => !one.matches('h2, .label'));
  words.after(...coming);
  shown.dataset.state = newer.dataset.state ?? '';
}
