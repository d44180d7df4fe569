// What the wall needs.

import { offerFullScreen } from './full-screen.js';
import { startLivePage } from './live-page.js';
import { bringNeeds } from './needs.js';
import { keepAwake } from './wake-lock.js';

startLivePage({ pauseOnBackground: false });
offerFullScreen();
keepAwake();
bringNeeds();
