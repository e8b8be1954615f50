-- TT 42/2021 Đ10.2: one code for life, formed at first entry. Ten digits, the first two the province
-- of first registration; nothing parses them afterwards. Sequences leave no lock between schools.
DO $$
DECLARE p text;
BEGIN
    FOR p IN SELECT lpad(n::text, 2, '0') FROM generate_series(1, 99) n LOOP
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS person_code_%s MAXVALUE 99999999', p);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION issue_person_code() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE province text;
BEGIN
    SELECT province_code INTO province FROM institutions_institution WHERE id = NEW.institution_id;
    NEW.code := province || lpad(nextval('person_code_' || province)::text, 8, '0');
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS issue_code ON people_person;
CREATE TRIGGER issue_code BEFORE INSERT ON people_person
    FOR EACH ROW WHEN (NEW.code IS NULL) EXECUTE FUNCTION issue_person_code();

-- Personal numbers are claimed by digest in a table nobody reads: a unique index on the number would
-- tell a school which numbers other schools hold.
CREATE OR REPLACE FUNCTION claim_numbers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO people_numberclaim (digest, person_id)
    SELECT sha256(convert_to(personal_number, 'UTF8')), id FROM new_rows
    WHERE personal_number IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS claim_inserted ON people_person;
CREATE TRIGGER claim_inserted AFTER INSERT ON people_person
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION claim_numbers();
DROP TRIGGER IF EXISTS claim_updated ON people_person;
CREATE TRIGGER claim_updated AFTER UPDATE ON people_person
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION claim_numbers();

-- Whether a person is known within the session's reach though first registered beyond it.
CREATE OR REPLACE FUNCTION person_is_tied(person bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_persontie t
        WHERE t.person_id = person AND scope_range() @> t.institution_id
    )
$$;

CREATE INDEX IF NOT EXISTS tie_of_institution ON people_persontie (institution_id, person_id);
CREATE OR REPLACE FUNCTION scope_tied_persons() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(t.person_id), '{}') FROM people_persontie t
    WHERE t.institution_id = ANY (scope_ids())
$$;

-- What the policies on persons ask of each row. Its declared cost is that of one operator, lest a
-- condition of the caller's be tested on rows that are not the caller's (docs/adr/0001-scope.md).
CREATE OR REPLACE FUNCTION person_is_seen(reached int8multirange, institution bigint, person bigint)
RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
BEGIN
    RETURN reached @> institution OR person_is_tied(person);
END $$;

-- Admits persons first registered beyond the session's reach, on proof of number, birth and name (as
-- a transfer brings them): from then on the admitting institution sees them too. Rows are counted
-- from 1. It answers only the program, which proves what it asks and for whom: with free questions
-- the six unknown digits of a number would be found by trying.
CREATE OR REPLACE FUNCTION admit_known_persons(
    numbers text[], births text[], name_keys text[], institutions bigint[], proof bytea
) RETURNS TABLE (row_number bigint, person_id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    found_rows bigint[];
    found_persons bigint[];
BEGIN
    PERFORM match_is_proved(numbers || births || name_keys || institutions::text[], proof);
    SELECT array_agg(f.row_number), array_agg(f.person_id) INTO found_rows, found_persons
    FROM (
        SELECT DISTINCT ON (w.row_number) w.row_number, p.id AS person_id
        FROM unnest(numbers, births, name_keys, institutions) WITH ORDINALITY
            AS w (number, born, name_key, institution, row_number)
        JOIN people_numberclaim c ON c.digest = sha256(convert_to(w.number, 'UTF8'))
        JOIN people_person p ON p.id = c.person_id
        WHERE p.personal_number = w.number AND p.birth = w.born AND p.search_key = w.name_key
          AND (SELECT scope_range()) @> w.institution
        ORDER BY w.row_number, p.id
    ) f;
    INSERT INTO people_persontie (person_id, institution_id, since_at)
        SELECT f.person, institutions[f.row_at], now()
        FROM unnest(found_persons, found_rows) AS f (person, row_at)
        ON CONFLICT DO NOTHING;
    PERFORM journal_write(
        'change', 'persons.admit', NULL, 'NG', NULL, found_persons,
        coalesce(cardinality(found_persons), 0), NULL,
        jsonb_build_object('asked', cardinality(numbers))
    );
    RETURN QUERY SELECT f.row_at, f.person FROM unnest(found_rows, found_persons) f (row_at, person);
END $$;

-- The proof names the account, so that one overheard serves nobody else. What is asked is signed as
-- its values in order, an unknown one empty, joined by the unit separator (U+001F).
CREATE OR REPLACE FUNCTION match_is_proved(asked text[], proof bytea) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    signed text := encode(sha256(convert_to(array_to_string(asked, chr(31), ''), 'UTF8')), 'hex');
BEGIN
    IF NOT scope_may_write()
       OR proof IS DISTINCT FROM gate_proof(concat_ws('|', 'match', scope_account(), signed))
    THEN
        RAISE EXCEPTION 'no proof of this question' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

GRANT EXECUTE ON FUNCTION
    person_is_tied(bigint), scope_tied_persons(),
    person_is_seen(int8multirange, bigint, bigint)
TO sobo_narrow, sobo_wide, sobo_national;
GRANT EXECUTE ON FUNCTION admit_known_persons(text[], text[], text[], bigint[], bytea)
TO sobo_narrow, sobo_wide;

DROP FUNCTION IF EXISTS numbers_known_elsewhere(text[]), admit_person(text, text, text, bigint);

-- Names are searched by a key without diacritics. Row-level security keeps trigram indexes from use,
-- so this function looks first and then keeps what the caller's scope holds.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX IF NOT EXISTS person_search ON people_person USING gin (search_key gin_trgm_ops);
CREATE OR REPLACE FUNCTION find_persons(wanted text, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.id FROM people_person p
    WHERE p.search_key LIKE '%' || regexp_replace(wanted, '[\\%_]', '', 'g') || '%'
      AND (scope_is_national() OR person_is_seen((SELECT scope_range()), p.institution_id, p.id))
    LIMIT most
$$;
GRANT EXECUTE ON FUNCTION find_persons(text, integer) TO sobo_narrow, sobo_wide, sobo_national;
