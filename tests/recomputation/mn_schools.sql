-- 01-MN-ĐN, I-II. Trường, Nhóm/lớp
-- Size thresholds count every nhóm, lớp of the school; independent groups (51–53) are no schools.

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT s.institution_id, s.ownership, line.code, count(*) AS amount
    FROM school AS s
    CROSS JOIN LATERAL (VALUES
        ('01', preschool_kind IN ('01', '02', '03')),  -- Tổng số trường
        ('02', preschool_kind = '03'),  -- Nhà trẻ
        ('03', preschool_kind = '03' AND is_lowland),  -- Trung du, đồng bằng, thành phố
        -- Trường có dưới 9 nhóm trẻ
        ('04', preschool_kind = '03' AND is_lowland AND class_count < 9),
        -- Trường có 9 nhóm trẻ trở lên
        ('05', preschool_kind = '03' AND is_lowland AND class_count >= 9),
        ('06', preschool_kind = '03' AND is_highland),  -- Miền núi, vùng sâu, hải đảo
        -- Trường có dưới 6 nhóm trẻ
        ('07', preschool_kind = '03' AND is_highland AND class_count < 6),
        -- Trường có 6 nhóm trẻ trở lên
        ('08', preschool_kind = '03' AND is_highland AND class_count >= 6),
        -- Trường có từ 5 điểm trường trở lên
        ('09', preschool_kind = '03' AND satellite_count >= 5),
        -- Trường có sử dụng máy vi tính phục vụ quản lý và giáo dục trẻ
        ('10', preschool_kind = '03' AND uses_computers),
        ('11', preschool_kind = '03' AND has_internet),  -- Trường được kết nối internet
        ('12', preschool_kind = '03' AND has_grid_power),  -- Trường có điện (lưới)
        ('13', preschool_kind = '03' AND has_clean_water),  -- Trường có nguồn nước sạch
        ('14', preschool_kind = '03' AND has_toilets),  -- Trường có công trình vệ sinh
        ('15', preschool_kind = '02'),  -- Trường mẫu giáo
        ('16', preschool_kind = '02' AND is_lowland),  -- Trung du, đồng bằng, thành phố
        -- Trường có dưới 9 nhóm trẻ
        ('17', preschool_kind = '02' AND is_lowland AND class_count < 9),
        -- Trường có 9 nhóm trẻ trở lên
        ('18', preschool_kind = '02' AND is_lowland AND class_count >= 9),
        ('19', preschool_kind = '02' AND is_highland),  -- Miền núi, vùng sâu, hải đảo
        -- Trường có dưới 6 nhóm trẻ
        ('20', preschool_kind = '02' AND is_highland AND class_count < 6),
        -- Trường có 6 nhóm trẻ trở lên
        ('21', preschool_kind = '02' AND is_highland AND class_count >= 6),
        -- Trường đạt chuẩn quốc gia mức độ 1
        ('22', preschool_kind = '02' AND national_standard = '1'),
        -- Trường đạt chuẩn quốc gia mức độ 2
        ('23', preschool_kind = '02' AND national_standard = '2'),
        -- Trường có từ 5 điểm trường trở lên
        ('24', preschool_kind = '02' AND satellite_count >= 5),
        -- Trường có sử dụng máy vi tính phục vụ quản lý và giáo dục trẻ
        ('25', preschool_kind = '02' AND uses_computers),
        ('26', preschool_kind = '02' AND has_internet),  -- Trường được kết nối internet
        ('27', preschool_kind = '02' AND has_grid_power),  -- Trường có điện (lưới)
        ('28', preschool_kind = '02' AND has_clean_water),  -- Trường có nguồn nước sạch
        ('29', preschool_kind = '02' AND has_toilets),  -- Trường có công trình vệ sinh
        -- Trường có chương trình giáo dục vệ sinh đôi tay
        ('30', preschool_kind = '02' AND teaches_hand_washing),
        -- Trường có chương trình giáo dục cơ bản về giới tính, phòng chống bạo lực, xâm hại
        ('31', preschool_kind = '02' AND teaches_safety),
        -- Trường có kế hoạch giáo dục phòng, chống thiên tai và ứng phó biến đổi khí hậu
        ('32', preschool_kind = '02' AND has_disaster_plan),
        ('33', preschool_kind = '01'),  -- Trường mầm non
        ('34', preschool_kind = '01' AND is_lowland),  -- Trung du, đồng bằng, thành phố
        -- Trường có dưới 9 nhóm trẻ
        ('35', preschool_kind = '01' AND is_lowland AND class_count < 9),
        -- Trường có 9 nhóm trẻ trở lên
        ('36', preschool_kind = '01' AND is_lowland AND class_count >= 9),
        ('37', preschool_kind = '01' AND is_highland),  -- Miền núi, vùng sâu, hải đảo
        -- Trường có dưới 6 nhóm trẻ
        ('38', preschool_kind = '01' AND is_highland AND class_count < 6),
        -- Trường có 6 nhóm trẻ trở lên
        ('39', preschool_kind = '01' AND is_highland AND class_count >= 6),
        -- Trường đạt chuẩn quốc gia mức độ 1
        ('40', preschool_kind = '01' AND national_standard = '1'),
        -- Trường đạt chuẩn quốc gia mức độ 2
        ('41', preschool_kind = '01' AND national_standard = '2'),
        -- Trường có từ 5 điểm trường trở lên
        ('42', preschool_kind = '01' AND satellite_count >= 5),
        -- Trường có sử dụng máy vi tính phục vụ quản lý và giáo dục trẻ
        ('43', preschool_kind = '01' AND uses_computers),
        ('44', preschool_kind = '01' AND has_internet),  -- Trường được kết nối internet
        ('45', preschool_kind = '01' AND has_grid_power),  -- Trường có điện (lưới)
        ('46', preschool_kind = '01' AND has_clean_water),  -- Trường có nguồn nước sạch
        ('47', preschool_kind = '01' AND has_toilets),  -- Trường có công trình vệ sinh
        -- Trường có chương trình giáo dục vệ sinh đôi tay
        ('48', preschool_kind = '01' AND teaches_hand_washing),
        -- Trường có chương trình giáo dục cơ bản về giới tính, phòng chống bạo lực, xâm hại
        ('49', preschool_kind = '01' AND teaches_safety),
        -- Trường có kế hoạch giáo dục phòng, chống thiên tai và ứng phó biến đổi khí hậu
        ('50', preschool_kind = '01' AND has_disaster_plan),
        ('51', preschool_kind = '04'),  -- Nhóm trẻ độc lập
        ('52', preschool_kind = '05'),  -- Lớp mẫu giáo độc lập
        ('53', preschool_kind = '19')  -- Nhóm trẻ, lớp mẫu giáo độc lập
    ) AS line (code, holds)
    WHERE s.level = '01' AND line.holds
    GROUP BY 1, 2, 3
) AS counted
JOIN school_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
GROUP BY 1, 2, 3

