-- Scope: what a session's token reaches (docs/adr/0001-scope.md). A setting holds the token and
-- never the scope, so SQL inside a session can only lose what it has, not gain. What only reads is
-- marked safe for parallel plans: else one policy would keep every query to a single process.

-- HMAC-SHA-256 needs no extension: sha256 is part of the core.
CREATE OR REPLACE FUNCTION gate_proof(message text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT sha256(
        sha256(convert_to(key || '|outer', 'UTF8'))
        || sha256(sha256(convert_to(key || '|inner', 'UTF8')) || convert_to(message, 'UTF8'))
    ) FROM accounts_gatekey
$$;

-- The day relations are read on. Not current_date: a session may set its own time zone, and with it
-- would reach for some hours what ended yesterday. No pinned path, so that it is inlined.
CREATE OR REPLACE FUNCTION scope_day() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
$$;

-- The running session, while its account is active: a suspended account stops at once.
CREATE OR REPLACE FUNCTION scope_session() RETURNS SETOF accounts_session
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 1
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.* FROM accounts_session s JOIN accounts_account a ON a.id = s.account_id
    WHERE s.digest = sha256(convert_to(current_setting('sobo.token', true), 'UTF8'))
      AND s.revoked_at IS NULL AND s.expires_at > now() AND a.is_active
$$;

CREATE OR REPLACE FUNCTION scope_ids() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT institution_ids FROM scope_session()), '{}')
$$;

CREATE OR REPLACE FUNCTION institutions_reached(unit bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT institution_id FROM institutions_reach
    WHERE unit_id = unit AND since <= scope_day() AND (until IS NULL OR scope_day() < until)
$$;

CREATE OR REPLACE FUNCTION scope_institutions() RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 2000
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.institution_id FROM scope_session() s JOIN institutions_reach r USING (unit_id)
    WHERE r.since <= scope_day() AND (r.until IS NULL OR scope_day() < r.until)
$$;

-- The same institutions as a set whose test costs one operator: beside an index condition it makes
-- row-level security the first test of every row (docs/adr/0001-scope.md, "what EXPLAIN tells").
CREATE OR REPLACE FUNCTION scope_range() RETURNS int8multirange
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(range_agg(int8range(id, id, '[]')), '{}')
    FROM scope_session() s, LATERAL (
        SELECT unnest(s.institution_ids)
        UNION ALL
        SELECT r.institution_id FROM institutions_reach r
        WHERE r.unit_id = s.unit_id
          AND r.since <= scope_day() AND (r.until IS NULL OR scope_day() < r.until)
    ) reached (id)
$$;

CREATE OR REPLACE FUNCTION scope_is_national() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT reach = 'national' FROM scope_session()), false)
$$;

CREATE OR REPLACE FUNCTION scope_may_write() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT may_write FROM scope_session()), false)
$$;

CREATE OR REPLACE FUNCTION scope_account() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT account_id FROM scope_session()
$$;

-- Whether the session reaches one institution, for functions that are told one.
CREATE OR REPLACE FUNCTION scope_holds(institution bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM scope_session() s
        WHERE s.reach = 'national' OR institution = ANY (s.institution_ids) OR EXISTS (
            SELECT FROM institutions_reach r
            WHERE r.unit_id = s.unit_id AND r.institution_id = institution
              AND r.since <= scope_day() AND (r.until IS NULL OR scope_day() < r.until)
        )
    )
$$;

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
        FROM accounts_account a WHERE a.username = sign_in_account.name;
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

-- Relations of management decide scope, so no session writes them: a school could otherwise end its
-- own supervision, or hand itself to another unit.
REVOKE INSERT, UPDATE ON institutions_institutionmanagement
    FROM sobo_narrow, sobo_wide, sobo_national;

-- Functions begin closed to everyone (database.py); these are what a session may call.
GRANT EXECUTE ON FUNCTION
    scope_session(), scope_ids(), scope_institutions(), scope_range(), scope_is_national(),
    scope_may_write(), scope_account(), scope_holds(bigint), scope_day(), session_close()
TO sobo_app, sobo_narrow, sobo_wide, sobo_national;
GRANT EXECUTE ON FUNCTION
    session_open(bigint, bytea, text, timestamptz, bytea), sign_in_account(text, bytea)
TO sobo_app;

-- Who a session is, for the shell of every page: one look-up, before the session's role is taken on.
CREATE OR REPLACE FUNCTION scope_who() RETURNS TABLE (
    account_id bigint, name text, role text, reach text, institution_id bigint, unit_id bigint,
    place text, tier text, province_code text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.account_id, a.name, a.role, s.reach, s.institution_id, s.unit_id,
           coalesce(i.name, u.name, ''), coalesce(u.tier, 'truong'),
           coalesce(i.province_code, u.province_code)
    FROM scope_session() s JOIN accounts_account a ON a.id = s.account_id
    LEFT JOIN institutions_unit u ON u.id = a.unit_id
    LEFT JOIN institutions_institution i ON i.id = a.institution_id
$$;
REVOKE ALL ON FUNCTION scope_who() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scope_who() TO sobo_app, sobo_narrow, sobo_wide, sobo_national;
