"""What the database itself upholds for every table, written from the declarations.

Applied after each migration and idempotent: history tables and the trigger that keeps versions, the
refusal to delete, keys within an institution, bounds of numbers, row-level security and grants.
docs/adr/0001-scope.md and 0002-versions.md say why.
"""

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from django.db import connection, models

from sobo.specification.records import Record, Scope, declarations, table_scope

NARROW, WIDE, NATIONAL = ROLES = ("sobo_narrow", "sobo_wide", "sobo_national")
EVERY_ROLE = ", ".join(ROLES)

# The first half costs one operator, so it is tested before any condition of the caller's; an index
# can use the second (docs/adr/0001-scope.md, "What EXPLAIN tells").
IN_NARROW = "(SELECT scope_range()) @> {column} AND {column} = ANY ((SELECT scope_ids())::bigint[])"
IN_WIDE = "{column} IN (SELECT scope_institutions())"
IN_NATIONAL = "(SELECT scope_is_national())"
SEEN = "person_is_seen((SELECT scope_range()), institution_id, id)"
SEEN_IN_NARROW = (
    f"{SEEN} AND (institution_id = ANY ((SELECT scope_ids())::bigint[])"
    " OR id = ANY ((SELECT scope_tied_persons())::bigint[]))"
)
MAY_WRITE = "(SELECT scope_may_write())"
WRITER_IS_NAMED = "recorded_by = (SELECT scope_account())"


def statements(all_models: Iterable[type[models.Model]]) -> Iterator[str]:
    """Every guard of these models, in an order that can be applied again and again."""
    guarded = [m for m in all_models if hasattr(m, "scope") and not m._meta.abstract]
    yield (resources.files("sobo.specification") / "guards.sql").read_text(encoding="utf-8")
    for model in guarded:
        yield from _row_level_security(model)
        if table_scope(model) in (Scope.INSTITUTION, Scope.PERSON):
            yield from _keys(model)
            yield from _references(model)
        if issubclass(model, Record):
            yield from _history(model)
            yield from _bounds(model)
        if table_scope(model) not in (Scope.HIDDEN, Scope.OPEN):
            yield f"CALL guard_against_deletion('{model._meta.db_table}', false);"


def history_table(model: type[models.Model]) -> str:
    """The table that keeps a record's earlier versions, with `superseded_at`."""
    return f"{model._meta.db_table}_history"


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def _quoted(columns: Iterable[str]) -> str:
    """Columns as SQL takes them: some, as `group`, are words of the language."""
    return ", ".join(f'"{column}"' for column in columns)


def _array(values: Iterable[str]) -> str:
    """Names as a literal of PostgreSQL's `text[]`."""
    return "ARRAY[" + ", ".join(f"'{value}'" for value in values) + "]::text[]"


def _type(field: "models.Field[Any, Any]") -> str:
    """The column's type without what makes it a key: history repeats keys."""
    serials = {"bigserial": "bigint", "serial": "integer"}
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return serials.get(str(kind), str(kind))


# History ------------------------------------------------------------------------------------------


def _history(model: type[Record]) -> Iterator[str]:
    """The history table, and the statement-level trigger that fills it and demands versions."""
    history = history_table(model)
    yield f"CREATE TABLE IF NOT EXISTS {history} (superseded_at timestamptz NOT NULL);"
    for field in model._meta.concrete_fields:
        column, kind = _quoted([str(field.column)]), _type(field)
        yield f"ALTER TABLE {history} ADD COLUMN IF NOT EXISTS {column} {kind};"
    yield f"CREATE UNIQUE INDEX IF NOT EXISTS {history}_version ON {history} (id, version);"
    identifiers = ["id", "record_id", *model.immutable]
    yield (
        f"CALL guard_versions('{model._meta.db_table}', '{history}', "
        f"{_array(_columns(model))}, {_array(identifiers)});"
    )
    yield f"CALL guard_against_deletion('{history}', true);"
    yield f"ALTER TABLE {history} ENABLE ROW LEVEL SECURITY;"
    yield f"REVOKE ALL ON {history} FROM {EVERY_ROLE}, sobo_app;"
    yield f"GRANT SELECT ON {history} TO {EVERY_ROLE};"
    yield from _reading_policies(history, table_scope(model))


# Keys ---------------------------------------------------------------------------------------------
#
# PostgreSQL checks keys past row-level security, so a key that spans institutions tells through its
# message whether a row of another one exists. Every key a session may try carries the institution.


def _keys(model: type[models.Model]) -> Iterator[str]:
    """Unique constraints and indexes, with the institution added where it is missing."""
    table = model._meta.db_table
    yield f"CALL guard_rows_within('{table}');"
    for name, columns in _unique_constraints(model):
        if "institution_id" not in columns and not set(columns) & set(_issued(model)):
            yield f"CALL guard_uniqueness('{table}', '{name}', {_array(columns)});"
    for name, columns in _indexes(model):
        if "institution_id" not in columns:
            yield f"CALL guard_index('{table}', '{name}', {_array(columns)});"
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            yield f"CALL guard_without_plain_index('{table}', '{field.column}');"


def _unique_constraints(model: type[models.Model]) -> Iterator[tuple[str, list[str]]]:
    """Name and columns of each unique constraint that Django made for a model."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield f"{model._meta.db_table}_{field.column}_key", [str(field.column)]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield constraint.name, _columns_of(model, constraint.fields)


def _indexes(model: type[models.Model]) -> Iterator[tuple[str, list[str]]]:
    """Name and columns of each declared index, and of one for every reference that leads none."""
    declared = {index.name: _columns_of(model, index.fields) for index in model._meta.indexes}
    yield from declared.items()
    led = {columns[0] for columns in declared.values()}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.column not in {*led, "institution_id"}:
            yield f"{model._meta.db_table}_{field.column}_of", [str(field.column)]


def _columns_of(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Columns of these fields; an index may write a descending one as `-id`."""
    column_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return [column_of[name.removeprefix("-")] for name in names]


