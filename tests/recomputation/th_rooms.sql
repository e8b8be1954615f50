-- 02-TH-ĐN, V. Phòng học
-- Rooms in use. Borrowed classrooms (121) are not part of row 120; other borrowed rooms stand
-- beneath.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT f.institution_id, f.ownership, f.build_grade, line.code, sum(f.quantity) AS amount
    FROM room AS f
    CROSS JOIN LATERAL (VALUES
        ('120', kind = 'PH' AND NOT is_borrowed),  -- Phòng học
        ('121', kind = 'PH' AND is_borrowed),  -- Phòng học nhỏ, mượn
        ('122', serves_learning AND NOT is_borrowed),  -- Phòng phục vụ học tập
        ('123', kind = 'TV' AND NOT is_borrowed),  -- Thư viện
        ('124', kind = 'TB' AND NOT is_borrowed),  -- Phòng thiết bị giáo dục
        ('125', kind = 'TIN' AND NOT is_borrowed),  -- Phòng tin học
        ('126', kind = 'NN' AND NOT is_borrowed),  -- Phòng ngoại ngữ
        ('127', kind = 'NT' AND NOT is_borrowed),  -- Phòng giáo dục nghệ thuật
        ('128', kind = 'AN' AND NOT is_borrowed),  -- Phòng âm nhạc
        ('129', kind = 'TC' AND NOT is_borrowed),  -- Phòng GD rèn luyện thể chất nhà đa năng
        ('130', kind = 'HN' AND NOT is_borrowed),  -- Phòng hỗ trợ GD khuyết tật học hòa nhập
        ('131', kind = 'TT' AND NOT is_borrowed),  -- Phòng truyền thống
        ('132', kind = 'YT' AND NOT is_borrowed),  -- Phòng Y tế học đường
        -- beneath: phòng loại khác; phòng nhờ, mượn không phải phòng học
        ('phong-ngoai-bieu', kind IN ('BEP', 'K') OR (kind <> 'PH' AND is_borrowed))
    ) AS line (code, holds)
    WHERE f.level = '02' AND line.holds
    GROUP BY 1, 2, 3, 4
) AS counted
JOIN room_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (c.build_grade IS NULL OR c.build_grade = counted.build_grade)
WHERE c.ownership IS DISTINCT FROM '2'
GROUP BY 1, 2, 3
