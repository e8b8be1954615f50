-- 01-MN-ĐN, III. Trẻ em
-- Nursery children by completed months, kindergarten children by calendar year. All of row 120 are
-- of an ethnic minority: those columns do not apply.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT e.institution_id, e.ownership, e.is_woman, e.is_minority, line.code, count(*) AS amount
    FROM learner AS e
    CROSS JOIN LATERAL (VALUES
        ('83', section IN ('NT', 'MG')),  -- Quy mô trẻ
        ('84', section = 'NT'),  -- Trẻ em nhà trẻ
        ('85', section = 'NT' AND is_lowland),  -- Trung du, đồng bằng, thành phố
        ('86', section = 'NT' AND is_highland),  -- Miền núi, vùng sâu, hải đảo
        ('87', section = 'NT' AND two_sessions),  -- Học 2 buổi/ngày
        ('88', section = 'NT' AND day_boarder),  -- Bán trú (có tổ chức ăn trưa)
        ('89', section = 'NT' AND is_inclusive),  -- Khuyết tật học hòa nhập
        ('90', section = 'MG'),  -- Trẻ em mẫu giáo
        ('91', section = 'MG' AND is_lowland),  -- Trung du, đồng bằng, thành phố
        ('92', section = 'MG' AND is_highland),  -- Miền núi, vùng sâu, hải đảo
        ('93', section = 'MG' AND two_sessions),  -- Học 2 buổi/ngày
        ('94', section = 'MG' AND day_boarder),  -- Bán trú (có tổ chức ăn trưa)
        ('95', section = 'MG' AND is_inclusive),  -- Khuyết tật học hòa nhập
        ('96', section = 'NT'),  -- Trẻ em nhà trẻ
        ('97', section = 'NT' AND months BETWEEN 3 AND 12),  -- Trẻ từ 3 đến 12 tháng
        ('98', section = 'NT' AND months BETWEEN 13 AND 24),  -- Trẻ từ 13 đến 24 tháng
        ('99', section = 'NT' AND months BETWEEN 25 AND 36),  -- Trẻ từ 25 đến 36 tháng
        ('100', section = 'NT' AND months > 36),  -- Trẻ trên 36 tháng
        ('101', section = 'MG'),  -- Trẻ em mẫu giáo
        ('102', section = 'MG' AND age < 3),  -- Trẻ dưới 3 tuổi
        ('103', section = 'MG' AND age = 3),  -- Trẻ từ 3 đến 4 tuổi
        ('104', section = 'MG' AND age = 4),  -- Trẻ từ 4 đến 5 tuổi
        ('105', section = 'MG' AND age = 5),  -- Trẻ từ 5 đến 6 tuổi
        ('106', section = 'MG' AND age >= 6),  -- Trẻ trên 6 tuổi
        -- Trẻ em nhà trẻ được kiểm tra sức khỏe và đánh giá tình trạng dinh dưỡng
        ('107', section = 'NT' AND is_checked),
        -- Trẻ suy dinh dưỡng thể nhẹ cân
        ('108', section = 'NT' AND is_checked AND is_underweight),
        ('109', section = 'NT' AND is_checked AND is_stunted),  -- Trẻ suy dinh dưỡng thể thấp còi
        ('110', section = 'NT' AND is_checked AND is_wasted),  -- Trẻ suy dinh dưỡng thể còi cọc
        ('111', section = 'NT' AND is_checked AND is_overweight),  -- Trẻ thừa cân, béo phì
        -- Trẻ em mẫu giáo được kiểm tra sức khỏe và đánh giá tình trạng dinh dưỡng
        ('112', section = 'MG' AND is_checked),
        -- Trẻ suy dinh dưỡng thể nhẹ cân
        ('113', section = 'MG' AND is_checked AND is_underweight),
        ('114', section = 'MG' AND is_checked AND is_stunted),  -- Trẻ suy dinh dưỡng thể thấp còi
        ('115', section = 'MG' AND is_checked AND is_wasted),  -- Trẻ suy dinh dưỡng thể còi cọc
        ('116', section = 'MG' AND is_checked AND is_overweight),  -- Trẻ thừa cân, béo phì
        ('117', section = 'MG' AND fee_exempt),  -- Trẻ em mẫu giáo được miễn học phí
        ('118', section = 'MG' AND fee_reduced),  -- Trẻ em mẫu giáo được giảm học phí
        -- Trẻ em mẫu giáo được hỗ trợ chi phí học tập
        ('119', section = 'MG' AND study_cost_support),
        -- Trẻ em dân tộc thiểu số rất ít người được hỗ trợ học tập
        ('120', very_small_group_support),
        -- Trẻ em 5 tuổi học mẫu giáo được hỗ trợ ăn trưa
        ('121', section = 'MG' AND age = 5 AND lunch_support),
        -- Trẻ em 3-4 tuổi học mẫu giáo được hỗ trợ ăn trưa
        ('122', section = 'MG' AND age IN (3, 4) AND lunch_support),
        -- beneath: trẻ nhà trẻ dưới 3 tháng, hoặc chưa rõ ngày sinh
        ('thang-tuoi-khac', section = 'NT' AND (months < 3 OR months IS NULL))
    ) AS line (code, holds)
    WHERE e.level = '01' AND line.holds
    GROUP BY 1, 2, 3, 4, 5
) AS counted
JOIN learner_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (NOT c.women OR is_woman) AND (NOT c.minorities OR is_minority)
WHERE NOT (code = '120' AND c.minorities)
GROUP BY 1, 2, 3
