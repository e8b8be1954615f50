"""The national figure over synthetic returns of the whole country: kept totals against adding up.

Makes the database `sobo_bench_figures` on the data folder's embedded server (dropping an older one)
with one return a school. Times are medians in milliseconds, as an account of the Ministry asks,
under row-level security.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

os.environ["SOBO_DATABASE"] = "sobo_bench_figures"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sobo.settings")

from sobo.commands.database_ import as_owner
from sobo.configuration import configuration
from sobo.database import prepare_embedded
from sobo.embedded import Server

SCHOOLS = 54_000
ROUND = "dau-nam-2026"
FORMS = {"01-MN-ĐN": 5, "02-TH-ĐN": 7, "03-THCS-ĐN": 6, "04-THPT-ĐN": 2}
"""Forms with their share of schools, in twentieths."""
DRAWN_FORMS = 40
"""Different sets of figures; a school takes one of them."""
RUNS = 7

INSTITUTIONS = """
INSERT INTO institutions_institution
    (code, name, levels, main_level, ownership, commune_code, province_code)
SELECT 'D' || n, 'Trường đo ' || n, ARRAY[level], level, '1', c.code, c.province_code
FROM generate_series(1, %(schools)s) n
JOIN (SELECT code, province_code, row_number() OVER (ORDER BY code) - 1 AS place
      FROM institutions_commune WHERE until IS NULL) c
    ON c.place = n %% (SELECT count(*) FROM institutions_commune WHERE until IS NULL)
CROSS JOIN LATERAL (SELECT (%(levels)s::text[])[n %% 20 + 1] AS level) l
"""

RETURNS = """
INSERT INTO reporting_return (institution_id, province_code, commune_code, round_id, form, edition,
    level, serial, state, cells, digest, computed_at, signed_at)
SELECT i.id, i.province_code, i.commune_code, %(round)s, %(form)s::text, %(edition)s,
       %(level)s::text, 1, 'accepted', d.cells, encode(sha256(i.code::bytea), 'hex'), now(), now()
