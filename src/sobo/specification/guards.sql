-- What guards.py asks of each table. Every procedure may run again and again, and does its work only
-- where it is not yet done: an upgrade of 25 million rows checks none of them anew.

CREATE OR REPLACE FUNCTION nothing_is_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'records are never deleted: change the status (TT 42/2021, 10.3-10.5)'
        USING ERRCODE = 'restrict_violation';
END $$;

-- A person is named by a key that spans institutions; whoever names one must see that person. It
-- runs with the writer's own rights, and the message is the same whether the person exists or not.
CREATE OR REPLACE FUNCTION persons_in_scope() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM new_rows n
        WHERE NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = n.person_id)
    ) THEN
        RAISE EXCEPTION 'no such person within scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE PROCEDURE guard_against_deletion(guarded regclass, changes_too boolean)
LANGUAGE plpgsql AS $guard$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER nothing_is_deleted BEFORE %s DELETE OR TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION nothing_is_deleted()',
        CASE WHEN changes_too THEN 'UPDATE OR' END, guarded
    );
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER nothing_is_deleted', guarded);
END $guard$;

CREATE OR REPLACE PROCEDURE guard_persons_in_scope(guarded regclass)
LANGUAGE plpgsql AS $guard$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER persons_in_scope AFTER INSERT ON %s REFERENCING NEW TABLE AS '
        'new_rows FOR EACH STATEMENT EXECUTE FUNCTION persons_in_scope()', guarded
    );
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER persons_in_scope', guarded);
END $guard$;

-- One statement changes many rows; each keeps its identifiers and takes the next version, and the
-- rows as they were go to the history table (docs/adr/0002-versions.md).
CREATE OR REPLACE PROCEDURE guard_versions(
    guarded regclass, history regclass, columns text[], identifiers text[]
) LANGUAGE plpgsql AS $guard$
DECLARE
    listed text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(columns) c);
    same text := (
        SELECT string_agg(format('n.%1$I IS NOT DISTINCT FROM o.%1$I', c), ' AND ')
        FROM unnest(identifiers) c
    );
BEGIN
    EXECUTE format($made$
        CREATE OR REPLACE FUNCTION %1$s_versions() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM old_rows o
                LEFT JOIN new_rows n ON n.id = o.id AND n.version = o.version + 1 AND %2$s
                WHERE n.id IS NULL
            ) THEN
                RAISE EXCEPTION 'a change keeps every identifier and takes the next version'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            INSERT INTO %3$s (%4$s, superseded_at) SELECT %4$s, now() FROM old_rows;
            RETURN NULL;
        END $body$
    $made$, guarded, same, history, listed);
    EXECUTE format(
        'CREATE OR REPLACE TRIGGER versions AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS old_rows '
        'NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %1$s_versions()', guarded
    );
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER versions', guarded);
END $guard$;

CREATE OR REPLACE PROCEDURE guard_constraint(guarded regclass, called name, definition text)
LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = guarded AND conname = called) THEN
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', guarded, called, definition);
    END IF;
END $guard$;

-- A unique constraint with the institution added to its columns; it keeps the migration's name.
CREATE OR REPLACE PROCEDURE guard_uniqueness(guarded regclass, called name, columns text[])
LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint WHERE conrelid = guarded AND conname = called
            AND cardinality(conkey) = cardinality(columns) + 1
    ) THEN
        EXECUTE format(
            'ALTER TABLE %1$s DROP CONSTRAINT IF EXISTS %2$I, '
            'ADD CONSTRAINT %2$I UNIQUE (%3$s, institution_id)',
            guarded, called, (SELECT string_agg(quote_ident(c), ', ') FROM unnest(columns) c)
        );
    END IF;
END $guard$;

-- What a composite key refers to.
CREATE OR REPLACE PROCEDURE guard_rows_within(guarded regclass)
LANGUAGE plpgsql AS $guard$
BEGIN
    EXECUTE format(
        'CREATE UNIQUE INDEX IF NOT EXISTS %1$s_within ON %1$s (institution_id, id)', guarded
    );
END $guard$;

-- An index with the institution added. Through one without it a caller's condition would reach rows
-- before row-level security does, and EXPLAIN would count them.
CREATE OR REPLACE PROCEDURE guard_index(guarded regclass, called name, columns text[])
LANGUAGE plpgsql AS $guard$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_index WHERE indrelid = guarded AND indexrelid = to_regclass(called)
            AND indnatts = cardinality(columns) + 1
    ) THEN
        EXECUTE format('DROP INDEX IF EXISTS %I', called);
        EXECUTE format(
            'CREATE INDEX %I ON %s (%s, institution_id)', called, guarded,
            (SELECT string_agg(quote_ident(c), ', ') FROM unnest(columns) c)
        );
    END IF;
END $guard$;

-- The index that Django makes for every reference: another one, with the institution, serves.
CREATE OR REPLACE PROCEDURE guard_without_plain_index(guarded regclass, referring name)
LANGUAGE plpgsql AS $guard$
DECLARE plain regclass;
BEGIN
    FOR plain IN
        SELECT i.indexrelid FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = referring
        WHERE i.indrelid = guarded AND i.indkey::text = a.attnum::text AND NOT i.indisunique
    LOOP
        EXECUTE format('DROP INDEX %s', plain);
    END LOOP;
END $guard$;

-- A foreign key that carries the institution, in place of the plain one.
CREATE OR REPLACE PROCEDURE guard_reference(guarded regclass, referring name, target regclass)
LANGUAGE plpgsql AS $guard$
DECLARE plain name;
BEGIN
    FOR plain IN
        SELECT c.conname FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attname = referring
        WHERE c.conrelid = guarded AND c.contype = 'f' AND c.conkey = ARRAY[a.attnum]
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guarded, plain);
    END LOOP;
    CALL guard_rows_within(target);
    CALL guard_constraint(
        guarded, format('%s_%s_within', guarded, referring),
        format('FOREIGN KEY (institution_id, %I) REFERENCES %s (institution_id, id)',
               referring, target)
    );
END $guard$;