UNION ALL

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT p.institution_id, p.ownership, line.code, count(*) AS amount
    FROM satellite AS p
    CROSS JOIN LATERAL (VALUES
        ('54', true)  -- Số điểm trường
    ) AS line (code, holds)
    WHERE p.level = '01' AND line.holds
    GROUP BY 1, 2, 3
) AS counted
JOIN school_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
GROUP BY 1, 2, 3

UNION ALL

SELECT institution_id, code, c.number, sum(amount)
FROM (
    SELECT k.institution_id, k.ownership, line.code, count(*) AS amount
    FROM class AS k
    CROSS JOIN LATERAL (VALUES
        ('55', section IN ('NT', 'MG')),  -- Tổng số Nhóm/lớp
        ('56', section = 'NT'),  -- Nhóm trẻ
        ('57', section = 'NT' AND two_sessions),  -- Nhóm trẻ học 2 buổi/ngày
        ('58', section = 'NT' AND day_boarding),  -- Nhóm bán trú (được tổ chức ăn trưa)
        ('59', section = 'NT' AND included = 1),  -- Nhóm trẻ có 01 trẻ khuyết tật học hòa nhập
        ('60', section = 'NT' AND included = 2),  -- Nhóm trẻ có 02 trẻ khuyết tật học hòa nhập
        ('61', grade = '13' AND size < 15),  -- Nhóm trẻ từ 3 tháng đến 12 tháng tuổi có dưới 15 trẻ
        -- Nhóm trẻ từ 3 tháng đến 12 tháng tuổi có từ 15 trẻ trở lên
        ('62', grade = '13' AND size >= 15),
        -- Nhóm trẻ từ 13 tháng đến 24 tháng tuổi có dưới 20 trẻ
        ('63', grade = '14' AND size < 20),
        -- Nhóm trẻ từ 13 tháng đến 24 tháng tuổi có từ 20 trẻ trở lên
        ('64', grade = '14' AND size >= 20),
        -- Nhóm trẻ từ 25 tháng đến 36 tháng tuổi có dưới 25 trẻ
        ('65', grade = '15' AND size < 25),
        -- Nhóm trẻ từ 25 tháng đến 36 tháng tuổi có từ 25 trẻ trở lên
        ('66', grade = '15' AND size >= 25),
        ('67', section = 'NT' AND is_merged AND merged_ages = 2),  -- Nhóm trẻ ghép 2 độ tuổi
        ('68', section = 'NT' AND is_merged AND merged_ages = 3),  -- Nhóm trẻ ghép 3 độ tuổi
        ('69', section = 'MG'),  -- Lớp mẫu giáo
        ('70', grade = '18'),  -- Lớp mẫu giáo 5 tuổi
        ('71', section = 'MG' AND two_sessions),  -- Lớp mẫu giáo học 2 buổi/ngày
        ('72', section = 'MG' AND day_boarding),  -- Lớp bán trú (được tổ chức ăn trưa)
        ('73', section = 'MG' AND included = 1),  -- Lớp mẫu giáo có 01 trẻ khuyết tật học hòa nhập
        ('74', section = 'MG' AND included = 2),  -- Lớp mẫu giáo có 02 trẻ khuyết tật học hòa nhập
        ('75', grade = '16' AND size < 25),  -- Lớp mẫu giáo 3 tuổi đến 4 tuổi có dưới 25 trẻ
        ('76', grade = '16' AND size >= 25),  -- Lớp mẫu giáo 3 tuổi đến 4 tuổi có từ 25 trẻ trở lên
        ('77', grade = '17' AND size < 30),  -- Lớp mẫu giáo 4 tuổi đến 5 tuổi có dưới 30 trẻ
        ('78', grade = '17' AND size >= 30),  -- Lớp mẫu giáo 4 tuổi đến 5 tuổi có từ 30 trẻ trở lên
        ('79', grade = '18' AND size < 35),  -- Lớp mẫu giáo 5 tuổi đến 6 tuổi có dưới 35 trẻ
        ('80', grade = '18' AND size >= 35),  -- Lớp mẫu giáo 5 tuổi đến 6 tuổi có từ 35 trẻ trở lên
        ('81', section = 'MG' AND is_merged AND merged_ages = 2),  -- Lớp mẫu giáo ghép 2 độ tuổi
        ('82', section = 'MG' AND is_merged AND merged_ages = 3),  -- Lớp mẫu giáo ghép 3 độ tuổi
        -- beneath: nhóm trẻ có từ 03 trẻ khuyết tật học hòa nhập trở lên
        ('hoa-nhap-nhom-tre', section = 'NT' AND included >= 3),
        -- beneath: lớp mẫu giáo có từ 03 trẻ khuyết tật học hòa nhập trở lên
        ('hoa-nhap-mau-giao', section = 'MG' AND included >= 3),
        -- beneath: nhóm trẻ ghép có số độ tuổi khác 2 và 3
        ('ghep-khac-nhom-tre', section = 'NT' AND is_merged AND coalesce(merged_ages,
            0) NOT IN (2, 3)),
        -- beneath: lớp mẫu giáo ghép có số độ tuổi khác 2 và 3
        ('ghep-khac-mau-giao', section = 'MG' AND is_merged AND coalesce(merged_ages,
            0) NOT IN (2, 3))
    ) AS line (code, holds)
    WHERE k.level = '01' AND line.holds
    GROUP BY 1, 2, 3
) AS counted
JOIN school_column AS c
    ON (c.ownership IS NULL OR c.ownership = counted.ownership)
GROUP BY 1, 2, 3
