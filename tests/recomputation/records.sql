-- What there is to count on the reference day, read straight from the tables of the register.
-- Every sheet (mn_*.sql, th_*.sql) counts rows of the temporary tables made here. Nothing is shared
-- with the program: wording and readings are those of the official forms and of
-- src/sobo/reporting/forms/definitions/readings.json, written a second time.

CREATE TEMP TABLE reference AS SELECT DATE '2026-09-30' AS day, 2026 AS school_year;

CREATE TEMP TABLE grade (code, level, section) AS VALUES
    ('1', '02', NULL), ('2', '02', NULL), ('3', '02', NULL), ('4', '02', NULL), ('5', '02', NULL),
    ('6', '03', NULL), ('7', '03', NULL), ('8', '03', NULL), ('9', '03', NULL),
    ('10', '04', NULL), ('11', '04', NULL), ('12', '04', NULL),
    ('13', '01', 'NT'), ('14', '01', 'NT'), ('15', '01', 'NT'),
    ('16', '01', 'MG'), ('17', '01', 'MG'), ('18', '01', 'MG');

-- A school with several levels files one form for each: here one row for each level. Shared staff
-- and rooms go to the declared main level, else to the highest.
CREATE TEMP TABLE school_level AS
SELECT
    i.id AS institution_id, taught.level, i.ownership, i.kind, i.preschool_kind,
    i.region IN ('01', '02', '03') AS is_lowland,
    i.region IN ('04', '05', '06') AS is_highland,
    coalesce(i.main_level, (SELECT max(l) FROM unnest(i.levels) AS l)) AS main_level,
    coalesce(i.preschool_kind IN ('03', '04'), false) AS is_nursery,
    i.national_standard, i.teaches_two_sessions, i.uses_computers, i.has_internet,
    i.has_grid_power, i.has_clean_water, i.has_toilets, i.teaches_hand_washing, i.teaches_safety,
    i.shares_hiv_knowledge, i.has_disaster_plan, i.is_accessible, i.has_counselling
FROM institutions_institution AS i CROSS JOIN unnest(i.levels) AS taught (level)
WHERE i.event <> 'CANCEL';

-- On the roll at the end of the day: who came later is not, who left later still is.
CREATE TEMP TABLE present AS
SELECT e.*
FROM learners_enrolment AS e CROSS JOIN reference AS r
WHERE e.event <> 'CANCEL' AND e.school_year = r.school_year
    AND (e.entered_on IS NULL OR e.entered_on <= r.day)
    AND CASE
        WHEN e.status = '01' THEN true
        WHEN e.status IN ('02', '06', '10', '03', '07')  -- moved here, or came back
            THEN e.status_on IS NULL OR e.status_on <= r.day
        WHEN e.status IN ('04', '08', '11', '05', '09', '12')  -- moved away, or left
            THEN e.status_on > r.day
    END;

-- Classes of the year; the cancelled ones are none.
CREATE TEMP TABLE class_row AS
SELECT k.* FROM classes_schoolclass AS k JOIN reference AS r USING (school_year)
WHERE k.event <> 'CANCEL';

-- Learners count in their own grade, whatever class they sit in.
CREATE TEMP TABLE learner AS
SELECT
    e.*, g.level, g.section, s.ownership, s.is_lowland, s.is_highland,
    p.sex = '2' AS is_woman,
    p.ethnic_group NOT IN ('01', '55', '56') AS is_minority,
    r.school_year - left(p.birth, 4)::int AS age,
    CASE WHEN length(p.birth) = 10 THEN
        extract(year FROM age(r.day, p.birth::date)) * 12
        + extract(month FROM age(r.day, p.birth::date))
    END AS months,
    e.disability IS NOT NULL AND e.is_inclusive IS NOT TRUE
        AND (coalesce(k.is_special, false) OR coalesce(s.kind IN ('18', '04'), false))
        AS is_in_special_education,
    h.id IS NOT NULL AS is_checked,
    h.is_underweight, h.is_stunted, h.is_wasted, h.is_overweight,
    u."group" AS policy_group, u.fee_exempt, u.fee_reduced, u.study_cost_support, u.lunch_support,
    u.very_small_group_support, u.monthly_money, u.housing_support, u.rice_support
