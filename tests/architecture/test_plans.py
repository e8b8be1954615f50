"""Plans over 200,000 learners of 400 schools: what row-level security costs, read off EXPLAIN."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[Any]

SCHOOLS = Path(__file__).parents[2] / "benchmarks" / "synthetic_schools.sql"
LARGE = "sobo_test_large"

CLASS_LIST = """
    SELECT e.id, p.full_name FROM learners_enrolment e JOIN people_person p ON p.id = e.person_id
    WHERE e.school_class_id = %s AND e.status = '01' ORDER BY p.sort_key
"""
CLERK_OF_A_LARGE_SCHOOL = """
    UPDATE accounts_account SET institution_id = (
        SELECT min(id) FROM institutions_institution WHERE name LIKE 'Trường đo%'
    ) WHERE username = 'clerk_a'
"""
COUNT = "SELECT grade, count(*) FROM learners_enrolment WHERE school_year = 2026 GROUP BY grade"


@pytest.fixture(scope="module")
def database(databases: Any, template: str) -> str:
    """A large database of this run."""
    databases.copy(template, LARGE)
    with databases.as_owner(LARGE) as connection:
        connection.execute("SET bench.schools = 400")
        connection.execute(SCHOOLS.read_bytes())
        connection.execute(CLERK_OF_A_LARGE_SCHOOL)
    with closing(databases.as_owner(LARGE)) as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE learners_enrolment, people_person, classes_schoolclass")
    return LARGE


def plan_of(connection: Connection, query: str, values: list[Any]) -> dict[str, Any]:
    """The plan PostgreSQL chose and ran."""
    row = connection.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + query, values).fetchone()
    assert row
    plans = row[0] if isinstance(row[0], list) else json.loads(row[0])
    plan: dict[str, Any] = plans[0]["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of a plan."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def scans_of(plan: dict[str, Any], table: str) -> list[dict[str, Any]]:
    return [node for node in nodes(plan) if node.get("Relation Name") == table]


def functions_run(plan: dict[str, Any]) -> dict[str, int]:
    """How often each sub-plan of a policy ran."""
    return {
        str(node["Subplan Name"]): int(node["Actual Loops"])
        for node in nodes(plan)
        if "Subplan Name" in node
    }


def a_class(session: Connection) -> list[Any]:
    row = session.execute("SELECT min(id) FROM classes_schoolclass").fetchone()
    return list(row or [])


def test_a_class_list_reads_its_class_alone(as_account: Any) -> None:
    session = as_account("clerk_a")
    plan = plan_of(session, CLASS_LIST, a_class(session))
    (enrolments,) = scans_of(plan, "learners_enrolment")
    assert enrolments["Node Type"] in ("Index Scan", "Bitmap Heap Scan")
    condition = enrolments.get("Index Cond") or enrolments["Plans"][0]["Index Cond"]
    assert "school_class_id" in condition
    assert "institution_id" in condition
    assert enrolments["Actual Rows"] == 50
    (persons,) = scans_of(plan, "people_person")
    assert persons["Node Type"] == "Index Scan"
    assert persons["Index Name"] == "people_person_pkey"
    assert set(functions_run(plan).values()) <= {0, 1}


def test_a_school_counts_by_its_index(as_account: Any) -> None:
    session = as_account("clerk_a")
    plan = plan_of(session, COUNT, [])
    (enrolments,) = scans_of(plan, "learners_enrolment")
    assert enrolments["Node Type"] != "Seq Scan"
    assert sum(functions_run(plan).values()) == len(functions_run(plan))


def test_a_department_hashes_its_scope_once(as_account: Any) -> None:
    session = as_account("approver_79")
    assert session.execute("SELECT reach FROM scope_session()").fetchone() == ("wide",)
    plan = plan_of(session, COUNT, [])
    scans = scans_of(plan, "learners_enrolment")
    told = json.dumps(scans)
    assert "hashed SubPlan" in told
    # One evaluation for each process that scans, never one for each row.
    workers = 1 + max(int(node.get("Workers Launched", 0)) for node in nodes(plan))
    assert all(loops <= workers for loops in functions_run(plan).values())
    assert sum(row[1] for row in session.execute(COUNT)) == 250 * 100 + 6


def test_the_nation_is_asked_once_whether_it_may(as_account: Any) -> None:
    session = as_account("ministry")
    plan = plan_of(session, COUNT, [])
    (scan,) = scans_of(plan, "learners_enrolment")
    # PostgreSQL keeps such a condition at the table, as a parameter it reads: no call, no lookup.
    assert "(InitPlan 1).col1" in scan["Filter"]
    assert "SubPlan" not in scan["Filter"]
    assert functions_run(plan) == {"InitPlan 1": 1}
    assert sum(row[1] for row in session.execute(COUNT)) == 400 * 100 + 9


def test_a_search_by_name_uses_its_index(as_account: Any, owner: Connection) -> None:
    """Row-level security keeps a trigram index from use; the function looks first, then keeps."""
    session = as_account("clerk_a")
    found = session.execute("SELECT count(*) FROM find_persons('do 9', 100)").fetchone()
    assert found == (11,)
    plan = plan_of(owner, "SELECT id FROM people_person WHERE search_key LIKE '%%do 99%%'", [])
    assert "person_search" in json.dumps(plan)