FROM institutions_institution i JOIN drawn d ON d.form = %(form)s::text AND d.n = i.id %% %(drawn)s
WHERE %(level)s::text = ANY (i.levels)
"""

# A province and form at a time: sums of few enough groups to stay in memory.
TOTALS = """
SELECT totals_move(array_agg(id), array_agg(NULL::text), array_agg(state::text))
FROM reporting_return WHERE province_code = %s AND form = %s HAVING count(*) > 0
"""


def measure(*, size: int | None = None) -> Iterator[dict[str, object]]:
    """Load `size` schools, then ask for figures both ways, and move one return on."""
    import django

    server = Server(configuration().data)
    started = server.ensure_running()
    configuration.cache_clear()
    try:
        with server.connect() as connection:
            connection.execute("DROP DATABASE IF EXISTS sobo_bench_figures WITH (FORCE)")
        prepare_embedded(server, "sobo_bench_figures")
        as_owner("database", "--as-owner")
        django.setup()
        yield {"what": "schools", "count": size or SCHOOLS, **_load(size or SCHOOLS)}
        yield from _asked()
        yield _moved()
    finally:
        if started:
            server.stop()


def _load(schools: int) -> dict[str, object]:
    from sobo.reporting.forms import definitions

    forms = [definitions.definition(code, on=date(2026, 9, 30)) for code in FORMS]
    levels = [form.level for form in forms for _ in range(FORMS[form.code])]
    with psycopg.connect(configuration().owner_url) as connection:
        round_id = _round(connection)
        connection.execute(INSTITUTIONS, {"schools": schools, "levels": levels})
        _draw_figures(connection, forms)
        # Loading is not what is measured: totals of all are made at once below.
        connection.execute("ALTER TABLE reporting_return DISABLE TRIGGER totals_of_new")
        for form in forms:
            given = {"form": form.code, "edition": form.edition, "level": form.level}
            connection.execute(RETURNS, {**given, "round": round_id, "drawn": DRAWN_FORMS})
        connection.commit()
        connection.execute("ALTER TABLE reporting_return ENABLE ALWAYS TRIGGER totals_of_new")
        begun = time.perf_counter()
        provinces = connection.execute("SELECT DISTINCT province_code FROM reporting_return")
        for (province,) in provinces.fetchall():
            for form in forms:
                connection.execute(TOTALS, [province, form.code])
        seconds = time.perf_counter() - begun
        _make_account(connection)
        connection.commit()
        connection.autocommit = True
        for table in ("reporting_return", "statistics_total", "institutions_institution"):
            connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))
    return {"totals_of_all_s": round(seconds, 1)}


def _round(connection: "psycopg.Connection[Any]") -> int:
    found = connection.execute("SELECT id FROM reporting_round WHERE code = %s", [ROUND]).fetchone()
    assert found is not None
    return int(found[0])


def _draw_figures(connection: "psycopg.Connection[Any]", forms: list[Any]) -> None:
    """Sets of figures with the shape of real ones: two of three are zero."""
    connection.execute("CREATE TEMPORARY TABLE drawn (form text, n integer, cells integer[])")
    for form in forms:
        for n in range(DRAWN_FORMS):
            cells = [
                (k * 7 + n * 31) % 400 * ((k + n) % 3 == 0) for k in range(len(form.cell_keys))
            ]
            connection.execute("INSERT INTO drawn VALUES (%s, %s, %s)", [form.code, n, cells])


def _make_account(connection: "psycopg.Connection[Any]") -> None:
    connection.execute(
        "INSERT INTO institutions_unit (code, tier, name, name_en, sort_key) "
        "VALUES ('BO', 'bo', 'Bộ', 'Ministry', '')"
    )
    connection.execute(
        "INSERT INTO accounts_account (username, password, name, role, unit_id, is_active) "
        "SELECT 'bo', '!', 'Bộ', 'ministry', id, true FROM institutions_unit WHERE code = 'BO'"
    )


def _asked() -> Iterator[dict[str, object]]:
    from django.utils import timezone

    from sobo.accounts import sessions
    from sobo.reporting.queries import rounds
    from sobo.statistics import queries
    from sobo.statistics.queries import Place

    account = sessions.account_named("bo")
    assert account is not None
    with sessions.acting_as(account, channel="bench", purpose="đo", at=timezone.now()):
        round_ = rounds.round_by_code(ROUND)
        form = rounds.definition("02-TH-ĐN", round_)
        questions: dict[str, Callable[[], object]] = {
            "first page": lambda: queries.headline_sums(round_, of=Place()),
            "one figure by province": lambda: queries.parts(round_, form, [37], of=Place()),
            "one figure by commune": lambda: queries.parts(
                round_, form, [37], of=Place(province="79")
            ),
            "whole form": lambda: queries.whole_form(round_, form, "accepted", of=Place()),
            "one figure added up from returns": lambda: queries.recount(
                round_, form, [37], of=Place()
            ),
            "digest of all returns": lambda: queries.digest_of(
                round_, form, "accepted", of=Place()
            ),
        }
        for what, ask in questions.items():
            yield {"what": what, "ms": _median_ms(ask)}


def _moved() -> dict[str, object]:
    """One return taken a state back and forth: the step with its totals."""
    with psycopg.connect(configuration().owner_url) as connection:
        states = iter(["approved", "accepted"] * RUNS)

        def move() -> None:
            connection.execute(
                "UPDATE reporting_return SET state = %s WHERE id = "
                "(SELECT id FROM reporting_return WHERE form = '01-MN-ĐN' ORDER BY id LIMIT 1)",
                [next(states)],
            )
            connection.commit()

        return {"what": "one step with its totals", "ms": _median_ms(move)}


def _median_ms(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return round(statistics.median(times) * 1000, 1)
