-- 02-TH-ĐN, I-II. Trường, Lớp
-- Size thresholds count the primary classes. Kinds 04 and 18 of schools both mean “chuyên biệt”.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT s.institution_id, s.ownership, line.code, count(*) AS amount
    FROM school AS s
    CROSS JOIN LATERAL (VALUES
        ('01', true),  -- Tổng số trường
        ('02', is_lowland),  -- Trung du, đồng bằng, thành phố
        ('03', is_lowland AND class_count >= 28),  -- Trường có từ 28 lớp trở lên
        ('04', is_lowland AND class_count <= 27),  -- Trường có từ 27 lớp trở xuống
        ('05', is_highland),  -- Miền núi, vùng sâu, hải đảo
        ('06', is_highland AND class_count >= 19),  -- Trường có từ 19 lớp trở lên
        ('07', is_highland AND class_count <= 18),  -- Trường có từ 18 lớp trở xuống
        ('08', national_standard = '1'),  -- Trường đạt chuẩn quốc gia mức độ 1
        ('09', national_standard = '2'),  -- Trường đạt chuẩn quốc gia mức độ 2
        ('10', teaches_two_sessions),  -- Trường dạy học 2 buổi trong ngày
        ('11', kind = '01'),  -- Trường phổ thông dân tộc bán trú cấp tiểu học
        ('12', kind IN ('18', '04')),  -- Trường chuyên biệt dành cho người khuyết tật
        ('13', included BETWEEN 1 AND 19),  -- Trường có dưới 20 học sinh khuyết tật học hòa nhập
        ('14', included >= 20),  -- Trường có từ 20 học sinh khuyết tật trở lên học hòa nhập
        ('15', satellite_count >= 5),  -- Trường có 5 điểm trường trở lên ngoài điểm trường chính
        ('16', uses_computers),  -- Trường có sử dụng máy tính cho dạy học
        ('17', has_internet),  -- Trường có khai thác Internet cho dạy học
        ('18', has_grid_power),  -- Trường có điện (điện lưới)
        ('19', has_clean_water),  -- Trường có nguồn nước sạch
        ('20', has_toilets),  -- Trường có công trình vệ sinh
        ('21', teaches_hand_washing),  -- Trường có chương trình giáo dục vệ sinh đôi tay
        -- Trường có chương trình giáo dục cơ bản về giới tính, phòng chống bạo lực, xâm hại; cung
        -- cấp kiến thức về HIV.
        ('22', teaches_safety AND shares_hiv_knowledge),
        -- Trường có cơ sở hạ tầng, tài liệu học tập, môi trường học tập phù hợp và tiếp cận với học
        -- sinh khuyết tật
        ('23', is_accessible),
        ('24', has_counselling),  -- Trường có bộ phận làm công tác tư vấn học đường
        -- Trường có kế hoạch giáo dục phòng, chống thiên tai và ứng phó biến đổi khí hậu
        ('25', has_disaster_plan)
    ) AS line (code, holds)
    WHERE s.level = '02' AND line.holds
    GROUP BY 1, 2, 3
) AS counted
JOIN school_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
WHERE c.ownership IS DISTINCT FROM '2'
GROUP BY 1, 2, 3

UNION ALL

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT p.institution_id, p.ownership, line.code, count(*) AS amount
    FROM satellite AS p
    CROSS JOIN LATERAL (VALUES
        ('26', true)  -- Số điểm trường
    ) AS line (code, holds)
    WHERE p.level = '02' AND line.holds
    GROUP BY 1, 2, 3
) AS counted
JOIN school_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
WHERE c.ownership IS DISTINCT FROM '2'
GROUP BY 1, 2, 3

UNION ALL

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT k.institution_id, k.ownership, line.code, count(*) AS amount
    FROM class AS k
    CROSS JOIN LATERAL (VALUES
        ('27', true),  -- Lớp
        ('28', grade = '1'),  -- Lớp 1
        ('29', grade = '2'),  -- Lớp 2
        ('30', grade = '3'),  -- Lớp 3
        ('31', grade = '4'),  -- Lớp 4
        ('32', grade = '5'),  -- Lớp 5
        ('33', two_sessions),  -- Lớp học 2 buổi/ngày
        ('34', day_boarding AND school_kind = '01'),  -- Lớp học bán trú trong trường PTDT bán trú
        -- Lớp học trong trường chuyên biệt dành cho người khuyết tật
        ('35', school_kind IN ('18', '04')),
        ('36', is_merged)  -- Lớp ghép
    ) AS line (code, holds)
    WHERE k.level = '02' AND line.holds
    GROUP BY 1, 2, 3
) AS counted
JOIN school_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
WHERE c.ownership IS DISTINCT FROM '2'
GROUP BY 1, 2, 3
