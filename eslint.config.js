// Rules for the browser's JavaScript: small modules, one behaviour each.
const browser = Object.fromEntries(
  ["window", "document", "navigator", "location", "history", "localStorage", "sessionStorage", "fetch", "console",
    "setTimeout", "clearTimeout", "setInterval", "clearInterval", "requestAnimationFrame", "cancelAnimationFrame",
    "queueMicrotask", "crypto", "performance", "matchMedia", "customElements", "HTMLElement", "HTMLFormElement",
    "HTMLInputElement", "HTMLTextAreaElement", "HTMLButtonElement", "HTMLDialogElement", "HTMLSelectElement",
    "HTMLDetailsElement", "Element", "Node", "Event", "CustomEvent", "KeyboardEvent", "PointerEvent", "FormData",
    "Headers", "Request", "Response", "URL", "URLSearchParams", "WebSocket", "AbortController", "AbortSignal",
    "MutationObserver", "IntersectionObserver", "ResizeObserver", "DOMParser", "TextEncoder", "TextDecoder",
    "structuredClone", "getComputedStyle", "CSS", "screen", "Blob", "BroadcastChannel", "indexedDB", "globalThis",
    "MessageEvent", "CloseEvent", "Document", "DocumentFragment", "NodeList", "EventTarget", "ShadowRoot", "addEventListener",
    "removeEventListener", "dispatchEvent", "self", "confirm", "FileReader", "File", "DOMException", "Storage", "SubmitEvent"]
    .map((name) => [name, "readonly"]),
);

export default [
  { ignores: ["app/static/dist/**", "node_modules/**", ".venv/**"] },
  {
    files: ["app/**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // mistakes
      "no-undef": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-unreachable": "error",
      "no-dupe-keys": "error",
      "no-dupe-else-if": "error",
      "no-self-assign": "error",
      "no-unsafe-finally": "error",
      "no-unsafe-optional-chaining": "error",
      "no-constant-condition": "error",
      "no-fallthrough": "error",
      "no-promise-executor-return": "error",
      "no-shadow": "error",
      "require-atomic-updates": "error",
      "use-isnan": "error",
      "valid-typeof": "error",
      // the page's policy forbids them, and so do we
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-restricted-properties": ["error",
        { property: "innerHTML", message: "Words of people go in by textContent; regions are swapped by htmx." },
        { property: "outerHTML", message: "Words of people go in by textContent; regions are swapped by htmx." },
        { property: "insertAdjacentHTML", message: "Words of people go in by textContent; regions are swapped by htmx." }],
      // one way of writing
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-console": "error",
      "no-alert": "error",
      "object-shorthand": "error",
      "max-lines": ["error", 400],
      complexity: ["error", 12],
    },
  },
];
