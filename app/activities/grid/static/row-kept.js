// Which sentence a phone was at: in the address, so that its back button goes to the one before, and beside it by phase.

const PREFIX = 'concord:row:';

/**
 * Remember the sentence.
 * @param {string} place  which grid and phase
 * @param {string} row
 * @param {'push' | 'replace'} how  whether the one before is to be come back to
 */
export function remember(place, row, how) {
  const address = `${location.pathname}${location.search}#row-${row}`;
  if (how === 'push') history.pushState({ place, row }, '', address);
  else history.replaceState({ place, row }, '', address);
  try {
    sessionStorage.setItem(PREFIX + place, row);
  } catch {
    // a phone that keeps nothing still has the address
  }
}

/**
 * Say which sentence a page that was just loaded is to show.
 * @param {string} place
 * @param {string[]} all
 * @returns {string}
 */
export function remembered(place, all) {
  const named = location.hash.replace('#row-', '');
  const isOfNow = !history.state?.place || history.state.place === place;
  return isOfNow && all.includes(named) ? named : firstShown(place, all);
}

/**
 * Say which sentence a phase begins with: the one that this phone was at in it, else the first.
 * @param {string} place
 * @param {string[]} all
 * @returns {string}
 */
export function firstShown(place, all) {
  try {
    const kept = sessionStorage.getItem(PREFIX + place);
    if (kept && all.includes(kept)) return kept;
  } catch {
    // nothing was kept, then
  }
  return all[0];
}
