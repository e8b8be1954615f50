-- 02-TH-ĐN, III. Học sinh
-- Age by calendar year. All of row 76 are of an ethnic minority: those columns do not apply.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT e.institution_id, e.ownership, e.is_woman, e.is_minority, line.code, count(*) AS amount
    FROM learner AS e
    CROSS JOIN LATERAL (VALUES
        ('37', true),  -- Tổng quy mô
        ('38', is_lowland),  -- Trung du, đồng bằng, thành phố
        ('39', is_highland),  -- Miền núi, vùng sâu, hải đảo
        ('40', grade = '1'),  -- Học sinh lớp 1
        ('41', grade = '2'),  -- Học sinh lớp 2
        ('42', grade = '3'),  -- Học sinh lớp 3
        ('43', grade = '4'),  -- Học sinh lớp 4
        ('44', grade = '5'),  -- Học sinh lớp 5
        ('45', age < 6),  -- Dưới 6 tuổi
        ('46', age = 6),  -- 6 tuổi
        ('47', age = 7),  -- 7 tuổi
        ('48', age = 8),  -- 8 tuổi
        ('49', age = 9),  -- 9 tuổi
        ('50', age = 10),  -- 10 tuổi
        ('51', age > 10),  -- Trên 10 tuổi
        ('52', grade = '1' AND age = 6),  -- Học sinh 6 tuổi học lớp 1
        ('53', grade = '2' AND age = 7),  -- Học sinh 7 tuổi học lớp 2
        ('54', grade = '3' AND age = 8),  -- Học sinh 8 tuổi học lớp 3
        ('55', grade = '4' AND age = 9),  -- Học sinh 9 tuổi học lớp 4
        ('56', grade = '5' AND age = 10),  -- Học sinh 10 tuổi học lớp 5
        ('57', is_new_in_level),  -- Học sinh mới tuyển đầu cấp
        ('58', repeats),  -- Học sinh lưu ban năm học trước đang học lại trong năm học này
        ('59', two_sessions),  -- Học sinh học 2 buổi/ngày
        ('60', ethnic_day_boarder),  -- Học sinh dân tộc bán trú
        ('61', is_inclusive),  -- Học sinh khuyết tật học hòa nhập
        ('62', is_inclusive AND disability = '03'),  -- Khuyết tật về nhìn
        ('63', is_inclusive AND disability = '02'),  -- Khuyết tật về nghe, nói
        ('64', is_inclusive AND disability = '05'),  -- Khuyết tật về trí tuệ
        ('65', is_inclusive AND disability = '01'),  -- Khuyết tật về vận động
        ('66', is_inclusive AND disability = '04'),  -- Khuyết tật thần kinh, tâm thần
        ('67', is_in_special_education),  -- Học sinh khuyết tật học chuyên biệt
        ('68', is_in_special_education AND disability = '03'),  -- Khuyết tật về nhìn
        ('69', is_in_special_education AND disability = '02'),  -- Khuyết tật về nghe, nói
        ('70', is_in_special_education AND disability = '05'),  -- Khuyết tật về trí tuệ
        ('71', is_in_special_education AND disability = '01'),  -- Khuyết tật về vận động
        ('72', is_in_special_education AND disability = '04'),  -- Khuyết tật thần kinh, tâm thần
        ('73', learns_informatics),  -- Học sinh học tin học
        ('74', policy_group IS NOT NULL),  -- Học sinh thuộc đối tượng chính sách
        ('75', study_cost_support),  -- Học sinh được hỗ trợ chi phí học tập
        -- Học sinh dân tộc thiểu số rất ít người được hỗ trợ học tập
        ('76', very_small_group_support),
        -- Học sinh được hỗ trợ tiền ăn, tiền nhà ở và gạo
        ('77', monthly_money OR housing_support OR rice_support),
        -- beneath: học hòa nhập thuộc loại khác hoặc chưa rõ loại
        ('hoa-nhap-loai-khac', is_inclusive AND (disability IS NULL OR disability = '06')),
        -- beneath: học chuyên biệt thuộc loại khác
        ('chuyen-biet-loai-khac', is_in_special_education AND disability = '06'),
        -- beneath: không học hòa nhập, cũng không học chuyên biệt
        ('khuyet-tat-chua-ro', disability IS NOT NULL AND is_inclusive IS NOT TRUE
            AND NOT is_in_special_education),
        -- beneath: được hỗ trợ nhưng không có trong danh sách đối tượng chính sách
        ('ho-tro-ngoai-danh-sach', policy_group IS NULL AND (study_cost_support
            OR very_small_group_support OR monthly_money OR housing_support OR rice_support))
    ) AS line (code, holds)
    WHERE e.level = '02' AND line.holds
    GROUP BY 1, 2, 3, 4, 5
) AS counted
JOIN learner_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
    AND (NOT c.women OR is_woman) AND (NOT c.minorities OR is_minority)
WHERE c.ownership IS DISTINCT FROM '2'
    AND NOT (code = '76' AND c.minorities)
GROUP BY 1, 2, 3
