"""What a browser would post from the form of a page."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the fields of the one form that guards unsaved edits."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.is_inside = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = "data-guard" in given
        elif self.is_inside and "disabled" not in given:
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input" and (
            given.get("type") not in ("checkbox", "radio") or "checked" in given
        ):
            self.fields[name] = given.get("value", "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.fields[self.select] = given["value"]
        elif tag == "textarea":
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def posted(page: str, **typed: str) -> dict[str, str]:
    """The fields of a page's form as they stand, with some typed over."""
    form = _Form()
    form.feed(page)
    return {**form.fields, **typed}
