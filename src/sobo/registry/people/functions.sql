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

-- Which of these numbers some person beyond the caller's scope already claims: a yes or no for each
-- number the caller itself holds, never a value, and journalled by the caller's operation.
CREATE OR REPLACE FUNCTION numbers_known_elsewhere(numbers text[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT scope_may_write() THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT n FROM unnest(numbers) n
        JOIN people_numberclaim c ON c.digest = sha256(convert_to(n, 'UTF8'))
        JOIN people_person p ON p.id = c.person_id
        WHERE p.personal_number = n
          AND p.institution_id <> ALL (scope_ids())
          AND p.institution_id NOT IN (SELECT scope_institutions());
END $$;

-- Admits a person known elsewhere, on proof of number, birth and name (as a transfer brings them):
-- from then on the admitting school sees the person too.
CREATE OR REPLACE FUNCTION admit_person(number text, born text, name_key text, institution bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found bigint;
BEGIN
    IF NOT scope_may_write() OR institution <> ALL (scope_ids()) THEN
        RETURN NULL;
    END IF;
    SELECT p.id INTO found FROM people_numberclaim c JOIN people_person p ON p.id = c.person_id
    WHERE c.digest = sha256(convert_to(number, 'UTF8')) AND p.personal_number = number
      AND p.birth = born AND p.search_key = name_key
    ORDER BY p.id LIMIT 1;
    IF found IS NOT NULL THEN
        INSERT INTO people_persontie (person_id, institution_id, since_at)
        VALUES (found, institution, now()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN found;
END $$;

GRANT EXECUTE ON FUNCTION numbers_known_elsewhere(text[]), admit_person(text, text, text, bigint)
    TO sobo_narrow, sobo_wide;

-- Names are searched by a key without diacritics. Row-level security keeps trigram indexes from use,
-- so this function looks first and then keeps what the caller's scope holds.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX IF NOT EXISTS person_search ON people_person USING gin (search_key gin_trgm_ops);
CREATE OR REPLACE FUNCTION find_persons(wanted text, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.id FROM people_person p
    WHERE p.search_key LIKE '%' || replace(replace(wanted, '%', ''), '_', '') || '%'
      AND (p.institution_id = ANY (scope_ids()) OR scope_is_national()
           OR p.institution_id IN (SELECT scope_institutions())
           OR EXISTS (SELECT 1 FROM people_persontie t
                      WHERE t.person_id = p.id AND t.institution_id = ANY (scope_ids())))
    LIMIT most
$$;
GRANT EXECUTE ON FUNCTION find_persons(text, integer) TO sobo_narrow, sobo_wide, sobo_national;
