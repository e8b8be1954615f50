"""What axe says of a page, asked of everything on it that was not looked at before.

Most of axe's time goes into the contrast of the same cells, row after row and page after page: it
is measured where a part first stands in something, and then known.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

_SAYING = """
const kind = part => [
    part.tagName, part.getAttribute("class"), part.getAttribute("role"), part.type,
].join(" ");
const states = part => part.getAttributeNames().filter(name => /^(aria-|dis|open)/.test(name));
const place = part => [part.parentElement, part].flatMap(each => [kind(each), ...states(each)])
    .join(" ");
const parts = [...document.body.querySelectorAll("*")];
"""
"""What rules and styles tell a part by, apart from its words, and what it stands in."""

_PARTS = f"""() => {{
    {_SAYING}
    const unlike = texts => [...new Set(texts)].sort();
    return {{
        look: [document.documentElement.lang, document.documentElement.dataset.theme, innerWidth],
        kinds: unlike(parts.map(kind)),
        places: unlike(parts.map(place)),
    }};
}}"""
"""What a page is made of, and in which look."""

_MARK_NEW = f"""places => {{
    {_SAYING}
    const unseen = new Set(places);
    parts.forEach(part => part.toggleAttribute("data-new", unseen.delete(place(part))));
}}"""
"""The first part of each place that was not seen before."""

_MARK_ROWS_ALIKE = f"""() => {{
    {_SAYING}
    const exactly = part =>
        [kind(part), ...part.getAttributeNames(), part.textContent.trim() === ""].join(" ");
    for (const table of document.querySelectorAll("table")) {{
        const known = new Set();
        for (const row of table.rows) {{
            const kinds = [row, ...row.querySelectorAll("*")].map(exactly);
            row.toggleAttribute("data-alike", kinds.every(each => known.has(each)));
            kinds.forEach(each => known.add(each));
        }}
    }}
}}"""
"""A row has nothing in it that rows above it do not have as well."""

_NAMED_TWICE = """() => [...document.querySelectorAll("[id]")]
    .map(part => part.id).filter((id, at, all) => all.indexOf(id) !== at)"""
"""Parts that share an id, in whichever row."""

_FIRST_OF_ITS_ROWS = {"exclude": [["[data-alike]"]]}
_WHAT_IS_NEW = {"include": [["[data-new]"]], **_FIRST_OF_ITS_ROWS}
_QUICK = {"resultTypes": ["violations"], "preload": False}
_ALL_BUT_CONTRAST = _QUICK | {"rules": {"color-contrast": {"enabled": False}}}
_CONTRAST = _QUICK | {"runOnly": ["color-contrast"]}

_pages: set[str] = set()
_places: set[str] = set()


def inspect(page: Page) -> None:
    """Find that axe has nothing to say of a page; one of the same parts is not asked about again."""
    made_of = page.evaluate(_PARTS)
    look = str(made_of["look"])
    made = look + str(made_of["kinds"])
    if made in _pages:
        return
    page.evaluate(_MARK_ROWS_ALIKE)
    page.evaluate(AXE_SCRIPT)
    _ask_axe(page, _FIRST_OF_ITS_ROWS, _ALL_BUT_CONTRAST)
    if new := [place for place in made_of["places"] if look + place not in _places]:
        page.evaluate(_MARK_NEW, new)
        _ask_axe(page, _WHAT_IS_NEW, _CONTRAST)
    assert not (twice := page.evaluate(_NAMED_TWICE)), f"{page.url}: ids named twice: {twice}"
    _pages.add(made)
    _places.update(look + place for place in new)


def _ask_axe(page: Page, where: dict[str, Any], options: dict[str, Any]) -> None:
    found = page.evaluate("([where, options]) => axe.run(where, options)", [where, options])
    assert not found["violations"], f"{page.url}: {AxeResults(found).generate_report()}"
