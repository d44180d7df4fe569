"""What a page shows, set down so that two pages can be compared: the one that was kept open, and a fresh one."""

from difflib import unified_diff

from playwright.sync_api import BrowserContext, Page

# Left out is what a clock writes and what a finger or a script leaves behind for a moment; whitespace says nothing.
SET_DOWN = """
root => {
  const copy = root.cloneNode(true);
  copy.querySelectorAll('time').forEach(time => time.replaceChildren());
  const said = '[data-over-words], [data-say], [data-marks] [data-count]';
  copy.querySelectorAll(said).forEach(one => one.replaceChildren());
  copy.querySelectorAll('.ring__done').forEach(one => one.removeAttribute('stroke-dasharray'));
  copy.querySelectorAll('[data-marks] button').forEach(one => one.removeAttribute('disabled'));
  // a grid's page chooses the sentence, folds and unfolds, and fills in what it hears of a shared text
  const heard = '[data-fold-text], [data-writer], [data-writers-of], [data-when]';
  const owned = `[data-row], [data-at=last], #row-next, ${heard}`;
  copy.querySelectorAll(owned).forEach(one => one.removeAttribute('hidden'));
  copy.querySelectorAll('[data-row-step]').forEach(one => one.removeAttribute('disabled'));
  copy.querySelectorAll('[data-state-of]').forEach(one => one.removeAttribute('data-state'));
  copy.querySelectorAll('[data-words-of]').forEach(one => one.replaceChildren());
  copy.querySelectorAll('textarea[data-text]').forEach(one => {
    ['readonly', 'data-may'].forEach(gone => one.removeAttribute(gone));
  });
  const ours = ['data-in', 'data-over', 'data-folded', 'aria-expanded', 'aria-current'];
  copy.querySelectorAll('[data-put], [data-words-of], #rows-list, #rows-open, [data-to]').forEach(one => {
    ours.forEach(gone => one.removeAttribute(gone));
  });
  for (const one of [copy, ...copy.querySelectorAll('*')]) {
    one.classList.remove('ring--low', 'timer--low');
    for (const gone of ['data-now', 'hx-morph-skip', 'draggable']) one.removeAttribute(gone);
    if (one.localName === 'details') one.removeAttribute('open');
    if (one === copy) one.removeAttribute('data-version');
    if (one.getAttribute('class') === '') one.removeAttribute('class');
  }
  const lines = [];
  const write = (node, depth) => {
    if (node.nodeType === 3) {
      const words = node.data.replace(/\\s+/g, ' ').trim();
      if (words) lines.push(' '.repeat(depth) + words);
    } else if (node.nodeType === 1) {
      const told = [...node.attributes].map(({name, value}) => ` ${name}="${value}"`).sort().join('');
      lines.push(' '.repeat(depth) + '<' + node.localName + told + '>');
      node.childNodes.forEach(child => write(child, depth + 1));
    }
  };
  write(copy, 0);
  return lines;
}
"""
# What was kept open may still be on its way to the truth; five seconds is long after the last push, poll and doorbell.
APART = f"""
async () => {{
  const setDown = {SET_DOWN};
  const end = Date.now() + 5000;
  while (true) {{
    const reply = await fetch(location.href, {{ cache: 'no-store' }});
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    const fresh = setDown(page.getElementById('live'));
    const kept = setDown(document.getElementById('live'));
    if (kept.join('\\n') === fresh.join('\\n')) return null;
    if (Date.now() > end) return [kept, fresh];
    await new Promise(resolve => setTimeout(resolve, 100));
  }}
}}
"""

# Every version that a region ever shows is written down, in order, from before the page's own scripts run.
VERSIONS = """
(() => {
  const seen = window.versionsSeen = {};
  const note = one => {
    if (!(one instanceof Element) || !one.id || !one.dataset.version) return;
    const of = seen[one.id] ??= [];
    const version = Number(one.dataset.version);
    if (of.at(-1) !== version) of.push(version);
  };
  new MutationObserver(changes => {
    for (const change of changes) {
      note(change.target);
      for (const added of change.addedNodes) {
        note(added);
        if (added instanceof Element) added.querySelectorAll('[data-version]').forEach(note);
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-version'] });
})()
"""


def write_versions_down(context: BrowserContext) -> None:
    """Let every page of a device write down which versions it shows."""
    context.add_init_script(VERSIONS)


def steps_back(page: Page) -> dict[str, list[int]]:
    """Find the regions that ever went back to an older version."""
    seen: dict[str, list[int]] = page.evaluate("() => window.versionsSeen")
    assert "live" in seen
    return {region: versions for region, versions in seen.items() if versions != sorted(versions)}


def shows_the_truth(page: Page, after: str) -> None:
    """Hold that a page kept open comes to show what the same address shows when loaded anew, line by line."""
    apart = page.evaluate(APART)
    if apart is not None:
        kept, fresh = apart
        lines = unified_diff(kept, fresh, "kept open", "fresh", n=2, lineterm="")
        raise AssertionError("\n".join([f"{after}:", *lines]))
