// A signal: one part of the page tells, others listen, and neither knows the other.

/**
 * @template T
 * @typedef {{on: (listener: (value: T) => void) => () => void, tell: (value: T) => void}} Signal
 */

/**
 * Make a signal.
 * @template T
 * @returns {Signal<T>}
 */
export function signal() {
  /** @type {Set<(value: T) => void>} */
  const listeners = new Set();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(value) {
      for (const listener of [...listeners]) listener(value);
    },
  };
}
