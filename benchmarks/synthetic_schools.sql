-- Schools, classes and learners for measuring, beside the cast of tests/cast.sql: as many schools as
-- `bench.schools` says, each with 100 persons enrolled in five school years, two classes a year: 500
-- enrolments to a school. Five eighths of the schools lie in province 79, the others in 04, and
-- their departments manage them directly.

CREATE TEMPORARY TABLE made_school AS
WITH made AS (
    INSERT INTO institutions_institution (
        name, levels, main_level, ownership, commune_code, province_code
    )
    SELECT 'Trường đo ' || n, '{02}', '02', '1', commune, province
    FROM generate_series(1, current_setting('bench.schools')::int) n,
    LATERAL (SELECT CASE WHEN n * 8 <= current_setting('bench.schools')::int * 5
                    THEN '79' ELSE '04' END AS province) lies,
    LATERAL (SELECT code AS commune FROM institutions_commune
             WHERE province_code = province AND until IS NULL
             ORDER BY code OFFSET n % 50 LIMIT 1) place
    RETURNING id, province_code
)
SELECT * FROM made;

INSERT INTO institutions_institutionmanagement (institution_id, unit_id, since)
SELECT s.id, u.id, '2025-07-01' FROM made_school s
JOIN institutions_unit u ON u.tier = 'so' AND u.province_code = s.province_code;

CREATE TEMPORARY TABLE made_class AS
WITH made AS (
    INSERT INTO classes_schoolclass (institution_id, school_year, code, name, grade)
    SELECT s.id, year, year - 2021 || letter, year - 2021 || letter, year - 2021
    FROM made_school s, generate_series(2022, 2026) year, (VALUES ('A'), ('B')) AS c (letter)
    RETURNING id, institution_id, school_year, code, grade
)
SELECT * FROM made;

CREATE TEMPORARY TABLE made_person AS
WITH made AS (
    INSERT INTO people_person (institution_id, full_name, search_key, sort_key, sex, birth)
    SELECT s.id, 'Nguyễn Thị Đo ' || n, 'nguyen thi do ' || n, int4send(n), n % 2 + 1,
           '2016-0' || n % 9 + 1 || '-15'
    FROM made_school s, generate_series(1, 100) n
    RETURNING id, institution_id, sex
)
SELECT * FROM made;

INSERT INTO learners_enrolment (
    institution_id, person_id, school_year, school_class_id, grade, status
)
SELECT p.institution_id, p.id, c.school_year, c.id, c.grade, '01'
FROM made_person p JOIN made_class c
    ON c.institution_id = p.institution_id AND right(c.code, 1) = chr(64 + p.sex::int)
ORDER BY c.school_year, p.institution_id;
