-- 01-MN-ĐN, V. Phòng học
-- Rooms in use. Borrowed classrooms have a row of their own; other borrowed rooms stand beneath.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT f.institution_id, f.ownership, f.build_grade, line.code, sum(f.quantity) AS amount
    FROM room AS f
    CROSS JOIN LATERAL (VALUES
        -- Phòng học (nuôi, dạy, chăm sóc trẻ)
        ('194', section = 'NT' AND kind = 'PH' AND NOT is_borrowed),
        ('195', section = 'NT' AND kind = 'PH' AND is_borrowed),  -- Phòng học nhờ, mượn
        ('196', section = 'NT' AND serves_learning AND NOT is_borrowed),  -- Phòng phục vụ học tập
        ('197', section = 'NT' AND kind = 'TC' AND NOT is_borrowed),  -- Phòng giáo dục thể chất
        ('198', section = 'NT' AND kind = 'NT' AND NOT is_borrowed),  -- Phòng giáo dục nghệ thuật
        ('199', section = 'NT' AND kind = 'DCN' AND NOT is_borrowed),  -- Phòng đa chức năng
        -- Phòng khác
        ('200', section = 'NT' AND kind IN ('BEP', 'YT', 'TT', 'K') AND NOT is_borrowed),
        ('201', section = 'NT' AND kind = 'BEP' AND NOT is_borrowed),  -- Nhà bếp
        ('202', section = 'NT' AND kind = 'YT' AND NOT is_borrowed),  -- Phòng y tế
        ('203', section = 'MG' AND kind = 'PH' AND NOT is_borrowed),  -- Phòng học
        ('204', section = 'MG' AND kind = 'PH' AND is_borrowed),  -- Phòng học nhờ, mượn
        ('205', section = 'MG' AND serves_learning AND NOT is_borrowed),  -- Phòng phục vụ học tập
        ('206', section = 'MG' AND kind = 'TC' AND NOT is_borrowed),  -- Phòng giáo dục thể chất
        ('207', section = 'MG' AND kind = 'NT' AND NOT is_borrowed),  -- Phòng giáo dục nghệ thuật
        ('208', section = 'MG' AND kind = 'DCN' AND NOT is_borrowed),  -- Phòng đa chức năng
        -- Phòng hỗ trợ giáo dục hòa nhập
        ('209', section = 'MG' AND kind = 'HN' AND NOT is_borrowed),
        -- Phòng khác
        ('210', section = 'MG' AND kind IN ('BEP', 'YT', 'TT', 'K') AND NOT is_borrowed),
        ('211', section = 'MG' AND kind = 'BEP' AND NOT is_borrowed),  -- Nhà bếp
        ('212', section = 'MG' AND kind = 'YT' AND NOT is_borrowed),  -- Phòng y tế
        -- beneath: phòng nhờ, mượn không phải phòng học
        ('phong-ngoai-bieu', kind <> 'PH' AND is_borrowed)
    ) AS line (code, holds)
    WHERE f.level = '01' AND line.holds
    GROUP BY 1, 2, 3, 4
) AS counted
JOIN room_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (c.build_grade IS NULL OR c.build_grade = counted.build_grade)
GROUP BY 1, 2, 3
