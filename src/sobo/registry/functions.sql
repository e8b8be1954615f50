-- The two questions behind the list of a class, asked more often than all others together. Inside a
-- function their plans are made once a connection and not once a request: planning under the
-- policies costs as much as the reading itself (docs/performance.md). They run with the rights of
-- whoever asks, so that row-level security answers as it does everywhere.
-- A function whose columns change cannot be replaced, only made anew.
DROP FUNCTION IF EXISTS class_heading(uuid, bigint);
CREATE FUNCTION class_heading(wanted uuid, school bigint) RETURNS TABLE (
    id bigint, institution_id bigint, record_id uuid, version integer, code varchar, name varchar,
    grade varchar, school_year integer, two_sessions boolean, day_boarding boolean,
    is_merged boolean, teacher varchar, teacher_record uuid
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT k.id, k.institution_id, k.record_id, k.version, k.code, k.name, k.grade, k.school_year,
           k.two_sessions, k.day_boarding, k.is_merged, t.full_name, t.record_id
    FROM classes_schoolclass k
    LEFT JOIN people_person t ON t.code = k.form_teacher_code
    WHERE k.record_id = wanted AND k.institution_id = school AND k.event <> 'CANCEL';
END $$;

-- The learners of a class in Vietnamese order of names; the look at them is journalled with it.
DROP FUNCTION IF EXISTS class_opened(bigint, bigint);
CREATE FUNCTION class_opened(school bigint, class bigint) RETURNS TABLE (
    record_id text, code varchar, full_name varchar, sex varchar, birth varchar,
    has_number boolean, status varchar, two_sessions boolean, day_boarder boolean, entered_on date,
    phone varchar
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    seen bigint[] := ARRAY(
        SELECT e.person_id FROM learners_enrolment e
        WHERE e.institution_id = school AND e.school_class_id = class AND e.event <> 'CANCEL'
        ORDER BY e.person_id
    );
BEGIN
    PERFORM journal_look('registry.class', school, seen);
    RETURN QUERY
    SELECT p.record_id::text, p.code, p.full_name, p.sex, p.birth, p.personal_number IS NOT NULL,
           e.status, e.two_sessions, e.day_boarder, e.entered_on, e.phone
    FROM learners_enrolment e
    JOIN people_person p ON p.id = e.person_id
    WHERE e.institution_id = school AND e.school_class_id = class AND e.event <> 'CANCEL'
    ORDER BY p.sort_key, p.id;
END $$;

GRANT EXECUTE ON FUNCTION class_heading(uuid, bigint), class_opened(bigint, bigint)
TO sobo_narrow, sobo_wide, sobo_national;
