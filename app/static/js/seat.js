// What the seat page needs.

import { offerHand } from './board-hand.js';
import { offerShapes } from './board-shape.js';
import { offerSteps } from './board-steps.js';
import { startLivePage } from './live-page.js';
import { countMarks } from './marking.js';
import { bringNeeds } from './needs.js';
import { defineRankList } from './rank-list.js';
import { sayPlaces } from './top-say.js';
import { keepAwake } from './wake-lock.js';

startLivePage({ pauseOnBackground: true });
defineRankList();
offerHand();
offerShapes();
offerSteps(); // last: it measures what the two before have put in place
countMarks();
sayPlaces();
keepAwake();
bringNeeds();