FROM present AS e
CROSS JOIN reference AS r
JOIN grade AS g ON g.code = e.grade
JOIN school_level AS s ON s.institution_id = e.institution_id AND s.level = g.level
JOIN people_person AS p ON p.id = e.person_id
LEFT JOIN class_row AS k ON k.id = e.school_class_id
-- The first check of the year, where it was made in time.
LEFT JOIN learners_healthcheck AS h
    ON h.institution_id = e.institution_id AND h.person_id = e.person_id
    AND h.school_year = r.school_year AND h.round = 1 AND h.event <> 'CANCEL'
    AND h.checked_on <= r.day
LEFT JOIN learners_policysupport AS u
    ON u.institution_id = e.institution_id AND u.person_id = e.person_id
    AND u.school_year = r.school_year AND u.event <> 'CANCEL';

-- A merged class has one row, or one for each grade, tied by the code that each names; the row of
-- the lowest grade stands for all.
CREATE TEMP TABLE class_part AS
WITH RECURSIVE named (one, other) AS (
    SELECT a.id, b.id
    FROM class_row AS a
    JOIN class_row AS b ON b.institution_id = a.institution_id AND b.code = a.merged_with
    WHERE a.is_merged
), tied (one, other) AS (
    SELECT id, id FROM class_row
    UNION
    SELECT tied.one, step.other
    FROM tied
    JOIN (SELECT one, other FROM named UNION SELECT other, one FROM named) AS step
        ON step.one = tied.other
)
SELECT DISTINCT ON (tied.one) tied.one AS row_id, lead.id AS lead_id
FROM tied JOIN class_row AS lead ON lead.id = tied.other
ORDER BY tied.one, lead.grade::int, lead.code, lead.id;

-- Each class once, in the lowest grade of its rows and, where it is merged, of its learners.
CREATE TEMP TABLE class AS
WITH of_rows AS (
    SELECT lead_id, bool_or(is_merged) AS is_merged, max(merged_ages) AS merged_ages
    FROM class_part JOIN class_row ON id = row_id GROUP BY lead_id
), of_learners AS (
    SELECT
        lead_id, count(*) AS size, count(*) FILTER (WHERE is_inclusive) AS included,
        count(DISTINCT grade) AS grades, min(grade::int) AS lowest
    FROM class_part JOIN present ON school_class_id = row_id GROUP BY lead_id
), counted AS (
    SELECT
        lead.institution_id, lead.two_sessions, lead.day_boarding, of_rows.is_merged,
        coalesce(of_rows.merged_ages, of_learners.grades) AS merged_ages,
        coalesce(of_learners.size, 0) AS size, coalesce(of_learners.included, 0) AS included,
        CASE WHEN of_rows.is_merged THEN least(lead.grade::int, of_learners.lowest)::text
            ELSE lead.grade END AS grade
    FROM of_rows
    JOIN class_row AS lead ON lead.id = of_rows.lead_id
    LEFT JOIN of_learners ON of_learners.lead_id = of_rows.lead_id
)
SELECT counted.*, g.level, g.section, s.ownership, s.kind AS school_kind
FROM counted
JOIN grade AS g ON g.code = counted.grade
JOIN school_level AS s ON s.institution_id = counted.institution_id AND s.level = g.level;

-- Open satellites, never the main site: at each level that has classes there, else at the main one.
CREATE TEMP TABLE satellite AS
SELECT c.id, c.institution_id, s.level, s.ownership
FROM institutions_campus AS c
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT g.level) AS levels
    FROM class_row AS k JOIN grade AS g ON g.code = k.grade WHERE k.campus_id = c.id
) AS used
JOIN school_level AS s
    ON s.institution_id = c.institution_id
    AND s.level = ANY (coalesce(used.levels, ARRAY[s.main_level]))
