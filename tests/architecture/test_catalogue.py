"""Walks the database's catalogue: what is not guarded, or listed here with its reason, fails."""

from typing import Any

import psycopg

Connection = psycopg.Connection[Any]

UNPOLICED = {
    "accounts_gatekey": "no session reads it: the key that proves who opens sessions",
    "accounts_session": "no session reads it: what a token reaches",
    "institutions_reach": "no session reads it: functions take scope from it",
    "institutions_schoolcodecounter": "no session reads it: the last code issued",
    "journal_seal": "no session reads it: the chain over the journal",
    "journal_sealing": "no session reads it: how far the chain has come",
    "people_numberclaim": "no session reads it: who claims a number",
    "people_persontie": "no session reads it: where a person is known",
    "django_migrations": "no session reads it: the owner's own",
    "sobo_state": "no session reads it: the owner's own",
    "procrastinate_jobs": "the queue: keys of batches and accounts, no person and no value",
    "procrastinate_events": "the queue",
    "procrastinate_periodic_defers": "the queue",
    "procrastinate_workers": "the queue",
}
QUEUE = {table for table, reason in UNPOLICED.items() if reason.startswith("the queue")}

KEYS_ACROSS_INSTITUTIONS = {
    "accounts_account_username_key": "sessions write no account",
    "accounts_session_pkey": "hidden",
    "claim_once": "hidden",
    "institutions_institution_code_key": "issued by the database, named by no session",
    "institutions_institution_record_id_key": "sessions add no institution",
    "people_person_code_key": "issued by the database, named by no session",
}

SESSIONS_MAY_CALL = {
    "admit_known_persons", "class_heading", "class_opened", "find_persons", "journal_look",
    "journal_write", "person_is_seen", "person_is_tied", "scope_account", "scope_day",
    "scope_holds", "scope_ids", "scope_institutions", "scope_is_national", "scope_may_write",
    "scope_range", "scope_session", "scope_tied_persons", "scope_who", "session_close",
    "totals_digest", "totals_institutions", "totals_of_communes",
}  # fmt: skip
PROGRAM_MAY_CALL = {"journal_seal", "remind_of_unsigned", "session_open", "sign_in_account"}
"""Each asks for a proof that only the program can make."""
ROLES = ("sobo_app", "sobo_narrow", "sobo_wide", "sobo_national")


def names(connection: Connection, query: str, *values: Any) -> set[str]:
    return {row[0] for row in connection.execute(query.encode(), values)}


def test_every_table_is_policed_or_listed_with_a_reason(owner: Connection) -> None:
    without_policy = names(
        owner,
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p', 'f', 'm') AND NOT (relrowsecurity AND EXISTS "
        "(SELECT FROM pg_policy p WHERE p.polrelid = c.oid))",
    )
    assert without_policy == set(UNPOLICED)


def test_no_view_looks_past_its_reader(owner: Connection) -> None:
    as_its_owner = names(
        owner,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'"
        " AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)",
    )
    assert as_its_owner == set()


def test_unpoliced_tables_are_closed_to_every_role(owner: Connection) -> None:
    for table in set(UNPOLICED) - QUEUE:
        for role in ROLES:
            rights = owner.execute(
                "SELECT has_any_column_privilege(%s, %s, 'SELECT, INSERT, UPDATE, REFERENCES') "
                "OR has_table_privilege(%s, %s, 'DELETE, TRUNCATE, TRIGGER')",
                [role, table, role, table],
            ).fetchone()
            assert rights == (False,), f"{role} has rights on {table}"


def test_the_program_itself_reads_no_table(owner: Connection) -> None:
    """Injected SQL can always RESET ROLE, so sobo_app holds nothing but the way into a session."""
    readable = names(
        owner,
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p', 'v', 'm', 'f') "
        "AND has_any_column_privilege('sobo_app', oid, 'SELECT, INSERT, UPDATE')",
    )
    assert readable <= QUEUE


def test_no_role_may_delete_truncate_or_use_a_sequence(owner: Connection) -> None:
    for role in ROLES:
        tables = names(
            owner,
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind "
            "IN ('r', 'p') AND has_table_privilege(%s, oid, 'DELETE, TRUNCATE, TRIGGER')",
            role,
        )
        sequences = names(
            owner,
            "SELECT seqrelid::regclass::text FROM pg_sequence "
            "WHERE has_sequence_privilege(%s, seqrelid, 'USAGE, SELECT, UPDATE')",
            role,
        )
        assert tables <= QUEUE, role
        assert {s for s in sequences if not s.startswith("procrastinate_")} == set(), role


def test_no_role_passes_row_level_security(owner: Connection) -> None:
    beyond = names(
        owner,
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'sobo_%%' AND (rolsuper OR rolbypassrls "
        "OR rolcreaterole OR rolcreatedb OR rolreplication)",
    )
    assert beyond == set()
    owned = names(
        owner,
        "SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
        "WHERE r.rolname = ANY (%s)",
        list(ROLES),
    )
    assert owned == set()


def test_every_record_has_history_versions_and_refuses_deletion(
    owner: Connection, catalogue: Any
) -> None:
    records = set(catalogue.tables_of_records())
    with_versions = names(
        owner, "SELECT relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND a.attname = 'version' AND relname NOT LIKE '%%_history'",
    )  # fmt: skip
    assert records == with_versions
    triggers = set(
        owner.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'A'"
        ).fetchall()
    )
    for table in records:
        assert {
            (table, "versions"),
            (table, "nothing_is_deleted"),
            (f"{table}_history", "nothing_is_deleted"),
        } <= triggers


