"""A computed form as tables to show and print: the same rows, in the same words, everywhere."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sobo.kernel.vietnamese import format_number
from sobo.reporting.forms.definition import CellKey, Column, Row, Sheet
from sobo.reporting.forms.definitions import readings
from sobo.reporting.forms.values import FormValues

FIGURE = "…"
"""Where the figure stands in the words of an aside."""

Link = Callable[[CellKey], str]


@dataclass(frozen=True, kw_only=True)
class ShownColumn:
    """A column by its number and nested headings, joined by ` › `."""

    no: int
    path: str


@dataclass(frozen=True, kw_only=True)
class ShownCell:
    """One cell; no value where it does not apply."""

    value: int | None
    url: str
    applicable: bool
    broken: bool


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """A heading (without cells) or a line of figures; without cells too while its sheet waits."""

    key: str
    kind: str
    tt: str
    label: str
    unit: str
    code: str
    depth: int
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, kw_only=True)
class ShownAside:
    """A sentence with its figure, beneath the table."""

    text: str
    url: str
    broken: bool


@dataclass(frozen=True, kw_only=True)
class ShownReading:
    """How an open question was read, and the rows it touches."""

    rows: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ShownTable:
    """One sheet of the form."""

    key: str
    title: str
    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]
    asides: tuple[ShownAside, ...]
    readings: tuple[ShownReading, ...]
    waits: str
    """Why there are no figures yet; empty where there are."""


def tables(
    values: FormValues,
    *,
    language: str = "vi",
    link: Link | None = None,
    broken: Collection[CellKey] = (),
) -> list[ShownTable]:
    """The sheets of a form as they are shown, in order.

    `link` gives the address under which a figure opens to its records; `broken` are the cells at
    which a sum check does not hold. Zeros are not linked: there is nothing under them.
    """
    shown = _Showing(values, language, link, frozenset(broken))
    return [shown.table(sheet) for sheet in values.definition.sheets]


@dataclass(frozen=True)
class _Showing:
    values: FormValues
    language: str
    link: Link | None
    broken: frozenset[CellKey]

    def table(self, sheet: Sheet) -> ShownTable:
        return ShownTable(
            key=sheet.key,
            title=sheet.name,
            columns=tuple(ShownColumn(no=c.number, path=c.label) for c in sheet.columns),
            rows=tuple(self.row(sheet, row) for row in sheet.rows),
            asides=tuple(self.asides(sheet)),
            readings=tuple(self.readings(sheet)),
            waits=sheet.waits.text(self.language) if sheet.waits else "",
        )

    def row(self, sheet: Sheet, row: Row) -> ShownRow:
        has_cells = not row.is_heading and sheet.waits is None
        return ShownRow(
            key=row.key,
            kind="heading" if row.is_heading else "",
            tt=row.ordinal,
            label=row.label,
            unit=row.unit,
            code=row.code,
            depth=row.depth,
            cells=tuple(self.cell(sheet, row, c) for c in sheet.columns) if has_cells else (),
        )

    def cell(self, sheet: Sheet, row: Row, column: Column) -> ShownCell:
        key = CellKey(sheet.key, row.key, column.number)
        figure = self.values.cells[key]
        value = figure if isinstance(figure, int) else None
        return ShownCell(
            value=value,
            url=self.address(key, value),
            applicable=value is not None,
            broken=key in self.broken,
        )

    def address(self, key: CellKey, value: int | None) -> str:
        return self.link(key) if self.link and value else ""

    def asides(self, sheet: Sheet) -> Iterator[ShownAside]:
        """The footnote, and what the rows leave out where they leave out any."""
        for row in sheet.asides:
            key = CellKey(sheet.key, row.key, 1)
            figure = self.values.cells[key]
            if isinstance(figure, int) and (figure or row.is_always_shown):
                text = row.text(self.language).replace(FIGURE, format_number(figure), 1)
                url = self.address(key, figure)
                yield ShownAside(text=text, url=url, broken=key in self.broken)

    def readings(self, sheet: Sheet) -> Iterator[ShownReading]:
        lines = [row for row in sheet.rows if not row.is_heading]
        for reading in dict.fromkeys(name for row in lines for name in row.readings):
            places = [place for place, row in enumerate(lines) if reading in row.readings]
            names = ", ".join(_span(lines[first], lines[last]) for first, last in _runs(places))
            yield ShownReading(rows=names, text=readings()[reading].text(self.language))


def _runs(places: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours."""
    starts = [place for place in places if place - 1 not in places]
    ends = [place for place in places if place + 1 not in places]
    return zip(starts, ends, strict=True)


def _span(first: Row, last: Row) -> str:
    names = [row.code or f"“{row.label}”" for row in (first, last)]
    return names[0] if first is last else "–".join(names)
