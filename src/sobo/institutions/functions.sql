-- Which institutions each unit reaches, from the dated tree: recomputed by the database whenever the
-- tree or a management relation changes, so that a reorganisation is one change of relations.
CREATE OR REPLACE FUNCTION reach_rebuild() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM institutions_reach;
    INSERT INTO institutions_reach (unit_id, institution_id, since, until)
    WITH RECURSIVE above AS (
        SELECT unit_id, institution_id, daterange(since, until) AS period
        FROM institutions_institutionmanagement
        UNION ALL
        SELECT p.parent_id, a.institution_id, a.period * daterange(p.since, p.until)
        FROM above a JOIN institutions_unitparent p ON p.unit_id = a.unit_id
        WHERE NOT isempty(a.period * daterange(p.since, p.until))
    )
    SELECT unit_id, institution_id, lower(period), upper(period) FROM above;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS reach ON institutions_institutionmanagement;
CREATE TRIGGER reach AFTER INSERT OR UPDATE ON institutions_institutionmanagement
    FOR EACH STATEMENT EXECUTE FUNCTION reach_rebuild();
DROP TRIGGER IF EXISTS reach ON institutions_unitparent;
CREATE TRIGGER reach AFTER INSERT OR UPDATE ON institutions_unitparent
    FOR EACH STATEMENT EXECUTE FUNCTION reach_rebuild();

-- TT 42/2021 Đ10.1: province (2) + commune of the main campus at issue (5) + number.
CREATE OR REPLACE FUNCTION issue_school_code() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text := NEW.province_code || NEW.commune_code;
    number integer;
BEGIN
    IF NEW.code IS NULL OR NEW.code = '' THEN
        INSERT INTO institutions_schoolcodecounter AS c (prefix, last) VALUES (place, 1)
        ON CONFLICT (prefix) DO UPDATE SET last = c.last + 1 RETURNING last INTO number;
        -- Three digits at least; a commune with more than 999 schools goes on with four.
        NEW.code := place || lpad(number::text, greatest(3, length(number::text)), '0');
    ELSIF NEW.code LIKE place || '%' AND NEW.code ~ '^\d{8,12}$' THEN
        INSERT INTO institutions_schoolcodecounter AS c (prefix, last)
        VALUES (place, substr(NEW.code, 8)::integer)
        ON CONFLICT (prefix) DO UPDATE SET last = greatest(c.last, EXCLUDED.last);
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS issue_code ON institutions_institution;
CREATE TRIGGER issue_code BEFORE INSERT ON institutions_institution
    FOR EACH ROW EXECUTE FUNCTION issue_school_code();
