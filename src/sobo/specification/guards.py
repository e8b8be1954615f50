"""What the database itself upholds for every table, written from the declarations.

Applied after each migration and idempotent: history tables and the trigger that keeps versions, the
refusal to delete, keys within an institution, bounds of numbers, row-level security and grants.
docs/adr/0001-scope.md and 0002-versions.md say why.
"""

from collections.abc import Iterable, Iterator

from django.db import connection, models

from sobo.specification.fields import Reference
from sobo.specification.records import Record, Scope, declarations, table_scope

NARROW, WIDE, NATIONAL = ROLES = ("sobo_narrow", "sobo_wide", "sobo_national")
EVERY_ROLE = ", ".join(ROLES)

IN_NARROW = "{column} = ANY ((SELECT scope_ids())::bigint[])"
IN_WIDE = "{column} IN (SELECT scope_institutions())"
IN_NATIONAL = "(SELECT scope_is_national())"
TIED = (
    " OR EXISTS (SELECT 1 FROM people_persontie t WHERE t.person_id = {table}.id AND "
)

NO_DELETE = """
CREATE OR REPLACE FUNCTION nothing_is_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'records are never deleted: change the status (TT 42/2021, 10.3-10.5)'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION persons_in_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM new_rows n
        WHERE NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = n.person_id)
    ) THEN
        RAISE EXCEPTION 'no such person within scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
"""


def statements(all_models: Iterable[type[models.Model]]) -> Iterator[str]:
    """Every guard of these models, in an order that can be applied again and again."""
    guarded = [m for m in all_models if hasattr(m, "scope") and not m._meta.abstract]
    yield NO_DELETE
    for model in guarded:
        yield from _row_level_security(model)
        if issubclass(model, Record):
            yield from _history(model)
            yield from _keys(model)
            yield from _bounds(model)
        if table_scope(model) not in (Scope.HIDDEN, Scope.OPEN):
            yield _refuse_delete(model._meta.db_table)


def history_table(model: type[models.Model]) -> str:
    """The table that keeps a record's earlier versions, with `superseded_at`."""
    return f"{model._meta.db_table}_history"


def _columns(model: type[models.Model]) -> list[str]:
    return [_quoted(str(field.column)) for field in model._meta.concrete_fields]


def _quoted(column: str) -> str:
    """A column's name as SQL takes it: some, as `group`, are words of the language."""
    return f'"{column}"'


def _type(field: "models.Field[object, object]") -> str:
    """The column's type without what makes it a key: history repeats keys."""
    serials = {"bigserial": "bigint", "serial": "integer"}
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return serials.get(str(kind), str(kind))


def _refuse_delete(table: str) -> str:
    return f"""
DROP TRIGGER IF EXISTS refuse_delete ON {table};
CREATE TRIGGER refuse_delete BEFORE DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_deleted();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER refuse_delete;
"""


def _history(model: type[Record]) -> Iterator[str]:
    """The history table, and the statement-level trigger that fills it and demands versions."""
    table, history, columns = model._meta.db_table, history_table(model), _columns(model)
    yield f"CREATE TABLE IF NOT EXISTS {history} (superseded_at timestamptz NOT NULL);"
    for field in model._meta.concrete_fields:
        yield (
            f"ALTER TABLE {history} ADD COLUMN IF NOT EXISTS {_quoted(field.column)} "
            f"{_type(field)};"
        )
    yield f"CREATE UNIQUE INDEX IF NOT EXISTS {history}_version ON {history} (id, version);"
    kept = ["id", "record_id", *model.immutable]
    same = " AND ".join(f"n.{c} IS NOT DISTINCT FROM o.{c}" for c in kept)
    names = ", ".join(columns)
    yield f"""
CREATE OR REPLACE FUNCTION {table}_versions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM old_rows o LEFT JOIN new_rows n
            ON n.id = o.id AND n.version = o.version + 1 AND {same}
        WHERE n.id IS NULL
    ) THEN
        RAISE EXCEPTION 'a change keeps every identifier and takes the next version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO {history} ({names}, superseded_at) SELECT {names}, now() FROM old_rows;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS versions ON {table};
CREATE TRIGGER versions AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_versions();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER versions;
ALTER TABLE {history} ENABLE ROW LEVEL SECURITY;
DROP TRIGGER IF EXISTS history_stays ON {history};
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {history}
    FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_deleted();
ALTER TABLE {history} ENABLE ALWAYS TRIGGER history_stays;
REVOKE ALL ON {history} FROM {EVERY_ROLE};
GRANT SELECT ON {history} TO {EVERY_ROLE};
"""
    yield from _policies(history, table_scope(model), write=False)