def test_history_keeps_every_column_of_its_record(owner: Connection, catalogue: Any) -> None:
    columns = (
        "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
    )
    for table in catalogue.tables_of_records():
        kept = names(owner, columns, f"{table}_history")
        assert kept - names(owner, columns, table) == {"superseded_at timestamp with time zone"}
        assert names(owner, columns, table) <= kept


def test_no_key_a_session_can_try_spans_institutions(owner: Connection) -> None:
    """A unique index answers past row-level security; one on `id` alone is never given."""
    spanning = names(
        owner,
        """
        SELECT i.indexrelid::regclass::text FROM pg_index i
        JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
        WHERE i.indisunique AND NOT i.indexprs IS NOT NULL
          AND EXISTS (SELECT FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attname IN ('institution_id', 'digest'))
          AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
                          AND a.attnum = ANY (i.indkey) AND a.attname IN ('institution_id', 'id'))
        UNION
        SELECT indexrelid::regclass::text FROM pg_index
        WHERE indisunique AND NOT indisprimary AND indrelid = 'institutions_institution'::regclass
        """,
    )
    assert spanning == set(KEYS_ACROSS_INSTITUTIONS)


def test_sessions_give_no_identifier(catalogue: Any) -> None:
    for table in catalogue.tables_of_institutions():
        given = set(catalogue.columns(table, granted="INSERT"))
        changed = set(catalogue.columns(table, granted="UPDATE"))
        assert not {"id"} & (given | changed), table
    for table in ("people_person", "institutions_institution"):
        assert "code" not in catalogue.columns(table, granted="INSERT")
        assert "code" not in catalogue.columns(table, granted="UPDATE")


def test_references_carry_the_institution(owner: Connection, catalogue: Any) -> None:
    """A plain foreign key between institutions' tables would tell of foreign rows."""
    plain = names(
        owner,
        """
        SELECT conrelid::regclass || '.' || conname FROM pg_constraint c
        WHERE contype = 'f' AND cardinality(conkey) = 1
          AND confrelid::regclass::text = ANY (%s)
          AND confrelid <> 'institutions_institution'::regclass
        """,
        catalogue.tables_of_institutions(),
    )
    assert plain == set()


def test_whoever_names_a_person_must_see_the_person(owner: Connection, catalogue: Any) -> None:
    naming = names(
        owner,
        "SELECT attrelid::regclass::text FROM pg_attribute WHERE attname = 'person_id' "
        "AND attrelid::regclass::text = ANY (%s)",
        catalogue.tables_of_records(),
    )
    checked = names(
        owner, "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'persons_in_scope'"
    )
    assert naming == checked
    for table in naming:
        assert "person_id" not in catalogue.columns(table, granted="UPDATE"), table


def test_indexes_of_institutions_rows_hold_the_institution(
    owner: Connection, catalogue: Any
) -> None:
    """Else EXPLAIN ANALYZE would count rows that row-level security then takes away."""
    without = names(
        owner,
        """
        SELECT relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid::regclass::text = ANY (%s) AND NOT i.indisprimary
          AND relname NOT LIKE '%%_like'  -- a pattern is never tested before row-level security
          AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid
                          AND a.attnum = ANY (i.indkey) AND a.attname = 'institution_id')
        """,
        [
            table
            for table in catalogue.tables_of_institutions()
            if table not in {*UNPOLICED, "institutions_institution"}
            and not table.endswith("_history")
        ],
    )
    assert {name for name in without if "accounts_account" not in name} == {
        "journal_of_account",
        "people_person_code_key",  # codes are issued in order: that one exists is no news
        "person_search",  # row-level security keeps it from use but in find_persons()
    }


def test_functions_with_the_owners_rights_pin_their_search_path(owner: Connection) -> None:
    loose = names(
        owner,
        """
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace
          AND (prosecdef OR prorettype = 'trigger'::regtype)
          AND proname NOT LIKE 'procrastinate%%'
          AND NOT coalesce(array_to_string(proconfig, ',') ~ 'search_path=.*pg_temp$', false)
        """,
    )
    assert loose == set()


def test_only_listed_functions_are_open(owner: Connection) -> None:
    def callable_by(role: str) -> set[str]:
        return names(
            owner,
            """
            SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
              AND has_function_privilege(%s, oid, 'EXECUTE')
              AND proname NOT LIKE 'procrastinate%%'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            """,
            role,
        )

    everyone = names(
        owner,
        "SELECT proname FROM pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a "
        "WHERE pronamespace = 'public'::regnamespace AND a.grantee = 0 AND prosecdef",
    )
    assert everyone == set()
    assert callable_by("sobo_narrow") == SESSIONS_MAY_CALL
    assert callable_by("sobo_wide") == SESSIONS_MAY_CALL
    assert callable_by("sobo_national") == SESSIONS_MAY_CALL - {"admit_known_persons"}
    assert PROGRAM_MAY_CALL <= callable_by("sobo_app") <= PROGRAM_MAY_CALL | SESSIONS_MAY_CALL
