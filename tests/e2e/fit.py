"""Whether a page fits small screens, large text and thumbs."""

from playwright.sync_api import Page

NARROW = {"width": 320, "height": 640}

# Who sees nothing of a thing cannot miss it, so what is only for screen readers is left out.
# A table of many columns may be moved sideways in a frame of its own, which keyboards reach.
SIDEWAYS = """
() => {
  const isFrame = one => one.tabIndex === 0 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
  const frames = [...document.querySelectorAll('[tabindex="0"]:has(table)')].filter(isFrame);
  const { clientWidth: wide, scrollWidth } = document.documentElement;
  const found = scrollWidth > wide ? [`the page is ${scrollWidth} wide`] : [];
  for (const one of document.querySelectorAll('body *')) {
    const { left, right, width, height } = one.getBoundingClientRect();
    if (!width || !height || one.closest('.visually-hidden, svg, .skip, .tabs, [hidden]')) continue;
    if ((right <= wide + 1 && left >= -1) || frames.some(frame => frame !== one && frame.contains(one))) continue;
    found.push(`${one.localName}.${one.className} from ${left | 0} to ${right | 0} of ${wide}`);
  }
  return found.slice(0, 5);
}
"""
SMALL_TARGETS = """
() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, a[href]')]
  .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.skip'))
  .map(one => {
    const inBox = one.localName === 'input' && one.closest('label');
    const { width, height } = (inBox || one).getBoundingClientRect();
    const control = one.localName !== 'a' || one.matches('.btn');
    const inWords = one.localName === 'a' && !one.matches('.btn') && getComputedStyle(one).display === 'inline';
    const least = control ? 44 : 24;
    const small = !inWords && (height < least - 0.5 || width < 24);
    const called = `${one.localName}.${one.className} "${one.textContent.trim().slice(0, 30)}"`;
    return small ? `${called} ${width | 0} by ${height | 0}` : '';
  }).filter(Boolean)
"""


def misfits(page: Page) -> list[str]:
    """List what is too wide at 320 px, or with text at 200 %, and what is too small for a thumb."""
    before = page.viewport_size
    assert before is not None
    found = [f"target: {line}" for line in page.evaluate(SMALL_TARGETS)]
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    found += [f"at 320 px: {line}" for line in page.evaluate(SIDEWAYS)]
    page.set_viewport_size(before)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    found += [f"at 200 %: {line}" for line in page.evaluate(SIDEWAYS)]
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    return found
