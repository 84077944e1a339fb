"""What axe finds wrong on a page: all its rules in one theme, those about colours in another.

Four fifths of axe's time go to the contrast of colours, which it works out anew for every text of a page. So it looks
at two texts of each kind: those whose colours, sizes and backgrounds are the same have the same contrast.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page

# Takes rows of tables and marks of plots away of which all is there twice already, but for words, numbers and places: a
# row whose cells are each as two others are, but the first of its table; a mark like two others. A span that only names
# its translation looks as its words do.
LEAVE_TWO_OF_A_KIND = """() => {
  const seen = new Map();
  const place = / (?:d|points|transform|[xyr]|[xy][12]|[cd][xy]|width|height|href|id|title|data-[a-z-]+)="[^"]*"/g;
  const outside = part => part.closest('table, figure')?.className + part.cloneNode().outerHTML;
  const whole = part => part.closest('table, figure')?.className + part.outerHTML;
  const kind = text => text.replace(/>[^<]*</g, '><').replace(place, '').replace(/<span>(.*?)<\\/span>/g, '$1');
  for (const part of document.querySelectorAll('tbody > tr, svg *')) {
    const kinds = part.matches('tr') ? [outside(part), ...[...part.children].map(whole)] : [whole(part)];
    const few = [...new Set(kinds.map(kind))].filter(each => (seen.get(each) ?? 0) < 2);
    few.forEach(each => seen.set(each, (seen.get(each) ?? 0) + 1));
    if (!few.length && !part.matches('tr:first-child')) part.remove();
  }
}"""
# Runs axe on two texts of each kind of contrast: how its letters look, whether axe judges such letters at all, and what
# each element around it puts behind it. What is placed apart may lie over anything: it is a kind of its own.
CONTRAST = r"""options => {
  const around = new Map([[null, '']]), seen = new Map();
  const behind = ['backgroundColor', 'backgroundImage', 'backgroundClip', 'opacity', 'filter', 'mixBlendMode', 'clip',
    'clipPath'];
  const letters = ['color', 'fontSize', 'fontWeight', 'textShadow', 'webkitTextStroke', 'webkitTextFillColor',
    'textIndent'];
  const told = (style, names) => names.map(name => style[name]).join();
  const layers = part => {
    if (!around.has(part)) {
      const style = getComputedStyle(part), before = getComputedStyle(part, '::before');
      const after = getComputedStyle(part, '::after');
      const painted = [before, after].map(each => each.content === 'none' ? '' : told(each, [...behind, 'position']));
      const placed = /absolute|fixed/.test(style.position) || style.transform !== 'none';
      const alone = placed && style.clipPath === 'none' ? around.size : '';
      around.set(part, layers(part.parentElement) + [alone, told(style, behind), ...painted]);
    }
    return around.get(part);
  };
  const exempt = part => part.closest(':disabled, [aria-disabled=true]') || part.closest('label')?.control?.disabled;
  const text = part => [...part.childNodes].map(node => node.nodeType === Node.TEXT_NODE ? node.data : '').join('');
  const include = [...document.body.querySelectorAll('*')].filter(part => {
    const words = text(part);
    if (!(words.trim() || part.matches('input, select, textarea')) || !part.checkVisibility({visibilityProperty: true}))
      return false;
    const judged = [!exempt(part), part.matches('input, select, textarea'), /[\p{L}\p{N}]{2}/u.test(words), !!part.id];
    const kind = [told(getComputedStyle(part), letters), judged, layers(part)].join();
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    return seen.get(kind) <= 2;
  });
  return axe.run({include}, options);
}"""
COLOUR_RULES = ("link-in-text-block",)  # of those that axe runs by itself, and the contrast


def accessibility_faults(page: Page, for_fingers: bool = True, only_colours: bool = False) -> list[str]:
    """What axe finds wrong on a page. `for_fingers` is False for a report, whose lists of links are dense.

    A report has thousands of rows and marks, at which axe looks for ten seconds: of a kind two are left on the page.
    Of a page that was looked at in one theme, only the colours are another's: `test_accessibility` shows it.
    """
    if not for_fingers:
        page.evaluate(LEAVE_TWO_OF_A_KIND)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"]}  # what is well takes forty times as long to hand over
    if only_colours:
        other_rules = {**options, "runOnly": COLOUR_RULES}
    else:
        # WCAG 2.2 AA asks for the size of targets, which axe leaves out unless asked.
        other_rules = {
            **options,
            "rules": {"target-size": {"enabled": for_fingers}, "color-contrast": {"enabled": False}},
        }
    return contrast_faults(page) + _told(page.evaluate("options => axe.run(options)", other_rules))


def contrast_faults(page: Page) -> list[str]:
    """What axe finds wrong with the contrast of a page's texts, on which it is there already."""
    return _told(page.evaluate(CONTRAST, {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}))


def _told(result: dict[str, Any]) -> list[str]:
    return [f"{fault['id']}: {node['html'][:200]}" for fault in result["violations"] for node in fault["nodes"]]
