-- The standing cast of the tests: two schools in two communes of one Sở, one school of another
-- province, their people, and an account of every role. Nothing here depends on the day it runs.
--
--   Bộ ─ Sở 79 ─ phường A ─ trường A (until 1/7/2025 under phòng cũ)
--      │       └ phường B ─ trường B
--      └ Sở 04 ─ phường C ─ trường C

INSERT INTO institutions_unit (code, tier, name, name_en, province_code, commune_code, sort_key)
VALUES
    ('BO', 'bo', 'Bộ Giáo dục và Đào tạo', 'Ministry', NULL, NULL, ''),
    ('SO-79', 'so', 'Sở Giáo dục và Đào tạo TP. Hồ Chí Minh', 'Department 79', '79', NULL, ''),
    ('SO-04', 'so', 'Sở Giáo dục và Đào tạo Cao Bằng', 'Department 04', '04', NULL, ''),
    ('PHONG-A', 'phong', 'Phòng Giáo dục và Đào tạo cũ', 'Former division', '79', NULL, ''),
    ('XA-A', 'xa', 'Phường Thủ Dầu Một', 'Ward A', '79', '25747', ''),
    ('XA-B', 'xa', 'Phường Phú Lợi', 'Ward B', '79', '25750', ''),
    ('XA-C', 'xa', 'Phường Thục Phán', 'Ward C', '04', '01273', '');

INSERT INTO institutions_unitparent (unit_id, parent_id, since, until)
SELECT u.id, p.id, r.since, r.until
FROM (VALUES
    ('SO-79', 'BO', DATE '2000-01-01', NULL::date),
    ('SO-04', 'BO', '2000-01-01', NULL),
    ('PHONG-A', 'SO-79', '2000-01-01', '2025-07-01'),
    ('XA-A', 'SO-79', '2025-07-01', NULL),
    ('XA-B', 'SO-79', '2025-07-01', NULL),
    ('XA-C', 'SO-04', '2025-07-01', NULL)
) AS r (unit, parent, since, until)
JOIN institutions_unit u ON u.code = r.unit JOIN institutions_unit p ON p.code = r.parent;

INSERT INTO institutions_institution (
    code, name, levels, main_level, ownership, commune_code, province_code
) VALUES
    ('7925747001', 'Trường Tiểu học A', '{02}', '02', '1', '25747', '79'),
    ('7925750001', 'Trường Tiểu học B', '{02}', '02', '1', '25750', '79'),
    ('0401273001', 'Trường Tiểu học C', '{02}', '02', '1', '01273', '04');

INSERT INTO institutions_institutionmanagement (institution_id, unit_id, since, until)
SELECT i.id, u.id, m.since, m.until
FROM (VALUES
    ('7925747001', 'PHONG-A', DATE '2000-01-01', DATE '2025-07-01'),
    ('7925747001', 'XA-A', '2025-07-01', NULL),
    ('7925750001', 'XA-B', '2025-07-01', NULL),
    ('0401273001', 'XA-C', '2025-07-01', NULL)
) AS m (school, unit, since, until)
JOIN institutions_institution i ON i.code = m.school JOIN institutions_unit u ON u.code = m.unit;

-- One password for all, whose hash the loader of this file gives.
INSERT INTO accounts_account (username, name, role, password, unit_id, institution_id, is_active)
SELECT a.username, a.name, a.role, current_setting('cast.password'), u.id, i.id, true
FROM (VALUES
    ('clerk_a', 'Lê Thị Văn Thư', 'clerk', NULL, '7925747001'),
    ('head_a', 'Phạm Văn Hiệu Trưởng', 'head', NULL, '7925747001'),
    ('clerk_b', 'Trần Thị Văn Thư', 'clerk', NULL, '7925750001'),
    ('head_b', 'Đỗ Văn Hiệu Trưởng', 'head', NULL, '7925750001'),
    ('clerk_c', 'Nông Thị Văn Thư', 'clerk', NULL, '0401273001'),
    ('reviewer_a', 'Nguyễn Văn Thẩm Định', 'reviewer', 'XA-A', NULL),
    ('reviewer_b', 'Võ Văn Thẩm Định', 'reviewer', 'XA-B', NULL),
    ('former_division', 'Bùi Văn Phòng Cũ', 'reviewer', 'PHONG-A', NULL),
    ('approver_79', 'Huỳnh Thị Duyệt', 'approver', 'SO-79', NULL),
    ('approver_04', 'Hoàng Văn Duyệt', 'approver', 'SO-04', NULL),
    ('loader_79', 'Đặng Văn Nạp', 'loader', 'SO-79', NULL),
    ('ministry', 'Vũ Thị Trung Ương', 'ministry', 'BO', NULL),
    ('outsider', 'Người Ngoài', 'outsider', NULL, NULL)
) AS a (username, name, role, unit, school)
LEFT JOIN institutions_unit u ON u.code = a.unit
LEFT JOIN institutions_institution i ON i.code = a.school;

INSERT INTO institutions_campus (institution_id, code, name, is_open)
SELECT id, 'DT1', 'Điểm trường 1', true FROM institutions_institution;

INSERT INTO classes_schoolclass (institution_id, school_year, code, name, grade)
SELECT i.id, 2026, c.code, c.code, '1'
FROM institutions_institution i, (VALUES ('1A'), ('1B')) AS c (code);

-- Three learners and one member of staff of each school; no name or birthday is in two schools.
INSERT INTO people_person (
    institution_id, full_name, search_key, sort_key, sex, birth, personal_number
)
SELECT i.id, p.name || ' ' || school.letter, key, convert_to(key, 'UTF8'), p.sex,
       format('2020-0%s-%s', p.n, ascii(school.letter) - 50),
       i.province_code || 2 + p.sex::int || '20' || lpad((i.id * 10 + p.n)::text, 7, '0')
FROM institutions_institution i, (VALUES
    (1, 'Nguyễn Văn An', 'nguyen van an', '1'),
    (2, 'Trần Thị Bình', 'tran thi binh', '2'),
    (3, 'Giàng A Chính', 'giang a chinh', '1'),
    (4, 'Lý Thị Dung', 'ly thi dung', '2')
) AS p (n, name, search_name, sex),
LATERAL (SELECT right(i.name, 1) AS letter) AS school,
LATERAL (SELECT search_name || ' ' || lower(letter) AS key) AS keys;

INSERT INTO learners_enrolment (
    institution_id, person_id, school_year, school_class_id, grade, status, entered_on
)
SELECT p.institution_id, p.id, 2026, c.id, '1', '01', DATE '2026-09-05'
FROM people_person p JOIN classes_schoolclass c USING (institution_id)
WHERE c.code = '1A' AND p.search_key NOT LIKE 'ly thi dung%';

INSERT INTO people_guardian (institution_id, person_id, relation, full_name, phone)
SELECT institution_id, id, '1', 'Cha của ' || full_name, '0900000000' FROM people_person
WHERE search_key NOT LIKE 'ly thi dung%';

INSERT INTO staff_post (institution_id, person_id, "group", status)
SELECT institution_id, id, '1', '01' FROM people_person WHERE search_key LIKE 'ly thi dung%';

INSERT INTO reporting_round (
    code, name, name_en, school_year, reference_on, opens_on, forms, clause
) VALUES (
    'DAU-NAM-THU', 'Đầu năm học (thử nghiệm)', 'Beginning of year (test)', 2026, '2026-09-30',
    '2026-09-30', '{02-TH-ĐN}', 'TT 42/2021'
);
