-- Who acted is read off the session's token: a caller cannot name anyone else, nor write about an
-- institution beyond its reach. Without a session only an access is recorded (a refused sign-in);
-- the owner's own work, such as a first load, is the system's.
CREATE OR REPLACE FUNCTION journal_write(
    kind text, action text, institution bigint, dataset text, records uuid[], persons bigint[],
    count integer, digest bytea, detail jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    s accounts_session;
    is_system boolean := session_user = current_user;
BEGIN
    SELECT * INTO s FROM scope_session();
    IF NOT is_system AND (
        (s.account_id IS NULL AND (kind <> 'access' OR institution IS NOT NULL))
        OR (institution IS NOT NULL AND NOT scope_holds(institution))
    ) THEN
        RAISE EXCEPTION 'no session that may record this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_entry (
        at, account_id, unit_id, institution_id, channel, purpose,
        kind, action, dataset, records, persons, count, digest, detail
    ) VALUES (
        clock_timestamp(), s.account_id, s.unit_id, coalesce(institution, s.institution_id),
        coalesce(s.channel, CASE WHEN is_system THEN 'system' ELSE 'anonymous' END),
        coalesce(current_setting('sobo.purpose', true), ''),
        $1, $2, $4, $5, $6, $7, $8, $9
    );
END $$;
GRANT EXECUTE ON FUNCTION
    journal_write(text, text, bigint, text, uuid[], bigint[], integer, bytea, jsonb)
TO sobo_app, sobo_narrow, sobo_wide, sobo_national;

-- A look at persons, who are named once each and in order.
CREATE OR REPLACE FUNCTION journal_look(action text, institution bigint, persons bigint[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM journal_write(
        'look', action, institution, NULL, NULL, persons, cardinality(persons),
        sha256(convert_to(array_to_string(persons, ','), 'UTF8')), NULL
    );
END $$;
GRANT EXECUTE ON FUNCTION journal_look(text, bigint, bigint[])
TO sobo_narrow, sobo_wide, sobo_national;

DROP POLICY IF EXISTS journal_narrow ON journal_entry;
CREATE POLICY journal_narrow ON journal_entry FOR SELECT TO sobo_narrow
    USING (
        (SELECT scope_range()) @> institution_id
        AND institution_id = ANY ((SELECT scope_ids())::bigint[])
    );
DROP POLICY IF EXISTS journal_wide ON journal_entry;
CREATE POLICY journal_wide ON journal_entry FOR SELECT TO sobo_wide
    USING (institution_id IN (SELECT scope_institutions()));
DROP POLICY IF EXISTS journal_national ON journal_entry;
CREATE POLICY journal_national ON journal_entry FOR SELECT TO sobo_national
    USING ((SELECT scope_is_national()));
GRANT SELECT ON journal_entry TO sobo_narrow, sobo_wide, sobo_national;

CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the journal is only added to' USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER IF EXISTS append_only ON journal_entry;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER append_only;
