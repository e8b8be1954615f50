-- 02-TH-ĐN, IV. CBQL, giáo viên, nhân viên
-- The Pioneer leader stands beside the teachers, not among them. Who has several duties counts
-- in that row only. “60 tuổi” is 60 and above.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT t.institution_id, t.ownership, t.contract, t.is_woman, t.is_minority, line.code,
        count(*) AS amount
    FROM staff AS t
    CROSS JOIN LATERAL (VALUES
        ('78', "group" IN ('1', '2', '3')),  -- Tổng số
        ('79', "group" = '1'),  -- Cán bộ quản lý
        ('80', position = '01'),  -- Hiệu trưởng
        ('81', position = '01' AND degree = 'trung cấp sư phạm'),  -- Trung cấp sư phạm
        ('82', position = '01' AND degree = 'cao đẳng sư phạm'),  -- Cao đẳng sư phạm
        ('83', position = '01' AND degree = 'đại học sư phạm'),  -- Đại học sư phạm
        ('84', position = '01' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('85', position = '01' AND degree = 'tiến sĩ'),  -- Tiến sĩ, Tiến sỹ khoa học
        ('86', position = '01' AND degree = 'khác'),  -- Khác
        ('87', position = '02'),  -- Phó hiệu trưởng
        ('88', position = '02' AND is_lowland),  -- Trung du, đồng bằng, thành phố
        ('89', position = '02' AND is_highland),  -- Miền núi vùng sâu, hải đảo
        ('90', position = '02' AND degree = 'trung cấp sư phạm'),  -- Trung cấp sư phạm
        ('91', position = '02' AND degree = 'cao đẳng sư phạm'),  -- Cao đẳng sư phạm
        ('92', position = '02' AND degree = 'đại học sư phạm'),  -- Đại học sư phạm
        ('93', position = '02' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('94', position = '02' AND degree = 'tiến sĩ'),  -- Tiến sĩ, Tiến sỹ khoa học
        ('95', position = '02' AND degree = 'khác'),  -- Khác
        ('96', "group" = '2' AND NOT is_pioneer_leader),  -- Giáo viên
        -- Trung cấp sư phạm
        ('97', "group" = '2' AND NOT is_pioneer_leader AND degree = 'trung cấp sư phạm'),
        -- Cao đẳng sư phạm
        ('98', "group" = '2' AND NOT is_pioneer_leader AND degree = 'cao đẳng sư phạm'),
        -- Đại học sư phạm
        ('99', "group" = '2' AND NOT is_pioneer_leader AND degree = 'đại học sư phạm'),
        ('100', "group" = '2' AND NOT is_pioneer_leader AND degree = 'thạc sĩ'),  -- Thạc sĩ
        -- Tiến sĩ, Tiến sỹ khoa học
        ('101', "group" = '2' AND NOT is_pioneer_leader AND degree = 'tiến sĩ'),
        ('102', "group" = '2' AND NOT is_pioneer_leader AND degree = 'khác'),  -- Khác
        -- Từ 20 -29 tuổi
        ('103', "group" = '2' AND NOT is_pioneer_leader AND age BETWEEN 20 AND 29),
        -- Từ 30 - 39 tuổi
        ('104', "group" = '2' AND NOT is_pioneer_leader AND age BETWEEN 30 AND 39),
        -- Từ 40 - 49 tuổi
        ('105', "group" = '2' AND NOT is_pioneer_leader AND age BETWEEN 40 AND 49),
        -- Từ 50 - 54 tuổi
        ('106', "group" = '2' AND NOT is_pioneer_leader AND age BETWEEN 50 AND 54),
        -- Từ 55 - 59 tuổi
        ('107', "group" = '2' AND NOT is_pioneer_leader AND age BETWEEN 55 AND 59),
        ('108', "group" = '2' AND NOT is_pioneer_leader AND age >= 60),  -- 60 tuổi
        ('109', "group" = '2' AND is_pioneer_leader),  -- GV Tổng phụ trách Đội TNTP HCM
        ('110', "group" = '3'),  -- Nhân viên
        -- Nhân viên thư viện, thiết bị
        ('111', "group" = '3' AND NOT has_several_duties AND position IN ('09', '10')),
        -- Nhân viên công nghệ thông tin
        ('112', "group" = '3' AND NOT has_several_duties AND position = '32'),
        ('113', "group" = '3' AND NOT has_several_duties AND position = '15'),  -- Nhân viên kế toán
        ('114', "group" = '3' AND NOT has_several_duties AND position = '25'),  -- Nhân viên thủ quỹ
        ('115', "group" = '3' AND NOT has_several_duties AND position = '16'),  -- Nhân viên văn thư
        ('116', "group" = '3' AND NOT has_several_duties AND position = '11'),  -- Nhân viên y tế
        -- Nhân viên hỗ trợ GD khuyết tật
        ('117', "group" = '3' AND NOT has_several_duties AND position = '33'),
        ('118', "group" = '3' AND NOT has_several_duties AND position = '34'),  -- Nhân viên giáo vụ
        -- Nhân viên kiêm nhiều việc
        ('119', "group" = '3' AND (has_several_duties OR position = 'KN')),
        -- footnote: Trong số Cán bộ quản lý có … công chức
        ('cong-chuc', "group" = '1' AND is_civil_servant),
        -- beneath: giáo viên dưới 20 tuổi, hoặc chưa rõ năm sinh
        ('tuoi-khac', "group" = '2' AND NOT is_pioneer_leader AND (age < 20 OR age IS NULL)),
        -- beneath: nhân viên ở vị trí khác
        ('nhan-vien-khac', "group" = '3' AND NOT has_several_duties AND (position IS NULL
            OR position NOT IN ('09', '10', '32', '15', '25', '16', '11', '33', '34', 'KN'))),
        -- beneath: người của trường công lập không thuộc ba loại hợp đồng
        ('hop-dong-khac', t.ownership = '1' AND (contract IS NULL OR contract = '0'))
    ) AS line (code, holds)
    WHERE t.level = '02' AND line.holds
    GROUP BY 1, 2, 3, 4, 5, 6
) AS counted
JOIN staff_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (c.contracts IS NULL OR contract = ANY (c.contracts))
    AND (NOT c.women OR is_woman) AND (NOT c.minorities OR is_minority)
WHERE c.ownership IS DISTINCT FROM '2'
GROUP BY 1, 2, 3

UNION ALL

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT t.institution_id, t.ownership, t.contract, t.is_woman, t.is_minority, line.code,
        count(*) AS amount
    FROM visitor AS t
    CROSS JOIN LATERAL (VALUES
        -- beneath: người thỉnh giảng, thuê khoán, không tính là đội ngũ của trường
        ('thinh-giang', true)
    ) AS line (code, holds)
    WHERE t.level = '02' AND line.holds
    GROUP BY 1, 2, 3, 4, 5, 6
) AS counted
JOIN staff_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (c.contracts IS NULL OR contract = ANY (c.contracts))
    AND (NOT c.women OR is_woman) AND (NOT c.minorities OR is_minority)
WHERE c.ownership IS DISTINCT FROM '2'
GROUP BY 1, 2, 3
