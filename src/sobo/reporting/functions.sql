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

-- Steps and explanations are only ever added; reminders are the worker's.
REVOKE UPDATE ON reporting_step, reporting_remark FROM sobo_narrow, sobo_wide, sobo_national;
REVOKE INSERT, UPDATE ON reporting_reminder FROM sobo_narrow, sobo_wide, sobo_national;

-- Everyone reads days. A province's own are added by whoever approves for its Sở, under that
-- account's name: no Sở moves another's day or the Ministry's, and nobody changes one that was set.
DROP POLICY IF EXISTS everyone ON reporting_deadline;
CREATE POLICY everyone ON reporting_deadline
    FOR SELECT TO sobo_narrow, sobo_wide, sobo_national USING (true);
DROP POLICY IF EXISTS department_adds ON reporting_deadline;
CREATE POLICY department_adds ON reporting_deadline FOR INSERT TO sobo_narrow, sobo_wide
    WITH CHECK (
        set_by = (SELECT scope_account())
        AND province_code
            = (SELECT w.province_code FROM scope_who() w WHERE w.role = 'approver' AND w.tier = 'so')
    );
GRANT SELECT ON reporting_deadline TO sobo_narrow, sobo_wide, sobo_national;
GRANT INSERT (
    round_id, province_code, state, due_on, clause, is_verified, set_at, set_by, set_by_name
) ON reporting_deadline TO sobo_narrow, sobo_wide;

-- Reminds every school of the forms that nobody has signed, from some days before its deadline on,
-- once a day. The worker has no session and so sees no school: this tells it only how many forms
-- there were. `forms` and `levels` say which form is asked of schools with which level. It writes for
-- every school, so it answers only the program's proof.
DROP FUNCTION IF EXISTS remind_of_unsigned(text[], text[], date, integer, integer);
CREATE OR REPLACE FUNCTION remind_of_unsigned(
    forms text[], levels text[], day date, days_before integer, days_after integer, proof bytea
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE reminded integer;
BEGIN
    IF proof IS DISTINCT FROM gate_proof('job|remind_of_unsigned|' || day) THEN
        RAISE EXCEPTION 'no proof of this job' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH sent AS (
        INSERT INTO reporting_reminder (institution_id, round_id, form, sent_on)
        SELECT i.id, o.id, f.form, day
        FROM reporting_round o
        JOIN unnest(remind_of_unsigned.forms, levels) AS f (form, level)
            ON f.form = ANY (o.forms)
        JOIN institutions_institution i
            ON f.level = ANY (i.levels) AND i.event <> 'CANCEL' AND i.status = 'open'
        JOIN LATERAL (
            -- The day that queries/rounds.py, `deadline`, gives for the signature.
            SELECT d.due_on FROM reporting_deadline d
            WHERE d.round_id = o.id
              AND (d.province_code = i.province_code OR d.province_code IS NULL)
            ORDER BY array_position(ARRAY['signed', 'reviewed', 'approved'], d.state::text),
                     d.province_code NULLS LAST, d.id DESC
            LIMIT 1
        ) due ON day BETWEEN due.due_on - days_before AND due.due_on + days_after
        WHERE NOT EXISTS (
            SELECT FROM reporting_return r
            WHERE r.institution_id = i.id AND r.round_id = o.id AND r.form = f.form
              AND r.state IN ('signed', 'reviewed', 'approved', 'accepted')
        )
        ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT count(*) INTO reminded FROM sent;
    RETURN reminded;
END $$;
GRANT EXECUTE ON FUNCTION
    remind_of_unsigned(text[], text[], date, integer, integer, bytea)
TO sobo_app;
