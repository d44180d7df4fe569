// Keeps the screen awake while a step runs: while the live area has data-awake. Browsers allow it on secure pages only.

import { drawn, root } from './live.js';

/** @type {Promise<WakeLockSentinel | null> | null} */
let lock = null;

/** Keep the screen awake from now on, whenever a step runs. */
export function keepAwake() {
  if (!('wakeLock' in navigator)) return;
  drawn.on(decide);
  document.addEventListener('visibilitychange', decide);
  decide();
}

function decide() {
  const wanted = root().hasAttribute('data-awake') && !document.hidden;
  if (wanted && !lock) lock = navigator.wakeLock.request('screen').catch(() => null);
  if (wanted || !lock) return;
  // The browser lets the screen sleep by itself when the page is hidden; asking again later needs a new lock.
  lock.then((sentinel) => sentinel?.release()).catch(() => {});
  lock = null;
}
