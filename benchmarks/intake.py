"""One million learner rows of CSV through the whole intake, against raw COPY of the same rows.

Read in chunks, interpreted, matched, every rule, written under row-level security with history and
journal, as a province's loader. The baseline copies exactly the rows that came out into the same
two tables, with the same indexes, constraints and triggers, as the owner. Each on a database of its
own, in one run.
"""

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import psycopg

from sobo.commands.database_ import as_owner
from sobo.configuration import configuration
from sobo.database import prepare_embedded
from sobo.embedded import Server

ROWS = 1_000_000
CLASSES_A_SCHOOL, LEARNERS_A_CLASS = 50, 40
SCHOOL_YEAR, ON = 2026, date(2026, 10, 12)
TABLES = ("people_person", "learners_enrolment")


def measure(*, size: int | None = None) -> Iterator[dict[str, object]]:
    """Measure both, and give rows a second, memory and the ratio of the two."""
    rows = size or ROWS
    server = Server(configuration().data)
    started = server.ensure_running()
    configuration.cache_clear()  # the port is known only now
    try:
        with tempfile.TemporaryDirectory() as folder:
            csv = Path(folder) / "learners.csv"
            intake = _in_own_process("intake", rows, csv)
            yield intake
            copy = _copy(server, Path(folder))
            yield copy
        ratio = float(str(copy["seconds"])) / float(str(intake["seconds"]))
        yield {"what": "intake against raw COPY", "rows": rows, "ratio_to_copy": round(ratio, 3)}
    finally:
        if started:
            server.stop()


def _in_own_process(what: str, rows: int, csv: Path) -> dict[str, object]:
    """Run the intake in a process of its own, so that its memory can be told."""
    import json

    environment = {**os.environ, "SOBO_DATABASE": "sobo_bench", "SOBO_POOL": "2"}
    _fresh_database("sobo_bench", environment, rows)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.intake", what, str(rows), str(csv)],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    result: dict[str, object] = json.loads(done.stdout.decode().splitlines()[-1])
    return result


def _fresh_database(name: str, environment: dict[str, str], rows: int) -> None:
    """An empty register with the schools and classes that the rows belong to."""
    server = Server(configuration().data)
    with server.connect() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
    prepare_embedded(server, name)
    os.environ.update(SOBO_DATABASE=name)
    as_owner("database", "--as-owner")
    with _owner(name) as connection:
        _make_schools(connection, schools_for(rows))


