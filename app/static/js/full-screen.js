// The wall fills the screen: by the key "f" or by a [data-fullscreen] button, and back the same way.

/** Listen for the key and the button from now on. */
export function offerFullScreen() {
  document.addEventListener('keydown', (event) => {
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.repeat;
    if (plain && event.key.toLowerCase() === 'f') toggle();
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-fullscreen]')) toggle();
  });
}

function toggle() {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  change?.catch(() => {}); // a browser may refuse; the wall works in a window, too
}
