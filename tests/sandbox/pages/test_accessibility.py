"""The shortened use of axe finds as much as the full one: two texts of each kind of contrast, one theme in full."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from reports.page_templates import KEPT_IN
from tests.places import ROOT
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Visitor

LINES = 20
# Faint, each for another reason, though its colour, its place or its class is that of the lines around it.
FAINT = {
    "a colour": '<p class="line" style="color: #999">faint</p>',
    "a background": '<div style="background: #666"><p class="line">faint</p></div>',
    "half transparent": '<section style="opacity: .4"><p class="line">faint</p></section>',
    "smaller than what may be pale": '<p style="color: #888">faint</p>',
    "placed over another": """<div style="position: relative"><div style="background: #555; height: 40px"></div>
<p class="line" style="position: absolute; top: 0; margin: 0">faint</p></div>""",
}
STYLE = "body { margin: 0; color: #222; background: #fff } .large { color: #888; font-size: 24px }"
BODY = """<!doctype html><html lang="en"><title>x</title><style>{style}</style>
<main><h1>x</h1>{first}{lines}{last}</main>"""
# What a line is made of that no rule judges: hidden, of one letter, or of a control that is switched off.
EXEMPT = """<p hidden style="color: #999">faint</p><p style="color: #999">f</p>
<label style="color: #999">faint<input disabled></label>"""
THEME = re.compile(r"@media \(prefers-color-scheme: ?dark\) ?\{\s*:root ?\{(?P<declared>[^{}]*)\}\s*\}")
COLOUR = re.compile(r"--[a-z0-9-]+: ?#[0-9a-f]{3,8}|--shadow: ?(?:[0-9px ]+ #[0-9a-f]{3,8}(?:, )?)+")


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor().new_page()


def lines_with(planted: str, at_the_end: bool) -> str:
    """A page of plain lines with something among them, before or behind."""
    lines = LINES * '<p class="line">plain</p><p class="large">pale and large</p>'
    first, last = ("", planted) if at_the_end else (planted, "")
    return BODY.format(style=STYLE, first=first, lines=EXEMPT + lines, last=last)


@pytest.mark.parametrize("at_the_end", [False, True])
def test_one_faint_text_among_many_is_found_whatever_makes_it_faint(page: Page, at_the_end: bool) -> None:
    for reason, planted in {**FAINT, "nothing": ""}.items():
        page.set_content(lines_with(planted, at_the_end))
        faults = accessibility_faults(page)
        assert [fault.partition(":")[0] for fault in faults] == ["color-contrast"] * bool(planted), reason
        assert all(">faint<" in fault for fault in faults)


def test_the_colours_of_another_theme_are_looked_at_alone(page: Page) -> None:
    dark = "@media (prefers-color-scheme: dark) { .line { color: #999 } a { color: #989898; text-decoration: none }}"
    link = '<p class="line">read <a href="x">this</a> or that</p>'
    page.set_content(lines_with(f'<style>{dark}</style>{link}<img src="x">', at_the_end=True))
    assert {fault.partition(":")[0] for fault in accessibility_faults(page)} == {"image-alt"}
    page.emulate_media(color_scheme="dark")
    fault_names = {fault.partition(":")[0] for fault in accessibility_faults(page, only_colours=True)}
    assert fault_names == {"color-contrast", "link-in-text-block"}


def test_the_dark_theme_of_every_page_changes_colours_and_nothing_else() -> None:
    files = [file for part in ("sim", "reports") for file in (ROOT / part).rglob("*.*") if KEPT_IN not in file.parts]
    texts = {file: file.read_bytes().decode(errors="replace") for file in files}
    themed = {file: text for file, text in texts.items() if "prefers-color-scheme" in text or "matchMedia" in text}
    assert {file.name for file in themed} == {"palette.css", "capacity.css"}
    for file, text in themed.items():
        (theme,) = THEME.finditer(text)
        assert text.count("prefers-color-scheme") == 1, file
        declarations = [each.strip() for each in theme["declared"].split(";") if each.strip()]
        assert [each for each in declarations if not COLOUR.fullmatch(each)] == []
