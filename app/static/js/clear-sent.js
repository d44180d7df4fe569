// A form marked data-clears is empty again once what was written in it is on its way.

/** Clear such forms from now on; start it after the forms are taken over, so that they are read first. */
export function clearSent() {
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement && target.matches('[data-clears]')) target.reset();
  });
}
