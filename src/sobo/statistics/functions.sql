-- Totals of places follow the returns, in the transaction of the step: a figure on the national page
-- can never be older than the returns it names. Figures of a signed return do not change
-- (reporting/functions.sql), so a step only moves them from one state's total to another's.
CREATE OR REPLACE FUNCTION totals_move(ids bigint[], sources text[], targets text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One writer at a time in a province, provinces always in the same order: no two steps can wait
    -- for each other.
    PERFORM pg_advisory_xact_lock(hashtextextended('totals of ' || province_code, 0))
    FROM (SELECT DISTINCT province_code FROM reporting_return WHERE id = ANY (ids)
          ORDER BY province_code) p;
    INSERT INTO statistics_total AS t
        (round_id, form, edition, province_code, commune_code, state, returns, cells)
    WITH moved AS (
        SELECT r.round_id, r.form, r.edition, r.province_code, p.commune_code, m.state, m.sign,
               r.cells, dense_rank() OVER (
                   ORDER BY r.round_id, r.form, r.edition, r.province_code, p.commune_code, m.state
               ) AS total
        FROM (
            SELECT unnest(ids) AS id, unnest(sources) AS state, -1 AS sign
            UNION ALL SELECT unnest(ids), unnest(targets), 1
        ) m
        JOIN reporting_return r USING (id)
        CROSS JOIN LATERAL (VALUES (''), (r.commune_code)) p (commune_code)
        WHERE m.state IN ('signed', 'reviewed', 'approved', 'accepted')
    ), counted AS (
        SELECT total, round_id, form, edition, province_code, commune_code, state,
               sum(sign) AS returns
        FROM moved GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), summed AS (
        SELECT total, place, sum(sign * cell) AS cell
        FROM moved CROSS JOIN LATERAL unnest(cells) WITH ORDINALITY c (cell, place)
        GROUP BY total, place
    ), gathered AS (
        SELECT total, array_agg(cell ORDER BY place) AS cells FROM summed GROUP BY total
    )
    SELECT round_id, form, edition, province_code, commune_code, state, returns, cells
    FROM counted JOIN gathered USING (total)
    ORDER BY total
    ON CONFLICT (round_id, form, edition, province_code, commune_code, state) DO UPDATE SET
        returns = t.returns + EXCLUDED.returns,
        cells = (
            SELECT array_agg(coalesce(kept + added, kept, added) ORDER BY place)
            FROM unnest(t.cells, EXCLUDED.cells) WITH ORDINALITY c (kept, added, place)
        );
END $$;

CREATE OR REPLACE FUNCTION totals_follow_new_returns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM totals_move(array_agg(id), array_agg(NULL::text), array_agg(state::text))
    FROM new_rows WHERE state IN ('signed', 'reviewed', 'approved', 'accepted') HAVING count(*) > 0;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS totals_of_new ON reporting_return;
CREATE TRIGGER totals_of_new AFTER INSERT ON reporting_return REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION totals_follow_new_returns();
ALTER TABLE reporting_return ENABLE ALWAYS TRIGGER totals_of_new;

CREATE OR REPLACE FUNCTION totals_follow_steps() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM totals_move(array_agg(n.id), array_agg(o.state::text), array_agg(n.state::text))
    FROM new_rows n JOIN old_rows o USING (id) WHERE n.state <> o.state HAVING count(*) > 0;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS totals_of_steps ON reporting_return;
CREATE TRIGGER totals_of_steps AFTER UPDATE ON reporting_return
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION totals_follow_steps();
ALTER TABLE reporting_return ENABLE ALWAYS TRIGGER totals_of_steps;

-- Which communes' totals a session sees: all for the Ministry, its province for a Sở, its own for a
-- commune. A school sees provinces and its own returns: a commune's total less its own would be its
-- neighbour's figure.
CREATE OR REPLACE FUNCTION totals_of_communes() RETURNS TABLE (province_code text, commune_code text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.province_code, CASE WHEN u.tier = 'xa' THEN u.commune_code END
    FROM scope_session() s JOIN institutions_unit u ON u.id = s.unit_id
    WHERE s.reach <> 'none' AND u.tier <> 'bo'
$$;

-- One digest for the returns a total counts, so that two people can see that they speak of the same
-- ones: SHA-256 over their digests, in order, joined by line feeds.
CREATE OR REPLACE FUNCTION totals_digest(
    round bigint, form text, states text[], province text, commune text
) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(
        coalesce(string_agg(r.digest, E'\n' ORDER BY r.digest COLLATE "C"), ''), 'UTF8'
    )), 'hex')
    FROM reporting_return r
    WHERE r.round_id = $1 AND r.form = $2 AND r.state = ANY ($3)
      AND ($4 = '' OR r.province_code = $4) AND ($5 = '' OR r.commune_code = $5)
      AND (SELECT reach <> 'none' FROM scope_session())
$$;

-- Institutions behind the returns that stand in the given states, each once however many levels it
-- reports on, by province.
CREATE OR REPLACE FUNCTION totals_institutions(round bigint, states text[])
RETURNS TABLE (province_code text, institutions bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.province_code::text, count(DISTINCT r.institution_id)
    FROM reporting_return r
    WHERE r.round_id = $1 AND r.state = ANY ($2)
      AND (SELECT reach <> 'none' FROM scope_session())
    GROUP BY 1
$$;

DROP POLICY IF EXISTS total_seen ON statistics_total;
CREATE POLICY total_seen ON statistics_total FOR SELECT TO sobo_narrow, sobo_wide
    USING (
        (SELECT reach <> 'none' FROM scope_session())
        AND (
            commune_code = ''
            OR province_code = (SELECT province_code FROM totals_of_communes())
            AND commune_code
                = coalesce((SELECT c.commune_code FROM totals_of_communes() c), commune_code)
        )
    );
DROP POLICY IF EXISTS total_national ON statistics_total;
CREATE POLICY total_national ON statistics_total FOR SELECT TO sobo_national
    USING ((SELECT scope_is_national()));
GRANT SELECT ON statistics_total TO sobo_narrow, sobo_wide, sobo_national;
GRANT EXECUTE ON FUNCTION
    totals_of_communes(), totals_digest(bigint, text, text[], text, text),
    totals_institutions(bigint, text[])
TO sobo_narrow, sobo_wide, sobo_national;