def schools_for(rows: int) -> int:
    """How many schools the rows make."""
    return -(-rows // (CLASSES_A_SCHOOL * LEARNERS_A_CLASS))


@contextmanager
def _owner(name: str) -> Iterator["psycopg.Connection[Any]"]:
    url = configuration().owner_url.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(url) as connection:
        yield connection


def _make_schools(connection: "psycopg.Connection[Any]", schools: int) -> None:
    connection.execute(
        """
        INSERT INTO institutions_unit (id, code, tier, name, name_en, province_code, sort_key)
        VALUES (1, 'bench', 'so', 'Sở đo', 'Bench', '79', '\\x00');
        INSERT INTO institutions_institution (
            id, code, name, levels, main_level, ownership, province_code, commune_code, region
        ) SELECT n, '7926734' || lpad(n::text, 4, '0'), 'Trường ' || n, '{02}', '02', '1', '79',
                 '26734', '03'
          FROM generate_series(1, %(schools)s) n;
        INSERT INTO institutions_institutionmanagement (institution_id, unit_id, since)
            SELECT n, 1, '2025-07-01' FROM generate_series(1, %(schools)s) n;
        INSERT INTO classes_schoolclass (
            institution_id, school_year, code, name, grade, two_sessions, day_boarding, is_merged
        ) SELECT n, 2026, (c % 5 + 1) || 'L' || c, (c % 5 + 1) || 'L' || c, (c % 5 + 1)::text,
                 true, true, false
          FROM generate_series(1, %(schools)s) n, generate_series(1, %(classes)s) c;
        """.replace("%(schools)s", str(int(schools)))
        .replace("%(classes)s", str(CLASSES_A_SCHOOL))
        .encode()
    )
    connection.execute(
        "INSERT INTO accounts_account (id, username, name, role, password, is_active, unit_id) "
        "VALUES (1, 'bench', 'Người nạp', 'loader', %s, true, 1)",
        [secrets.token_hex()],
    )
    connection.commit()


def write_rows(path: Path, rows: int) -> None:
    """Learners as a province's former system would export them, by seed alone."""
    names = pl.read_csv(
        Path(__file__).parents[1] / "src/sobo/demo/data/given_names.csv", infer_schema=False
    )["name"]
    number = pl.int_range(0, rows, eager=True)
    a_class = number // LEARNERS_A_CLASS
    school, in_school = a_class // CLASSES_A_SCHOOL + 1, a_class % CLASSES_A_SCHOOL + 1
    grade = in_school % 5 + 1
    female = number % 2
    year = 2020 - grade + 1
    frame = pl.DataFrame({"n": number, "school": school, "c": in_school, "grade": grade,
                          "female": female, "year": year})  # fmt: skip
    text = pl.concat_str
    given = names.gather((number * 7 + number // 13) % len(names))
    frame.select(
        text(pl.lit("7926734"), pl.col("school").cast(pl.String).str.zfill(4)).alias("Mã trường"),
        text(pl.lit("Nguyễn "), given.alias("x"), pl.lit(" "), names.gather(number % len(names)))
        .alias("Họ và tên"),
        pl.when(pl.col("female") == 1).then(pl.lit("Nữ")).otherwise(pl.lit("Nam"))
        .alias("Giới tính"),
        text((pl.col("n") % 28 + 1).cast(pl.String).str.zfill(2), pl.lit("/"),
             (pl.col("n") % 12 + 1).cast(pl.String).str.zfill(2), pl.lit("/"),
             pl.col("year")).alias("Ngày sinh"),
        pl.lit("Kinh").alias("Dân tộc"),
        text(pl.lit("079"), pl.col("female") + 2, (pl.col("year") % 100).cast(pl.String)
             .str.zfill(2), pl.col("n").mod(1_000_000).cast(pl.String).str.zfill(6))
        .alias("Số định danh cá nhân"),
        text(pl.lit("Phường Bến Nghé, TP. Hồ Chí Minh "), pl.col("n") % 97).alias("Nơi sinh"),
        text(pl.lit("Số "), pl.col("n") % 997, pl.lit(" đường Trần Hưng Đạo"))
        .alias("Nơi ở hiện tại"),
        text(pl.col("grade"), pl.lit("L"), pl.col("c")).alias("Lớp"),
        pl.col("grade").alias("Khối"),
        pl.lit("Đang học").alias("Trạng thái"),
        pl.lit("05/09/2026").alias("Ngày vào trường"),
        pl.lit("x").alias("Học 2 buổi/ngày"),
        pl.lit("x").alias("Bán trú"),
        pl.lit("không").alias("Lưu ban năm trước"),
        pl.lit("x").alias("Học tin học"),
        text(pl.lit("09"), (pl.col("n") % 100_000_000).cast(pl.String).str.zfill(8))
        .alias("Số điện thoại liên hệ"),
        pl.lit("không").alias("Biết bơi"),
    ).write_csv(path)  # fmt: skip


def run_intake(rows: int, csv: Path) -> dict[str, object]:
    """In the intake's own process: load the file and tell how it went."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sobo.settings")
    django.setup()
    from sobo.accounts import sessions
    from sobo.intake.provincial import load_learners

    if not csv.exists():
        write_rows(csv, rows)
    found: Counter[str] = Counter()
    written = 0
    began = time.perf_counter()

    def transaction() -> Any:
        return sessions.acting_as(
            1, channel="load", purpose="nạp lần đầu", at=datetime.now().astimezone()
        )

    for loaded in load_learners(
        csv, school_year=SCHOOL_YEAR, on=ON, transaction=transaction, writes=True
    ):
        written += loaded.clean
        found.update(dict(loaded.findings.group_by("rule").len().iter_rows()))
        print(f"{written:,} rows, {time.perf_counter() - began:.1f} s", file=sys.stderr)
    seconds = time.perf_counter() - began
    return {
        "what": "intake",
        "rows": rows,
        "written": written,
        "seconds": round(seconds, 2),
        "rows_per_second": round(written / seconds),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "findings": found,
    }


def _copy(server: Server, folder: Path) -> dict[str, object]:
    """Copy what the intake wrote into an empty register, as fast as PostgreSQL takes it."""
    with _owner("sobo_bench") as source:
        for table in TABLES:
            with (folder / table).open("wb") as out, source.cursor() as cursor, cursor.copy(
                f"COPY (SELECT * FROM {table} ORDER BY id) TO STDOUT".encode()
            ) as copy:  # fmt: skip
                for block in copy:
                    out.write(block)
        schools = source.execute("SELECT count(*) FROM institutions_institution").fetchone()
    assert schools is not None
    rows = schools[0] * CLASSES_A_SCHOOL * LEARNERS_A_CLASS
    _fresh_database("sobo_bench_copy", dict(os.environ), rows)
    began = time.perf_counter()
    with _owner("sobo_bench_copy") as target:
        for table in TABLES:
            with (folder / table).open("rb") as given, target.cursor() as cursor, cursor.copy(
                f"COPY {table} FROM STDIN".encode()
            ) as copy:  # fmt: skip
                while block := given.read(1 << 20):
                    copy.write(block)
        target.commit()
    seconds = time.perf_counter() - began
    return {"what": "raw COPY", "rows": rows, "seconds": round(seconds, 2),
            "rows_per_second": round(rows / seconds)}  # fmt: skip


if __name__ == "__main__":
    import json

    print(json.dumps(run_intake(int(sys.argv[2]), Path(sys.argv[3])), ensure_ascii=False))
