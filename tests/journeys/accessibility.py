"""What axe says of a page, asked of everything on it that was not looked at before.

Most of axe's time goes into the contrast of the same cells, row after row and page after page.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_KIND = """const kind = part => [
    part.tagName, part.getAttribute("class"), part.getAttribute("role"), part.type,
].join(" ");"""
"""What rules and styles tell a part by, apart from its words."""

_PARTS = f"""() => {{
    {_KIND}
    const states = part => part.getAttributeNames().filter(name => /^(aria-|dis|open)/.test(name));
    const parts = [...document.body.querySelectorAll("*")];
    const place = part => [kind(part.parentElement), kind(part), ...states(part)].join(" ");
    const unlike = texts => [...new Set(texts)].sort();
    return {{
        look: [document.documentElement.lang, document.documentElement.dataset.theme, innerWidth],
        kinds: unlike(parts.map(kind)),
        places: unlike(parts.map(place)),
    }};
}}"""
"""What a page is made of: in which look, of what parts, and what they stand in."""

_MARK_ROWS_ALIKE = f"""() => {{
    {_KIND}
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
_ALL_RULES = {"resultTypes": ["violations"], "preload": False}
_ALL_BUT_CONTRAST = _ALL_RULES | {"rules": {"color-contrast": {"enabled": False}}}

_pages: set[str] = set()
_places: set[str] = set()


def inspect(page: Page) -> None:
    """Find that axe has nothing to say of a page.

    A page of the same parts as one looked at before is not looked at again; contrast is measured
    where a part stands in something it was not yet seen in.
    """
    made_of = page.evaluate(_PARTS)
    look = str(made_of["look"])
    made, places = look + str(made_of["kinds"]), {look + place for place in made_of["places"]}
    if made in _pages:
        return
    _ask_axe(page, _ALL_BUT_CONTRAST if places <= _places else _ALL_RULES)
    _pages.add(made)
    _places.update(places)


def _ask_axe(page: Page, options: dict[str, object]) -> None:
    page.evaluate(_MARK_ROWS_ALIKE)
    found = Axe().run(page, _FIRST_OF_ITS_ROWS, options)
    assert not found.response["violations"], f"{page.url}: {found.generate_report()}"
    assert not (twice := page.evaluate(_NAMED_TWICE)), f"{page.url}: ids named twice: {twice}"
