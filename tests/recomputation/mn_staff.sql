-- 01-MN-ĐN, IV. CBQL, giáo viên, nhân viên
-- Who declares no section belongs to that of the school: nursery in a nursery school or group, else
-- kindergarten. “60 tuổi” is 60 and above. Rows 174 and 187 take every degree outside pedagogy.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT t.institution_id, t.ownership, t.contract, t.is_woman, t.is_minority, line.code,
        count(*) AS amount
    FROM staff AS t
    CROSS JOIN LATERAL (VALUES
        ('123', "group" = '1'),  -- Cán bộ quản lý
        ('124', "group" = '1' AND section = 'NT'),  -- Cán bộ quản lý nhà trẻ
        ('125', section = 'NT' AND position = '01'),  -- Hiệu trưởng
        -- Trung cấp sư phạm
        ('126', section = 'NT' AND position = '01' AND degree = 'trung cấp sư phạm'),
        -- Cao đẳng sư phạm
        ('127', section = 'NT' AND position = '01' AND degree = 'cao đẳng sư phạm'),
        -- Đại học sư phạm
        ('128', section = 'NT' AND position = '01' AND degree = 'đại học sư phạm'),
        ('129', section = 'NT' AND position = '01' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('130', section = 'NT' AND position = '01' AND degree = 'tiến sĩ'),  -- Tiến sĩ, TSKH
        ('131', section = 'NT' AND position = '01' AND degree = 'khác'),  -- Khác
        ('132', section = 'NT' AND position = '02'),  -- Phó hiệu trưởng
        -- Trung cấp sư phạm
        ('133', section = 'NT' AND position = '02' AND degree = 'trung cấp sư phạm'),
        -- Cao đẳng sư phạm
        ('134', section = 'NT' AND position = '02' AND degree = 'cao đẳng sư phạm'),
        -- Đại học sư phạm
        ('135', section = 'NT' AND position = '02' AND degree = 'đại học sư phạm'),
        ('136', section = 'NT' AND position = '02' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('137', section = 'NT' AND position = '02' AND degree = 'tiến sĩ'),  -- Tiến sĩ, TSKH
        ('138', section = 'NT' AND position = '02' AND degree = 'khác'),  -- Khác
        ('139', "group" = '1' AND section = 'MG'),  -- Cán bộ quản lý mẫu giáo, mầm non
        ('140', section = 'MG' AND position = '01'),  -- Hiệu trưởng
        -- Trung cấp sư phạm
        ('141', section = 'MG' AND position = '01' AND degree = 'trung cấp sư phạm'),
        -- Cao đẳng sư phạm
        ('142', section = 'MG' AND position = '01' AND degree = 'cao đẳng sư phạm'),
        -- Đại học sư phạm
        ('143', section = 'MG' AND position = '01' AND degree = 'đại học sư phạm'),
        ('144', section = 'MG' AND position = '01' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('145', section = 'MG' AND position = '01' AND degree = 'tiến sĩ'),  -- Tiến sĩ, TSKH
        ('146', section = 'MG' AND position = '01' AND degree = 'khác'),  -- Khác
        ('147', section = 'MG' AND position = '02'),  -- Phó hiệu trưởng
        ('148', section = 'MG' AND position = '02' AND is_lowland),  -- Trung du, đồng bằng, TP
        ('149', section = 'MG' AND position = '02' AND is_highland),  -- Miền núi, vùng sâu, hải đảo
        -- Trung cấp sư phạm
        ('150', section = 'MG' AND position = '02' AND degree = 'trung cấp sư phạm'),
        -- Cao đẳng sư phạm
        ('151', section = 'MG' AND position = '02' AND degree = 'cao đẳng sư phạm'),
        -- Đại học sư phạm
        ('152', section = 'MG' AND position = '02' AND degree = 'đại học sư phạm'),
        ('153', section = 'MG' AND position = '02' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('154', section = 'MG' AND position = '02' AND degree = 'tiến sĩ'),  -- Tiến sĩ, TSKH
        ('155', section = 'MG' AND position = '02' AND degree = 'khác'),  -- Khác
        ('156', "group" = '3'),  -- Nhân viên
        ('157', "group" = '3' AND section = 'NT'),  -- Nhân viên nhà trẻ
        ('158', "group" = '3' AND section = 'NT' AND position IN ('15', '16')),  -- Kế toán, văn thư
        ('159', "group" = '3' AND section = 'NT' AND position IN ('11', '25')),  -- Y tế, thủ quỹ
        ('160', "group" = '3' AND section = 'NT' AND position IN ('31', '20')),  -- Nấu ăn
        ('161', "group" = '3' AND section = 'NT' AND position = '17'),  -- Bảo vệ
        ('162', "group" = '3' AND section = 'MG'),  -- Nhân viên mẫu giáo, mầm non
        ('163', "group" = '3' AND section = 'MG' AND position IN ('15', '16')),  -- Kế toán, văn thư
        ('164', "group" = '3' AND section = 'MG' AND position IN ('11', '25')),  -- Y tế, thủ quỹ
        ('165', "group" = '3' AND section = 'MG' AND position IN ('31', '20')),  -- Nấu ăn
        ('166', "group" = '3' AND section = 'MG' AND position = '17'),  -- Bảo vệ
        ('167', "group" = '2'),  -- Giáo viên
        ('168', "group" = '2' AND section = 'NT'),  -- Giáo viên nhà trẻ
        -- Trung cấp sư phạm
        ('169', "group" = '2' AND section = 'NT' AND degree = 'trung cấp sư phạm'),
        -- Cao đẳng sư phạm
        ('170', "group" = '2' AND section = 'NT' AND degree = 'cao đẳng sư phạm'),
        -- Đại học sư phạm
        ('171', "group" = '2' AND section = 'NT' AND degree = 'đại học sư phạm'),
        ('172', "group" = '2' AND section = 'NT' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('173', "group" = '2' AND section = 'NT' AND degree = 'tiến sĩ'),  -- Tiến sĩ, TSKH
        ('174', "group" = '2' AND section = 'NT' AND degree = 'khác'),  -- Chưa qua đào tạo
        ('175', "group" = '2' AND section = 'NT' AND age BETWEEN 20 AND 29),  -- Từ 20 - 29 tuổi
        ('176', "group" = '2' AND section = 'NT' AND age BETWEEN 30 AND 39),  -- Từ 30 - 39 tuổi
        ('177', "group" = '2' AND section = 'NT' AND age BETWEEN 40 AND 49),  -- Từ 40 - 49 tuổi
        ('178', "group" = '2' AND section = 'NT' AND age BETWEEN 50 AND 54),  -- Từ 50 - 54 tuổi
        ('179', "group" = '2' AND section = 'NT' AND age BETWEEN 55 AND 59),  -- Từ 55 - 59 tuổi
        ('180', "group" = '2' AND section = 'NT' AND age >= 60),  -- 60 tuổi
        ('181', "group" = '2' AND section = 'MG'),  -- Giáo viên mẫu giáo
        -- Trung cấp sư phạm
        ('182', "group" = '2' AND section = 'MG' AND degree = 'trung cấp sư phạm'),
        -- Cao đẳng sư phạm
        ('183', "group" = '2' AND section = 'MG' AND degree = 'cao đẳng sư phạm'),
        -- Đại học sư phạm
        ('184', "group" = '2' AND section = 'MG' AND degree = 'đại học sư phạm'),
        ('185', "group" = '2' AND section = 'MG' AND degree = 'thạc sĩ'),  -- Thạc sĩ
        ('186', "group" = '2' AND section = 'MG' AND degree = 'tiến sĩ'),  -- Tiến sĩ, TSKH
        ('187', "group" = '2' AND section = 'MG' AND degree = 'khác'),  -- Chưa qua đào tạo
        ('188', "group" = '2' AND section = 'MG' AND age BETWEEN 20 AND 29),  -- Từ 20 -29 tuổi
        ('189', "group" = '2' AND section = 'MG' AND age BETWEEN 30 AND 39),  -- Từ 30 - 39 tuổi
        ('190', "group" = '2' AND section = 'MG' AND age BETWEEN 40 AND 49),  -- Từ 40 - 49 tuổi
        ('191', "group" = '2' AND section = 'MG' AND age BETWEEN 50 AND 54),  -- Từ 50 - 54 tuổi
        ('192', "group" = '2' AND section = 'MG' AND age BETWEEN 55 AND 59),  -- Từ 55 - 59 tuổi
        ('193', "group" = '2' AND section = 'MG' AND age >= 60),  -- 60 tuổi
        -- beneath: nhân viên nhà trẻ ở vị trí khác
        ('nhan-vien-khac-nha-tre', "group" = '3' AND section = 'NT' AND (position IS NULL
            OR position NOT IN ('15', '16', '11', '25', '31', '20', '17'))),
        -- beneath: nhân viên mẫu giáo, mầm non ở vị trí khác
        ('nhan-vien-khac-mau-giao', "group" = '3' AND section = 'MG' AND (position IS NULL
            OR position NOT IN ('15', '16', '11', '25', '31', '20', '17'))),
        -- beneath: giáo viên nhà trẻ dưới 20 tuổi, hoặc chưa rõ năm sinh
        ('tuoi-khac-nha-tre', "group" = '2' AND section = 'NT' AND (age < 20 OR age IS NULL)),
        -- beneath: giáo viên mẫu giáo dưới 20 tuổi, hoặc chưa rõ năm sinh
        ('tuoi-khac-mau-giao', "group" = '2' AND section = 'MG' AND (age < 20 OR age IS NULL)),
        -- beneath: người của trường công lập không thuộc ba loại hợp đồng
        ('hop-dong-khac', t.ownership = '1' AND (contract IS NULL OR contract = '0'))
    ) AS line (code, holds)
    WHERE t.level = '01' AND line.holds
    GROUP BY 1, 2, 3, 4, 5, 6
) AS counted
JOIN staff_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (c.contracts IS NULL OR contract = ANY (c.contracts))
    AND (NOT c.women OR is_woman) AND (NOT c.minorities OR is_minority)
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
    WHERE t.level = '01' AND line.holds
    GROUP BY 1, 2, 3, 4, 5, 6
) AS counted
JOIN staff_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (c.contracts IS NULL OR contract = ANY (c.contracts))
    AND (NOT c.women OR is_woman) AND (NOT c.minorities OR is_minority)
GROUP BY 1, 2, 3
