// What the seat page needs.

import { startLivePage } from './live-page.js';
import { defineRankList } from './rank-list.js';
import { keepAwake } from './wake-lock.js';

startLivePage({ pauseOnBackground: true });
defineRankList();
keepAwake();
