// What the desk needs.

import { listenForKeys } from './keys.js';
import { startLivePage } from './live-page.js';

startLivePage({ pauseOnBackground: false });
listenForKeys();
