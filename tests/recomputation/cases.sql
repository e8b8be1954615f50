-- Schools made to have every kind of row that the forms ask about, and every kind they must leave
-- out: beside the demo nation, so that no cell is nought everywhere. Facts are drawn by a digest of
-- their name and number: the same each time, and independent of each other.

CREATE FUNCTION pg_temp.draw(what text, n bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS $$
    SELECT ('x' || left(md5(what || n::text), 8))::bit(32)::bigint
$$;
CREATE FUNCTION pg_temp.one_of(what text, n bigint, options anyarray) RETURNS anyelement
IMMUTABLE LANGUAGE sql AS $$
    SELECT options[1 + pg_temp.draw(what, n) % array_length(options, 1)]
$$;
CREATE FUNCTION pg_temp.maybe(what text, n bigint) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT pg_temp.one_of(what, n, ARRAY[true, true, false, NULL])
$$;
-- Most records stand; one in forty is cancelled.
CREATE FUNCTION pg_temp.event(what text, n bigint) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE pg_temp.draw('event of ' || what, n) % 40 WHEN 0 THEN 'CANCEL' ELSE 'NEW' END
$$;

-- Of every ownership and kind, in both regions, just below and just at the sizes told apart; then
-- schools of several levels, with a declared main level or without, and with merged classes.
CREATE TEMP TABLE case_school AS
SELECT
    row_number() OVER () AS n, nextval('institutions_institution_id_seq') AS id, made.*,
    classes IN (6, 9, 19, 28) AS has_everything
FROM (
    SELECT '{01}'::text[] AS levels, NULL AS main_level, ownership, '13' AS kind, preschool_kind,
        region, classes, false AS merges
    FROM unnest(ARRAY['1', '2', '3']) AS ownership
    CROSS JOIN unnest(ARRAY['01', '02', '03']) AS preschool_kind
    CROSS JOIN (VALUES ('02', 8), ('03', 9), ('04', 5), ('06', 6)) AS r (region, classes)
    UNION ALL
    SELECT '{01}', NULL, ownership, '13', preschool_kind, '01', 3, false
    FROM unnest(ARRAY['1', '2', '3']) AS ownership
    CROSS JOIN unnest(ARRAY['04', '05', '19']) AS preschool_kind
    UNION ALL
    SELECT '{02}', NULL, ownership, kind, NULL, region, classes, false
    FROM unnest(ARRAY['1', '3']) AS ownership
    CROSS JOIN unnest(ARRAY['01', '07', '18']) AS kind
    CROSS JOIN (VALUES ('01', 27), ('03', 28), ('05', 18), ('06', 19)) AS r (region, classes)
    UNION ALL
    SELECT levels, main_level, ownership, '07', '01', NULL, 12, merges
    FROM unnest(ARRAY['1', '3']) AS ownership
    CROSS JOIN (
        VALUES ('{01,02}'::text[], NULL, true), ('{01,02}', '01', true), ('{01,02}', '02', false),
            ('{02,03}', NULL, true), ('{02,03}', '02', false)
    ) AS l (levels, main_level, merges)
    UNION ALL
    SELECT '{01}', '01', ownership, '13', NULL, region, 12, true
    FROM unnest(ARRAY['1', '2', '3']) AS ownership
    CROSS JOIN unnest(ARRAY['03', '05']) AS region
    UNION ALL
    SELECT '{02}', '02', ownership, '04', NULL, NULL, 12, true
    FROM unnest(ARRAY['1', '3']) AS ownership
    UNION ALL
    SELECT '{02}', '02', ownership, '07', NULL, '02', classes, false
    FROM unnest(ARRAY['1', '3']) AS ownership CROSS JOIN unnest(ARRAY[1, 2]) AS classes
) AS made;

INSERT INTO institutions_institution (
    id, code, name, levels, main_level, ownership, kind, preschool_kind, region, commune_code,
    province_code, national_standard, teaches_two_sessions, uses_computers, has_internet,
    has_grid_power, has_clean_water, has_toilets, teaches_hand_washing, teaches_safety,
    shares_hiv_knowledge, has_disaster_plan, is_accessible, has_counselling
)
SELECT
    id, '7926740' || (900 + n), 'Trường hợp ' || n, levels, main_level, ownership, kind,
    preschool_kind, region, '26740', '79',
    (ARRAY['0', '1', '2'])[1 + n % 3],
    has_everything OR pg_temp.maybe('sessions', n),
    has_everything OR pg_temp.maybe('computers', n),
    has_everything OR pg_temp.maybe('internet', n),
    has_everything OR pg_temp.maybe('grid', n),
    has_everything OR pg_temp.maybe('clean water', n),
    has_everything OR pg_temp.maybe('toilets', n),
    has_everything OR pg_temp.maybe('hands', n),
    has_everything OR pg_temp.maybe('safety', n),
    has_everything OR pg_temp.maybe('hiv', n),
    has_everything OR pg_temp.maybe('disaster', n),
    has_everything OR pg_temp.maybe('access', n),
    has_everything OR pg_temp.maybe('counselling', n)
FROM case_school;

-- Four or five satellites that are open; one that is not, one that was never there.
INSERT INTO institutions_campus (institution_id, code, name, is_open, event)
SELECT
    id, 'D' || number, 'Điểm trường ' || number, number NOT IN (5, 6) OR (number = 5 AND n % 2 = 0),
    CASE number WHEN 7 THEN 'CANCEL' ELSE 'NEW' END
FROM case_school CROSS JOIN generate_series(1, 7) AS number;

CREATE TEMP TABLE case_class AS
SELECT
    row_number() OVER () AS n, nextval('classes_schoolclass_id_seq') AS id,
    s.id AS institution_id, s.merges, s.classes, number, grades[1 + (number + s.n) % 6] AS grade
FROM case_school AS s
CROSS JOIN generate_series(1, s.classes + 2) AS number
CROSS JOIN LATERAL (
    SELECT CASE s.levels
        WHEN '{01}' THEN ARRAY['13', '14', '15', '16', '17', '18']
        WHEN '{02}' THEN ARRAY['1', '2', '3', '4', '5', '1']
        WHEN '{01,02}' THEN ARRAY['15', '16', '18', '1', '2', '5']
        ELSE ARRAY['1', '4', '5', '6', '7', '9']
    END
) AS of_level (grades);

-- Two classes more than a school has: one of last year, one cancelled. Merged classes come as two
-- rows that name each other, as three of which each names the next, as two of which one names the
-- other, and as one row alone.
INSERT INTO classes_schoolclass (
    id, institution_id, school_year, code, name, grade, campus_id, two_sessions, day_boarding,
    is_special, is_merged, merged_with, merged_ages, event
)
SELECT
    k.id, k.institution_id,
    CASE number WHEN classes + 1 THEN 2025 ELSE 2026 END,
    'L' || number, 'Lớp ' || number, grade,
    (SELECT c.id FROM institutions_campus AS c
        WHERE c.institution_id = k.institution_id
        AND c.code = pg_temp.one_of('campus', n, ARRAY[NULL, 'D1', 'D2', 'D6'])),
    pg_temp.maybe('class sessions', n), pg_temp.maybe('class boarding', n),
    pg_temp.maybe('special class', n),
    CASE WHEN merges AND number NOT IN (7, 11, 12, 13) THEN true
        ELSE pg_temp.one_of('not merged', n, ARRAY[false, NULL]) END,
    CASE WHEN merges THEN partners.codes[number] END,
    CASE WHEN merges THEN declared.ages[number] END,
    CASE number WHEN classes + 2 THEN 'CANCEL' ELSE 'NEW' END
FROM case_class AS k
CROSS JOIN (VALUES (
    ARRAY['L2', 'L1', 'L4', 'L5', 'L3', 'L7', NULL, NULL, NULL, NULL, NULL, NULL]
)) AS partners (codes)
CROSS JOIN (VALUES (
    ARRAY[2, NULL, 2, 3, NULL, NULL, NULL, 2, 4, NULL, 2, 3]
)) AS declared (ages);

-- Classes just below and just at the sizes told apart, where every learner counts and none to three
-- are included; in small ones some came later, left, or belong to another year. The primary schools
-- of one and of two classes have 19 and 20 included learners, and no others.
CREATE TEMP TABLE case_learner AS
SELECT
    row_number() OVER () AS n, nextval('people_person_id_seq') AS person_id,
    k.institution_id, k.id AS class_id, size > 9 AS is_certain,
    CASE WHEN classes <= 2 THEN true WHEN size > 9 THEN seat <= k.n % 4 END AS is_included,
    CASE WHEN merges AND seat % 3 > 0 AND grade NOT IN ('5', '9', '18')
        THEN (grade::int + seat % 3)::text ELSE grade END AS grade
FROM (
    SELECT
        *, CASE
            WHEN classes <= 2 AND number > classes THEN 0
            WHEN classes = 1 THEN 19
            WHEN classes = 2 THEN 10
            ELSE pg_temp.one_of('size', n, CASE grade
                WHEN '13' THEN ARRAY[0, 1, 2, 3, 9, 14, 15]
                WHEN '14' THEN ARRAY[0, 1, 2, 3, 9, 19, 20]
                WHEN '15' THEN ARRAY[0, 1, 2, 3, 9, 24, 25]
                WHEN '16' THEN ARRAY[0, 1, 2, 3, 9, 24, 25]
                WHEN '17' THEN ARRAY[0, 1, 2, 3, 9, 29, 30]
                WHEN '18' THEN ARRAY[0, 1, 2, 3, 9, 34, 35]
                ELSE ARRAY[0, 1, 2, 3, 4, 5, 6]
            END)
        END AS size
    FROM case_class
) AS k
CROSS JOIN generate_series(1, size) AS seat;

INSERT INTO people_person (id, institution_id, full_name, sex, ethnic_group, birth)
SELECT
    person_id, institution_id, 'Người học ' || n,
    pg_temp.one_of('sex', n, ARRAY['1', '2', '2', '0', NULL]),
    pg_temp.one_of('people', n, ARRAY['01', '03', '49', '55', NULL]),
    left(born_on::text, pg_temp.one_of('birth known', n, ARRAY[10, 10, 10, 10, 10, 7, 4, NULL]))
FROM case_learner
CROSS JOIN LATERAL (
    -- About the first and last days of a month of age, or about the years of a grade.
    SELECT CASE WHEN grade IN ('13', '14', '15')
        THEN DATE '2026-09-30'
            - make_interval(months => pg_temp.one_of(
                'months', n, ARRAY[2, 3, 8, 12, 13, 24, 25, 36, 37]
            ))
            + make_interval(days => pg_temp.one_of('days', n, ARRAY[-1, 0, 1]))
        ELSE make_date(
            2026 - pg_temp.one_of('years late', n, ARRAY[-1, 0, 0, 0, 1, 5])
            - CASE WHEN grade::int > 12 THEN grade::int - 13 ELSE grade::int + 5 END,
            pg_temp.one_of('month', n, ARRAY[1, 9, 12]), pg_temp.one_of('day', n, ARRAY[1, 30])
        ) END::date AS born_on
) AS birth;

INSERT INTO learners_enrolment (
    institution_id, person_id, school_year, school_class_id, grade, status, status_on, entered_on,
    disability, is_inclusive, two_sessions, day_boarder, ethnic_day_boarder, is_new_in_level,
    repeats, learns_informatics, event
)
SELECT
    institution_id, person_id,
    CASE WHEN is_certain OR pg_temp.draw('year', n) % 6 > 0 THEN 2026 ELSE 2025 END,
    class_id, grade,
    CASE WHEN is_certain OR pg_temp.draw('moves', n) % 3 > 0 THEN '01' ELSE pg_temp.one_of(
        'status', n,
        ARRAY['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']
    ) END,
    pg_temp.one_of(
        'status on', n, '{NULL, 2026-08-20, 2026-09-29, 2026-09-30, 2026-10-01}'::date[]
    ),
    CASE WHEN is_certain THEN DATE '2026-09-30' ELSE pg_temp.one_of(
        'entered on', n, '{NULL, 2025-09-05, 2026-09-05, 2026-09-30, 2026-10-01}'::date[]
    ) END,
    pg_temp.one_of('disability', n, ARRAY['01', '02', '03', '04', '05', '06', NULL]),
    coalesce(
        is_included, pg_temp.one_of('is included', n, ARRAY[true, false, false, NULL])
    ),
    pg_temp.maybe('two sessions', n), pg_temp.maybe('boarder', n),
    pg_temp.maybe('ethnic boarder', n), pg_temp.maybe('new', n), pg_temp.maybe('repeats', n),
    pg_temp.maybe('informatics', n),
    CASE WHEN is_certain THEN 'NEW' ELSE pg_temp.event('learner', n) END
FROM case_learner;

-- A second check of the year says nothing about its beginning.
INSERT INTO learners_healthcheck (
    institution_id, person_id, school_year, round, checked_on, is_underweight, is_stunted,
    is_wasted, is_overweight, event
)
SELECT
    institution_id, person_id, pg_temp.one_of('check year', n, ARRAY[2026, 2026, 2026, 2025]),
    pg_temp.one_of('round', n, ARRAY[1, 1, 1, 2]),
    pg_temp.one_of('checked on', n, '{NULL, 2026-09-10, 2026-09-30, 2026-10-01}'::date[]),
    pg_temp.maybe('underweight', n), pg_temp.maybe('stunted', n), pg_temp.maybe('wasted', n),
    pg_temp.maybe('overweight', n), pg_temp.event('check', n)
FROM case_learner;

INSERT INTO learners_policysupport (
    institution_id, person_id, school_year, "group", fee_exempt, fee_reduced, study_cost_support,
    lunch_support, very_small_group_support, housing_support, monthly_money, rice_support, event
)
SELECT
    institution_id, person_id, pg_temp.one_of('support year', n, ARRAY[2026, 2026, 2026, 2025]),
    pg_temp.one_of('group', n, ARRAY['05', '08', '11', NULL]), pg_temp.maybe('exempt', n),
    pg_temp.maybe('reduced', n), pg_temp.maybe('costs', n), pg_temp.maybe('lunch', n),
    pg_temp.maybe('very small', n), pg_temp.one_of('housing', n, ARRAY[true, false, NULL]),
    pg_temp.one_of('money', n, ARRAY[true, false, NULL]),
    pg_temp.one_of('rice', n, ARRAY[true, false, NULL]), pg_temp.event('support', n)
FROM case_learner;

-- Staff: in one nursery and one other school of each ownership and level someone of every position,
-- degree and age, for every column; in all schools people of whom everything is drawn.
CREATE TEMP TABLE position (code, "group") AS VALUES
    ('01', '1'), ('02', '1'), ('GV', '2'), ('03', '2'), ('TPT', '2'), ('09', '3'), ('10', '3'),
    ('13', '3'), ('11', '3'), ('14', '3'), ('15', '3'), ('16', '3'), ('25', '3'), ('17', '3'),
    ('31', '3'), ('20', '3'), ('21', '3'), ('32', '3'), ('33', '3'), ('34', '3'), ('KN', '3'),
    ('12', '3');
CREATE TEMP TABLE case_post AS
SELECT row_number() OVER () AS n, nextval('people_person_id_seq') AS person_id, made.*
FROM (
    SELECT
        s.id AS institution_id, p.code AS position, p."group", qualification, age, contract, sex,
        people, false AS is_drawn
    FROM (
        SELECT min(id) AS id, max(region) AS region FROM case_school
        WHERE main_level IS NULL AND region IS NOT NULL
        GROUP BY levels, ownership, preschool_kind IN ('03', '04'), region IN ('04', '05', '06')
    ) AS s
    CROSS JOIN position AS p
    CROSS JOIN (
        VALUES ('01', 25), ('02', 35), ('16', 45), ('17', 52), ('18', 57), ('03', 62)
    ) AS d (qualification, age)
    CROSS JOIN (
        VALUES ('1', '2', '49'), ('7', '2', '01'), ('3', '1', '49'), ('0', '1', '01')
    ) AS c (contract, sex, people)
    WHERE CASE WHEN region >= '04' THEN p."group" IN ('1', '2') OR age = 35
        ELSE p.code = '02' AND age = 35 END
    UNION ALL
    SELECT id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true
    FROM case_school CROSS JOIN generate_series(1, 26)
) AS made;

UPDATE case_post AS t
SET
    position = p.code, "group" = p."group",
    qualification = pg_temp.one_of('qualification', n, ARRAY[
        '01', '01', '02', '16', '13', '03', '17', '14', '04', '18', '15', '05', '09', '11', '06',
        NULL
    ]),
    age = pg_temp.one_of('age', n, ARRAY[NULL, 19, 20, 29, 30, 39, 40, 49, 50, 54, 55, 59, 60, 63]),
    contract = pg_temp.one_of('contract', n, ARRAY['0', '1', '2', '3', '4', '5', '6', '7', NULL]),
    sex = pg_temp.one_of('sex', n, ARRAY['0', '1', '2', NULL]),
    people = pg_temp.one_of('people', n, ARRAY['01', '03', '55', '56', NULL])
FROM position AS p
WHERE is_drawn AND p.code = pg_temp.one_of('position', n, ARRAY[
    '01', '01', '01', '01', '02', '02', '02', '02', 'GV', 'GV', 'GV', 'GV', '03', 'TPT', '09', '10',
    '13', '11', '14', '15', '16', '25', '17', '31', '20', '21', '32', '33', '34', 'KN', '12'
]);

INSERT INTO people_person (id, institution_id, full_name, sex, ethnic_group, birth)
SELECT
    person_id, institution_id, 'Nhân sự ' || n, sex, people,
    2026 - age || pg_temp.one_of('birth', n, ARRAY['-12-31', '-01-01', '-06', ''])
FROM case_post;

INSERT INTO staff_post (
    institution_id, person_id, level, section, "group", position, has_several_duties, status,
    status_on, contract, is_civil_servant, is_pioneer_leader, qualification, event
)
SELECT
    institution_id, person_id,
    CASE WHEN is_drawn THEN pg_temp.one_of('level', n, ARRAY['01', '02', '03', NULL, NULL]) END,
    CASE WHEN is_drawn THEN pg_temp.one_of('section', n, ARRAY['NT', 'MG', NULL]) END,
    "group", position,
    CASE WHEN is_drawn THEN pg_temp.one_of('duties', n, ARRAY[true, false, NULL]) END,
    CASE WHEN is_drawn
        THEN pg_temp.one_of('status', n, ARRAY['1', '1', '1', '2', '3', '4', '5', '6', '7'])
        ELSE '1' END,
    pg_temp.one_of('status on', n, '{NULL, 2026-08-20, 2026-09-30, 2026-10-01}'::date[]),
    contract, pg_temp.maybe('civil servant', n),
    CASE WHEN is_drawn THEN pg_temp.one_of('leader', n, ARRAY[true, false, false, NULL]) END,
    qualification, CASE WHEN is_drawn THEN pg_temp.event('post', n) ELSE 'NEW' END
FROM case_post;

-- Rooms of every kind and grade, borrowed or not, in use or not.
INSERT INTO facilities_room (
    institution_id, kind, level, section, build_grade, quantity, is_borrowed, in_use, event
)
SELECT
    institution_id, kind, pg_temp.one_of('room level', n, ARRAY['01', '02', '03', NULL, NULL]),
    pg_temp.one_of('room section', n, ARRAY['NT', 'MG', NULL]), build_grade,
    pg_temp.one_of('quantity', n, ARRAY[1, 2, 3]),
    pg_temp.one_of('borrowed', n, ARRAY[true, false, false, NULL]),
    pg_temp.one_of('in use', n, ARRAY[true, true, false, NULL]), pg_temp.event('room', n)
FROM (
    SELECT row_number() OVER () AS n, id AS institution_id, k.code AS kind, build_grade
    FROM case_school
    CROSS JOIN unnest(ARRAY[
        'PH', 'PH', 'PH', 'TV', 'TB', 'TIN', 'NN', 'BM', 'NT', 'AN', 'TC', 'DCN', 'HN', 'PVK', 'TT',
        'YT', 'BEP', 'K'
    ]) AS k (code)
    CROSS JOIN unnest(ARRAY['KC', 'BKC', 'T']) AS build_grade
    CROSS JOIN generate_series(1, 2)
) AS case_room;