WHERE c.event <> 'CANCEL' AND c.is_open IS DISTINCT FROM false;

-- Schools with what is counted of them, level by level.
CREATE TEMP TABLE school AS
SELECT
    s.*, coalesce(k.classes, 0) AS class_count, coalesce(p.satellites, 0) AS satellite_count,
    coalesce(e.included, 0) AS included
FROM school_level AS s
LEFT JOIN (
    SELECT institution_id, level, count(*) AS classes FROM class GROUP BY 1, 2
) AS k USING (institution_id, level)
LEFT JOIN (
    SELECT institution_id, level, count(*) AS satellites FROM satellite GROUP BY 1, 2
) AS p USING (institution_id, level)
LEFT JOIN (
    SELECT institution_id, level, count(*) AS included FROM learner
    WHERE is_inclusive GROUP BY 1, 2
) AS e USING (institution_id, level);

-- Everyone who works at the school that day; visiting and piece-work people stand apart.
CREATE TEMP TABLE working AS
SELECT
    t.institution_id, s.level, s.ownership, s.is_lowland, s.is_highland,
    coalesce(t.section, CASE WHEN s.is_nursery THEN 'NT' ELSE 'MG' END) AS section,
    t."group", t.position, t.contract, t.is_civil_servant,
    coalesce(t.has_several_duties, false) AS has_several_duties,
    coalesce(t.is_pioneer_leader, false) OR t.position = 'TPT' AS is_pioneer_leader,
    CASE
        WHEN t.qualification IN ('18', '15') THEN 'trung cấp sư phạm'
        WHEN t.qualification IN ('17', '14') THEN 'cao đẳng sư phạm'
        WHEN t.qualification IN ('16', '13') THEN 'đại học sư phạm'
        WHEN t.qualification = '02' THEN 'thạc sĩ'
        WHEN t.qualification = '01' THEN 'tiến sĩ'
        ELSE 'khác'
    END AS degree,
    p.sex = '2' AS is_woman,
    p.ethnic_group NOT IN ('01', '55', '56') AS is_minority,
    r.school_year - left(p.birth, 4)::int AS age
FROM staff_post AS t
CROSS JOIN reference AS r
JOIN people_person AS p ON p.id = t.person_id
JOIN school_level AS s
    ON s.institution_id = t.institution_id AND s.level = coalesce(t.level, s.main_level)
WHERE t.event <> 'CANCEL'
    AND CASE
        WHEN t.status IN ('1', '5') THEN true
        WHEN t.status = '2' THEN t.status_on IS NULL OR t.status_on <= r.day  -- moved here
        ELSE t.status_on > r.day  -- left
    END;
CREATE TEMP VIEW staff AS
SELECT * FROM working WHERE contract IS NULL OR contract NOT IN ('5', '6');
CREATE TEMP VIEW visitor AS SELECT * FROM working WHERE contract IN ('5', '6');

CREATE TEMP TABLE room AS
SELECT
    f.institution_id, s.level, s.ownership, f.kind, f.build_grade, f.quantity,
    coalesce(f.section, CASE WHEN s.is_nursery THEN 'NT' ELSE 'MG' END) AS section,
    coalesce(f.is_borrowed, false) AS is_borrowed,
    f.kind IN ('TV', 'TB', 'TIN', 'NN', 'BM', 'NT', 'AN', 'TC', 'DCN', 'HN', 'PVK')
        AS serves_learning
FROM facilities_room AS f
JOIN school_level AS s
    ON s.institution_id = f.institution_id AND s.level = coalesce(f.level, s.main_level)
WHERE f.event <> 'CANCEL' AND f.in_use IS DISTINCT FROM false;
