// What every live page has: htmx, the line to the server, the outbox, the countdown.

import { guessClock } from './clock.js';
import { startCountdown } from './countdown.js';
import { takeForms } from './forms.js';
import { setUpHtmx } from './htmx-setup.js';
import { gotThrough, keepLine, reachable } from './line.js';
import { answered, openOutbox, retry } from './outbox.js';
import { readWhenDoubted } from './poll.js';
import { showSaved } from './saved.js';

/**
 * Bring a live page to life. htmx reads the page after this, so nothing it tells is missed.
 * @param {{pauseOnBackground: boolean}} options
 */
export function startLivePage(options) {
  setUpHtmx(options);
  guessClock();
  keepLine();
  readWhenDoubted();
  openOutbox();
  reachable.on(retry);
  answered.on(gotThrough);
  showSaved();
  takeForms();
  startCountdown();
}