def _references(model: type[models.Model]) -> Iterator[str]:
    """References to rows of an institution carry it; persons are checked within scope."""
    table = model._meta.db_table
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or field.column == "institution_id":
            continue
        target = field.related_model
        if table_scope(target) is Scope.PERSON:
            yield f"CALL guard_persons_in_scope('{table}');"
        elif table_scope(target) is Scope.INSTITUTION:
            target_table = target._meta.db_table
            yield f"CALL guard_reference('{table}', '{field.column}', '{target_table}');"
    if issubclass(model, Record):
        yield (
            f"CALL guard_constraint('{table}', '{table}_institution', "
            "'FOREIGN KEY (institution_id) REFERENCES institutions_institution (id)');"
        )


def _bounds(model: type[Record]) -> Iterator[str]:
    """The declared bounds of numbers, in one statement so that rows are checked once."""
    table = model._meta.db_table
    actions = []
    for column, declared in declarations(model).items():
        limits = [
            f"{_quoted([column])} {sign} {bound}"
            for sign, bound in ((">=", declared.low), ("<=", declared.high))
            if bound is not None
        ]
        if limits:
            name = f"{table}_{column}_bounds"
            actions.append(f"DROP CONSTRAINT IF EXISTS {name}")
            actions.append(f"ADD CONSTRAINT {name} CHECK ({' AND '.join(limits)})")
    if actions:
        yield f"ALTER TABLE {table} {', '.join(actions)};"


# Row-level security -------------------------------------------------------------------------------


def _row_level_security(model: type[models.Model]) -> Iterator[str]:
    table, scope = model._meta.db_table, table_scope(model)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    yield f"REVOKE ALL ON {table} FROM {EVERY_ROLE}, sobo_app;"
    if scope is Scope.OPEN:
        yield f"GRANT SELECT ON {table} TO {EVERY_ROLE};"
        yield f"DROP POLICY IF EXISTS everyone ON {table};"
        yield f"CREATE POLICY everyone ON {table} FOR SELECT TO {EVERY_ROLE} USING (true);"
    elif scope in (Scope.INSTITUTION, Scope.SELF, Scope.PERSON):
        yield f"GRANT SELECT ON {table} TO {EVERY_ROLE};"
        yield f"GRANT UPDATE ({_quoted(_changeable(model))}) ON {table} TO {EVERY_ROLE};"
        yield from _reading_policies(table, scope)
        yield from _changing_policies(model)
    if scope in (Scope.INSTITUTION, Scope.PERSON):
        yield f"GRANT INSERT ({_quoted(_givable(model))}) ON {table} TO {EVERY_ROLE};"
        yield from _adding_policies(model)


def _issued(model: type[models.Model]) -> tuple[str, ...]:
    """Columns whose value only the database gives."""
    return ("id", "code") if table_scope(model) in (Scope.PERSON, Scope.SELF) else ("id",)


def _givable(model: type[models.Model]) -> list[str]:
    return [column for column in _columns(model) if column not in _issued(model)]


def _changeable(model: type[models.Model]) -> list[str]:
    """Columns a session may name in an update: of a record, none that identifies it."""
    identifiers = ("record_id", *model.immutable) if issubclass(model, Record) else ()
    return [column for column in _givable(model) if column not in identifiers]


def _reading_policies(table: str, scope: Scope) -> Iterator[str]:
    for role in ROLES:
        name = f"{role.removeprefix('sobo_')}_reads"
        yield f"DROP POLICY IF EXISTS {name} ON {table};"
        yield f"CREATE POLICY {name} ON {table} FOR SELECT TO {role} USING ({_seen(scope, role)});"


def _adding_policies(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    for role in ROLES:
        name = f"{role.removeprefix('sobo_')}_adds"
        check = " AND ".join([_within("institution_id", role), *_as_writer(model)])
        yield f"DROP POLICY IF EXISTS {name} ON {table};"
        yield f"CREATE POLICY {name} ON {table} FOR INSERT TO {role} WITH CHECK ({check});"


def _changing_policies(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    for role in ROLES:
        name = f"{role.removeprefix('sobo_')}_changes"
        seen = _seen(table_scope(model), role)
        writer = _as_writer(model)
        using, check = [seen, *writer[:1]], [seen, *writer]
        yield f"DROP POLICY IF EXISTS {name} ON {table};"
        yield (
            f"CREATE POLICY {name} ON {table} FOR UPDATE TO {role} "
            f"USING ({' AND '.join(using)}) WITH CHECK ({' AND '.join(check)});"
        )


def _as_writer(model: type[models.Model]) -> list[str]:
    """What writing a record asks: the right to enter data, and one's own name on the version."""
    return [MAY_WRITE, WRITER_IS_NAMED] if issubclass(model, Record) else []


def _seen(scope: Scope, role: str) -> str:
    """The condition under which a role sees a row of a table of this scope."""
    if scope is Scope.PERSON and role != NATIONAL:
        return SEEN_IN_NARROW if role == NARROW else SEEN
    return _within("id" if scope is Scope.SELF else "institution_id", role)


def _within(column: str, role: str) -> str:
    condition = {NARROW: IN_NARROW, WIDE: IN_WIDE, NATIONAL: IN_NATIONAL}[role]
    return condition.format(column=column)
