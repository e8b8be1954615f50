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
    -- Before the entry takes its number: sealing tells by it when no smaller one can still appear.
    PERFORM pg_current_xact_id();
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

-- The chain. An entry's digest and a seal's hash are those of verifier.py, which checks them without
-- any database.
CREATE OR REPLACE FUNCTION microseconds(moment timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (extract(epoch FROM moment) * 1000000)::bigint
$$;

CREATE OR REPLACE FUNCTION journal_entry_fields(e journal_entry) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ARRAY[
        e.id::text, microseconds(e.at)::text, e.account_id::text, e.unit_id::text,
        e.institution_id::text, e.channel, e.purpose, e.kind, e.action, e.dataset,
        array_to_string(e.records, ','), array_to_string(e.persons, ','), e.count::text,
        encode(e.digest, 'hex'), e.detail::text
    ]
$$;

CREATE OR REPLACE FUNCTION journal_entry_digest(e journal_entry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(string_agg(
        coalesce(octet_length(field)::text || ':' || field, '-') || ',', '' ORDER BY place
    ), 'UTF8'))
    FROM unnest(journal_entry_fields(e)) WITH ORDINALITY AS f (field, place)
$$;

CREATE OR REPLACE FUNCTION journal_seal_hash(s journal_seal) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(concat_ws(
        E'\n', s.number, encode(s.previous, 'hex'), microseconds(s.sealed_at), s.count,
        encode(s.entries, 'hex')
    ), 'UTF8'))
$$;

-- Seals what has become visible since the last call, in one link; gives the new head, or nothing.
-- Numbers are taken before transactions end, so a smaller one may appear after a larger: what is
-- sealed is therefore kept as a set, and closed up to a number once no transaction that could have
-- taken one below it is running any more.
CREATE OR REPLACE FUNCTION journal_seal(proof bytea) RETURNS SETOF journal_seal
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    state journal_sealing;
    made journal_seal;
    settles boolean;
BEGIN
    IF proof IS DISTINCT FROM gate_proof('job|journal_seal|' || scope_day()) THEN
        RAISE EXCEPTION 'no proof of this job' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO journal_sealing (single, settled, ahead, settling, settling_before)
        VALUES (true, 0, '{}', 0, 0) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT state FROM journal_sealing FOR UPDATE;
    settles := pg_snapshot_xmin(pg_current_snapshot())::text::bigint > state.settling_before;
    SELECT range_agg(int8range(e.id, e.id, '[]')), count(*),
           sha256(string_agg(journal_entry_digest(e), ''::bytea ORDER BY e.id))
        INTO made.entry_ids, made.count, made.entries
        FROM journal_entry e WHERE e.id > state.settled AND NOT state.ahead @> e.id;
    IF made.count > 0 THEN
        SELECT coalesce(max(number), 0) + 1 INTO made.number FROM journal_seal;
        SELECT coalesce((SELECT hash FROM journal_seal WHERE number = made.number - 1),
                        decode(repeat('00', 32), 'hex')) INTO made.previous;
        made.sealed_at := clock_timestamp();
        made.hash := journal_seal_hash(made);
        INSERT INTO journal_seal VALUES (made.*);
        state.ahead := state.ahead + made.entry_ids;
        RETURN NEXT made;
    END IF;
    IF settles THEN
        state.settled := state.settling;
        state.ahead := state.ahead - int8multirange(int8range(NULL, state.settled, '[]'));
        SELECT last_value INTO state.settling FROM journal_entry_id_seq;
        state.settling_before := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
    END IF;
    UPDATE journal_sealing SET settled = state.settled, ahead = state.ahead,
        settling = state.settling, settling_before = state.settling_before
        WHERE (settled, ahead, settling) IS DISTINCT FROM (state.settled, state.ahead, state.settling);
END $$;
GRANT EXECUTE ON FUNCTION journal_seal(bytea) TO sobo_app;

DROP TRIGGER IF EXISTS append_only ON journal_seal;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
ALTER TABLE journal_seal ENABLE ALWAYS TRIGGER append_only;
