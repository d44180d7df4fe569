// What the desk needs.

import { clearSent } from './clear-sent.js';
import { showWhenDue } from './due.js';
import { listenForKeys } from './keys.js';
import { startLivePage } from './live-page.js';
import { bringNeeds } from './needs.js';

startLivePage({ pauseOnBackground: false });
listenForKeys();
showWhenDue();
clearSent();
bringNeeds();
