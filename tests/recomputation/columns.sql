-- The columns of the sheets. Those of 02-TH-ĐN are the first ones of 01-MN-ĐN: it has no dân lập.
-- Ownership: 1 công lập, 3 tư thục, 2 dân lập; none: toàn bộ.

CREATE TEMP TABLE school_column (number, ownership) AS VALUES
    (1, NULL),  -- Tổng số
    (2, '1'),   -- Công lập
    (3, '3'),   -- Tư thục
    (4, '2');   -- Dân lập

CREATE TEMP TABLE learner_column (number, ownership, women, minorities) AS VALUES
    (1, NULL, false, false),  -- Toàn bộ › Tổng số
    (2, NULL, true, false),   -- Toàn bộ › Nữ
    (3, NULL, false, true),   -- Toàn bộ › Dân tộc thiểu số › Tổng số
    (4, NULL, true, true),    -- Toàn bộ › Dân tộc thiểu số › Nữ
    (5, '1', false, false),   -- Công lập › Tổng số
    (6, '1', true, false),    -- Công lập › Nữ
    (7, '1', false, true),    -- Công lập › Dân tộc thiểu số › Tổng số
    (8, '1', true, true),     -- Công lập › Dân tộc thiểu số › Nữ
    (9, '3', false, false),   -- Tư thục › Tổng số
    (10, '3', true, false),   -- Tư thục › Nữ
    (11, '3', false, true),   -- Tư thục › Dân tộc thiểu số › Tổng số
    (12, '3', true, true),    -- Tư thục › Dân tộc thiểu số › Nữ
    (13, '2', false, false),  -- Dân lập › Tổng số
    (14, '2', true, false),   -- Dân lập › Nữ
    (15, '2', false, true),   -- Dân lập › Dân tộc thiểu số › Tổng số
    (16, '2', true, true);    -- Dân lập › Dân tộc thiểu số › Nữ

CREATE TEMP TABLE staff_column (number, ownership, contracts, women, minorities) AS VALUES
    (1, NULL, NULL::text[], false, false),        -- Toàn bộ › Tổng số
    (2, NULL, NULL, true, false),                 -- Toàn bộ › Nữ
    (3, NULL, NULL, false, true),                 -- Toàn bộ › Dân tộc thiểu số › Tổng số
    (4, NULL, NULL, true, true),                  -- Toàn bộ › Dân tộc thiểu số › Nữ
    (5, '1', NULL, false, false),                 -- Công lập › Tổng số
    (6, '1', '{1}', false, false),       -- Công lập › Viên chức › HĐLV không xác định thời hạn
    (7, '1', '{7}', false, false),       -- Công lập › Viên chức › HĐLV xác định thời hạn
    (8, '1', '{2, 3, 4}', false, false), -- Công lập › Hợp đồng lao động
    (9, '1', NULL, true, false),                  -- Công lập › Nữ
    (10, '1', NULL, false, true),                 -- Công lập › Dân tộc thiểu số › Tổng số
    (11, '1', NULL, true, true),                  -- Công lập › Dân tộc thiểu số › Nữ
    (12, '3', NULL, false, false),                -- Tư thục › Tổng số
    (13, '3', NULL, true, false),                 -- Tư thục › Nữ
    (14, '3', NULL, false, true),                 -- Tư thục › Dân tộc thiểu số › Tổng số
    (15, '3', NULL, true, true),                  -- Tư thục › Dân tộc thiểu số › Nữ
    (16, '2', NULL, false, false),                -- Dân lập › Tổng số
    (17, '2', NULL, true, false),                 -- Dân lập › Nữ
    (18, '2', NULL, false, true),                 -- Dân lập › Dân tộc thiểu số › Tổng số
    (19, '2', NULL, true, true);                  -- Dân lập › Dân tộc thiểu số › Nữ

CREATE TEMP TABLE room_column (number, ownership, build_grade) AS VALUES
    (1, NULL, NULL), (2, NULL, 'KC'), (3, NULL, 'BKC'), (4, NULL, 'T'),  -- Toàn bộ › Tổng số, …
    (5, '1', NULL), (6, '1', 'KC'), (7, '1', 'BKC'), (8, '1', 'T'),      -- Công lập
    (9, '3', NULL), (10, '3', 'KC'), (11, '3', 'BKC'), (12, '3', 'T'),   -- Tư thục
    (13, '2', NULL), (14, '2', 'KC'), (15, '2', 'BKC'), (16, '2', 'T');  -- Dân lập
