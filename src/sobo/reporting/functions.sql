-- What was signed stays as it was signed, whoever asks; and no school's session passes its own
-- return on to the tiers above, whatever statement it finds.
CREATE OR REPLACE FUNCTION return_stays_as_signed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own_institution bigint := (SELECT institution_id FROM scope_session());
BEGIN
    IF NEW.state IN ('reviewed', 'approved', 'accepted') AND own_institution IS NOT NULL THEN
        RAISE EXCEPTION 'a school does not pass its own return on'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF (NEW.public_id, NEW.institution_id, NEW.round_id, NEW.form, NEW.edition, NEW.level,
        NEW.serial, NEW.province_code, NEW.commune_code)
       IS DISTINCT FROM
       (OLD.public_id, OLD.institution_id, OLD.round_id, OLD.form, OLD.edition, OLD.level,
        OLD.serial, OLD.province_code, OLD.commune_code)
       OR OLD.state NOT IN ('draft', 'completed')
       AND (NEW.cells, NEW.digest, NEW.computed_at, NEW.frozen_at, NEW.signed_by, NEW.signed_at)
       IS DISTINCT FROM
       (OLD.cells, OLD.digest, OLD.computed_at, OLD.frozen_at, OLD.signed_by, OLD.signed_at)
    THEN
        RAISE EXCEPTION 'a signed return keeps its figures' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS stays_as_signed ON reporting_return;
CREATE TRIGGER stays_as_signed BEFORE INSERT OR UPDATE ON reporting_return
    FOR EACH ROW EXECUTE FUNCTION return_stays_as_signed();
ALTER TABLE reporting_return ENABLE ALWAYS TRIGGER stays_as_signed;

-- Steps and explanations are only ever added.
REVOKE UPDATE ON reporting_step, reporting_remark FROM sobo_narrow, sobo_wide, sobo_national;
