-- Scope: what a session's token reaches (docs/adr/0001-scope.md). A setting holds the token and
-- never the scope, so SQL inside a session can only lose what it has, not gain.

-- HMAC-SHA-256 needs no extension: sha256 is part of the core.
CREATE OR REPLACE FUNCTION gate_proof(message text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT sha256(
        sha256(convert_to(key || '|outer', 'UTF8'))
        || sha256(sha256(convert_to(key || '|inner', 'UTF8')) || convert_to(message, 'UTF8'))
    ) FROM accounts_gatekey
$$;
REVOKE ALL ON FUNCTION gate_proof(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION scope_session() RETURNS SETOF accounts_session
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT * FROM accounts_session
    WHERE digest = sha256(convert_to(current_setting('sobo.token', true), 'UTF8'))
      AND revoked_at IS NULL AND expires_at > now()
$$;

CREATE OR REPLACE FUNCTION scope_ids() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT institution_ids FROM scope_session()), '{}')
$$;

CREATE OR REPLACE FUNCTION scope_institutions() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 2000 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.institution_id FROM scope_session() s JOIN institutions_reach r USING (unit_id)
    WHERE r.since <= current_date AND (r.until IS NULL OR current_date < r.until)
$$;

CREATE OR REPLACE FUNCTION scope_is_national() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT reach = 'national' FROM scope_session()), false)
$$;

CREATE OR REPLACE FUNCTION scope_may_write() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT may_write FROM scope_session()), false)
$$;

CREATE OR REPLACE FUNCTION scope_account() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT account_id FROM scope_session()
$$;

CREATE OR REPLACE FUNCTION institutions_reached(unit bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT institution_id FROM institutions_reach
    WHERE unit_id = unit AND since <= current_date AND (until IS NULL OR current_date < until)
$$;
REVOKE ALL ON FUNCTION institutions_reached(bigint) FROM PUBLIC;

-- Opens a session for an account. The proof shows that the program asks: the password, passkey or
-- job was checked there, and no statement inside a session can make one.
CREATE OR REPLACE FUNCTION session_open(
    account bigint, token_digest bytea, channel text, expires timestamptz, proof bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    a accounts_account;
    tier text;
    ids bigint[];
    reach text := 'none';
BEGIN
    IF proof IS DISTINCT FROM gate_proof(
        concat_ws('|', 'open', account, encode(token_digest, 'hex'), channel)
    ) THEN
        RAISE EXCEPTION 'no session' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO STRICT a FROM accounts_account WHERE id = account AND is_active;
    SELECT u.tier INTO tier FROM institutions_unit u WHERE u.id = a.unit_id;
    ids := CASE WHEN a.institution_id IS NOT NULL THEN ARRAY[a.institution_id] ELSE '{}' END;
    IF a.institution_id IS NOT NULL THEN
        reach := 'narrow';
    ELSIF tier = 'bo' THEN
        reach := 'national';
    ELSIF tier IS NOT NULL THEN
        ids := coalesce((SELECT array_agg(i) FROM institutions_reached(a.unit_id) i), '{}');
        reach := CASE WHEN cardinality(ids) <= 50 THEN 'narrow' ELSE 'wide' END;
    END IF;
    INSERT INTO accounts_session (
        digest, account_id, unit_id, institution_id, reach, institution_ids, may_write, channel,
        opened_at, expires_at
    ) VALUES (
        token_digest, a.id, a.unit_id, a.institution_id, reach,
        CASE WHEN reach = 'narrow' THEN ids ELSE '{}' END,
        a.role IN ('clerk', 'head', 'loader'), channel, now(), expires
    );
END $$;

CREATE OR REPLACE FUNCTION session_close() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_session SET revoked_at = now()
    WHERE digest = sha256(convert_to(current_setting('sobo.token', true), 'UTF8'))
$$;

-- What a sign-in needs to check a password; proved like opening a session, so that no session can
-- collect hashes.
CREATE OR REPLACE FUNCTION sign_in_account(name text, proof bytea)
RETURNS TABLE (id bigint, password text, is_active boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF proof IS DISTINCT FROM gate_proof('sign-in|' || name) THEN
        RAISE EXCEPTION 'no session' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT a.id, a.password::text, a.is_active
        FROM accounts_account a WHERE a.username = name;
END $$;

DROP POLICY IF EXISTS account_own ON accounts_account;
CREATE POLICY account_own ON accounts_account FOR SELECT TO sobo_narrow, sobo_wide, sobo_national
    USING (
        id = (SELECT scope_account())
        OR institution_id = ANY ((SELECT scope_ids())::bigint[])
        OR (SELECT scope_is_national())
    );
-- The hash of a password is read by nobody: sign_in_account() hands it to the program alone.
REVOKE ALL ON accounts_account FROM sobo_narrow, sobo_wide, sobo_national;
GRANT SELECT (id, username, name, role, unit_id, institution_id, is_active, last_login)
    ON accounts_account TO sobo_narrow, sobo_wide, sobo_national;

GRANT EXECUTE ON FUNCTION
    scope_session(), scope_ids(), scope_institutions(), scope_is_national(), scope_may_write(),
    scope_account()
TO sobo_app, sobo_narrow, sobo_wide, sobo_national;