def _keys(model: type[Record]) -> Iterator[str]:
    """References within an institution carry the institution; persons are checked in scope.

    A plain foreign key is checked past row-level security, so its message would tell whether a row
    of another school exists.
    """
    table = model._meta.db_table
    if table_scope(model) is Scope.INSTITUTION:
        yield f"CREATE UNIQUE INDEX IF NOT EXISTS {table}_within ON {table} (institution_id, id);"
    for field in model._meta.concrete_fields:
        if not isinstance(field, Reference) or field.column == "institution_id":
            continue
        target = field.related_model._meta.db_table
        if target == "people_person":
            yield f"""
DROP TRIGGER IF EXISTS person_in_scope ON {table};
CREATE TRIGGER person_in_scope AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION persons_in_scope();
"""
        else:
            name = f"{table}_{field.column}_within"
            yield f"""
CREATE UNIQUE INDEX IF NOT EXISTS {target}_within ON {target} (institution_id, id);
ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name};
ALTER TABLE {table} ADD CONSTRAINT {name}
    FOREIGN KEY (institution_id, {field.column}) REFERENCES {target} (institution_id, id);
"""
    if _quoted("institution_id") in _columns(model):
        yield f"""
ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_institution;
ALTER TABLE {table} ADD CONSTRAINT {table}_institution
    FOREIGN KEY (institution_id) REFERENCES institutions_institution (id);
"""


def _bounds(model: type[Record]) -> Iterator[str]:
    table = model._meta.db_table
    for column, declared in declarations(model).items():
        limits = [
            f"{_quoted(column)} {sign} {bound}"
            for sign, bound in ((">=", declared.low), ("<=", declared.high))
            if bound is not None
        ]
        if limits:
            yield f"""
ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_{column}_bounds;
ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_bounds CHECK ({" AND ".join(limits)});
"""


def _row_level_security(model: type[models.Model]) -> Iterator[str]:
    table, scope = model._meta.db_table, table_scope(model)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    yield f"REVOKE ALL ON {table} FROM {EVERY_ROLE}, sobo_app;"
    if scope is Scope.OPEN:
        yield f"GRANT SELECT ON {table} TO {EVERY_ROLE};"
        yield f"DROP POLICY IF EXISTS everyone ON {table};"
        yield f"CREATE POLICY everyone ON {table} FOR SELECT TO {EVERY_ROLE} USING (true);"
    elif scope in (Scope.INSTITUTION, Scope.SELF, Scope.PERSON):
        insertable = ", ".join(_insertable(model))
        yield f"GRANT SELECT, UPDATE ON {table} TO {EVERY_ROLE};"
        yield f"GRANT INSERT ({insertable}) ON {table} TO {EVERY_ROLE};"
        yield f"GRANT USAGE ON SEQUENCE {table}_id_seq TO {EVERY_ROLE};"
        yield from _policies(table, scope, write=True, only_writers=issubclass(model, Record))


def _insertable(model: type[models.Model]) -> list[str]:
    """Columns a session may give; a code that the database issues is not among them."""
    issued = {_quoted("code")} if table_scope(model) in (Scope.PERSON, Scope.SELF) else set()
    return [column for column in _columns(model) if column not in issued]


def _policies(
    table: str, scope: Scope, *, write: bool, only_writers: bool = False
) -> Iterator[str]:
    column = "id" if scope is Scope.SELF else "institution_id"
    for role, condition in ((NARROW, IN_NARROW), (WIDE, IN_WIDE), (NATIONAL, IN_NATIONAL)):
        within = condition.format(column=column)
        seen = within
        if scope is Scope.PERSON and role != NATIONAL:
            tie = TIED.format(table=table) + condition.format(column="t.institution_id") + ")"
            seen = within + tie
        name = role.removeprefix("sobo_")
        yield f"DROP POLICY IF EXISTS {name}_reads ON {table};"
        yield f"CREATE POLICY {name}_reads ON {table} FOR SELECT TO {role} USING ({seen});"
        if write:
            may = " AND (SELECT scope_may_write())" if only_writers else ""
            yield f"DROP POLICY IF EXISTS {name}_adds ON {table};"
            yield (
                f"CREATE POLICY {name}_adds ON {table} FOR INSERT TO {role} "
                f"WITH CHECK ({within}{may});"
            )
            yield f"DROP POLICY IF EXISTS {name}_changes ON {table};"
            yield (
                f"CREATE POLICY {name}_changes ON {table} FOR UPDATE TO {role} "
                f"USING (({seen}){may}) WITH CHECK (({seen}){may});"
            )
