// One-letter keys press the buttons that name them in aria-keyshortcuts. <html data-keys="off"> switches them off.

/** Listen for keys from now on. */
export function listenForKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.key.length !== 1) return;
    if (document.documentElement.dataset.keys === 'off' || isTyping(event.target)) return;
    const button = document.querySelector(`button[aria-keyshortcuts="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!(button instanceof HTMLButtonElement) || button.disabled) return;
    event.preventDefault();
    button.click();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
