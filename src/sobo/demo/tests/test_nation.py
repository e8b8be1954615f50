"""The nation that is drawn: whole, the same each time, and of the true shape."""

import hashlib
import os
import subprocess
import sys

import polars as pl
import pytest

from sobo.demo.calendar import REFERENCE_ON
from sobo.demo.invented import first_plans
from sobo.demo.nation import Batch, nation
from sobo.demo.plans import LEVEL_OF_GRADE, written_plans
from sobo.kernel import personal_number
from sobo.kernel.partial_date import year_of
from sobo.registry.learners.models import LEFT, MOVED_AWAY, PRESENT
from sobo.registry.staff.models import TEACHER
from sobo.specification.fields import Level

FEW = 12
PRINT_DIGEST = (
    "import django; django.setup();"
    "from sobo.demo.tests.test_nation import digest;"
    f"print(digest({FEW}))"
)


def digest(institutions: int) -> str:
    """What the first institutions are, in one word."""
    seen = hashlib.sha256()
    territory, batches = nation(institutions=institutions)
    frames = [territory.units, territory.unit_parents]
    frames += [frame for batch in batches for frame in batch.frames().values()]
    for frame in frames:
        flat = frame.with_columns(
            pl.col(name).list.join("|") for name, kind in frame.schema.items() if kind == pl.List
        )
        seen.update(flat.write_csv().encode())
    return seen.hexdigest()


def test_the_same_nation_comes_out_of_another_process_with_another_hash_seed() -> None:
    elsewhere = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == digest(FEW)


def test_sixty_institutions_of_two_provinces_about_25_000_learners(batch: Batch) -> None:
    assert batch.institutions.height == 60
    assert set(batch.institutions["province_code"]) == {"79", "14"}
    assert 24_000 <= batch.enrolments.height <= 26_000


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("preschool_kind", {"01", "02", "03", "04", "05", "19"}),
        ("ownership", {"1", "2", "3"}),
        ("kind", {"01", "02", "03", "07", "09", "13", "18"}),
        ("region", {"02", "03", "04", "05", "06"}),
    ],
)
def test_every_kind_of_institution_is_there(batch: Batch, column: str, values: set[str]) -> None:
    assert set(batch.institutions[column].drop_nulls()) == values


def test_schools_of_several_levels_are_there(batch: Batch) -> None:
    levels = {tuple(levels) for levels in batch.institutions["levels"]}
    assert {("02", "03"), ("03", "04"), ("02", "03", "04")} <= levels


@pytest.mark.parametrize(
    ("level", "national_share"),
    [
        (Level.PRESCHOOL, 0.208),
        (Level.PRIMARY, 0.382),
        (Level.LOWER_SECONDARY, 0.281),
        (Level.UPPER_SECONDARY, 0.129),
    ],
)
@pytest.mark.parametrize("institutions", [60, 3000])
def test_levels_have_their_national_shares(
    level: Level, national_share: float, institutions: int
) -> None:
    learners = dict.fromkeys(LEVEL_OF_GRADE.values(), 0)
    for plan in first_plans(institutions):
        for planned in plan.grades:
            learners[LEVEL_OF_GRADE[planned.grade]] += planned.classes * planned.size
    assert learners[level] / sum(learners.values()) == pytest.approx(national_share, abs=0.025)


@pytest.mark.parametrize(
    ("frame", "column", "referred"),
    [
        ("managements", "institution_id", "institutions"),
        ("campuses", "institution_id", "institutions"),
        ("classes", "campus_id", "campuses"),
        ("enrolments", "person_id", "persons"),
        ("enrolments", "school_class_id", "classes"),
        ("guardians", "person_id", "persons"),
        ("health_checks", "person_id", "persons"),
        ("policy_support", "person_id", "persons"),
        ("posts", "person_id", "persons"),
        ("rooms", "campus_id", "campuses"),
    ],
)
def test_nothing_refers_to_what_is_not_there(
    batch: Batch, frame: str, column: str, referred: str
) -> None:
    used = set(batch.frames()[frame][column].drop_nulls())
    assert used
    assert used <= set(batch.frames()[referred]["id"])


def test_learners_sit_in_classes_of_their_own_school(batch: Batch) -> None:
    classes = batch.classes.select(
        pl.col("id").alias("school_class_id"), pl.col("institution_id").alias("school")
    )
    joined = batch.enrolments.join(classes, on="school_class_id")
    assert (joined["institution_id"] == joined["school"]).all()


def test_personal_numbers_tell_sex_and_year_and_belong_to_one_person(batch: Batch) -> None:
    number, persons = pl.col("personal_number"), batch.persons
    numbered = persons.filter(number.is_not_null())
    agreement = numbered.select(
        personal_number.is_well_formed(number).alias("form"),
        personal_number.agrees_with_sex(number, pl.col("sex")).alias("sex"),
        personal_number.agrees_with_birth_year(number, year_of(pl.col("birth"))).alias("year"),
    )
    assert agreement.select(pl.all().all()).row(0) == (True, True, True)
    parents = batch.guardians["personal_number"].drop_nulls()
    assert pl.concat([numbered["personal_number"], parents]).is_unique().all()


def test_a_few_per_cent_have_no_number(batch: Batch) -> None:
    assert 0.01 < batch.persons["personal_number"].null_count() / batch.persons.height < 0.05


def test_codes_are_ten_digits_of_the_province_and_unique(batch: Batch) -> None:
    provinces = batch.institutions.select(pl.col("id").alias("institution_id"), "province_code")
    persons = batch.persons.join(provinces, on="institution_id")
    assert persons["code"].str.contains(r"^\d{10}$").all()
    assert (persons["code"].str.slice(0, 2) == persons["province_code"]).all()
    assert persons["code"].is_unique().all()


def test_school_codes_are_province_commune_and_number(batch: Batch) -> None:
    place = pl.concat_str("province_code", "commune_code")
    schools = batch.institutions.select("code", place=place)
    assert (schools["code"].str.slice(0, 7) == schools["place"]).all()
    assert schools["code"].is_unique().all()


def learners(batch: Batch) -> pl.DataFrame:
    """Learners with their person, class and school."""
    persons = batch.persons.drop("institution_id").rename({"id": "person_id", "code": "person"})
    schools = batch.institutions.select(
        pl.col("id").alias("institution_id"), "province_code", "region", "main_level"
    )
    return batch.enrolments.join(persons, on="person_id").join(schools, on="institution_id")


def test_more_boys_than_girls_are_born_and_more_girls_stay(batch: Batch) -> None:
    boys = learners(batch).group_by("grade").agg(share=(pl.col("sex") == "1").mean())
    share = dict(boys.iter_rows())
    primary = sum(share[grade] for grade in "12345") / 5
    upper = sum(share[grade] for grade in ("10", "11", "12")) / 3
    assert 0.505 < primary < 0.54
    assert upper < primary


def test_peoples_live_where_they_live(batch: Batch) -> None:
    kinh = (
        learners(batch).group_by("province_code").agg(share=(pl.col("ethnic_group") == "01").mean())
    )
    share = dict(kinh.iter_rows())
    assert share["79"] > 0.85
    assert share["14"] < 0.4
    assert {"03", "08", "29", "39"} <= set(batch.persons["ethnic_group"])


def test_city_classes_are_large_and_mountain_classes_small(batch: Batch) -> None:
    primary = learners(batch).filter(pl.col("grade").is_in(list("12345")))
    sizes = primary.group_by("province_code", "school_class_id").len()
    mean = dict(sizes.group_by("province_code").agg(pl.col("len").mean()).iter_rows())
    assert mean["79"] > 33
    assert mean["14"] < 31
    assert max(sizes["len"].to_list()) > 40


def test_merged_classes_name_each_other_at_one_satellite(batch: Batch) -> None:
    merged = batch.classes.filter("is_merged")
    partners = merged.select(
        "institution_id", merged_with="code", back="merged_with", other="campus_id"
    )
    pairs = merged.join(partners, on=["institution_id", "merged_with"])
    assert pairs.height == merged.height > 0
    assert (pairs["back"] == pairs["code"]).all()
    assert (pairs["other"] == pairs["campus_id"]).all()


def test_some_learn_late_repeat_or_live_with_a_disability(batch: Batch) -> None:
    general = learners(batch).filter(pl.col("grade").cast(pl.Int32) <= 12)
    late = REFERENCE_ON.year - year_of(pl.col("birth")) - pl.col("grade").cast(pl.Int32) - 5
    shares = general.select(
        late=(late > 0).mean(),
        repeats=pl.col("repeats").mean(),
        inclusive=pl.col("is_inclusive").mean(),
    ).row(0, named=True)
    assert 0.01 < shares["late"] < 0.06
    assert 0.002 < shares["repeats"] < 0.02
    assert 0.005 < shares["inclusive"] < 0.015


@pytest.mark.parametrize(
    ("statuses", "column"), [(LEFT, "leaving_reason"), (MOVED_AWAY, "moved_to")]
)
def test_who_left_says_why_and_who_moved_where(
    batch: Batch, statuses: tuple[str, ...], column: str
) -> None:
    gone = batch.enrolments.filter(pl.col("status").is_in(statuses))
    others = batch.enrolments.filter(~pl.col("status").is_in(statuses))
    assert gone.height > 20
    assert gone[column].null_count() == 0
    assert others[column].null_count() == others.height


def test_nearly_all_are_at_school(batch: Batch) -> None:
    present = batch.enrolments["status"].is_in(PRESENT).mean()
    assert isinstance(present, float)
    assert 0.97 < present < 0.995


def test_every_institution_has_one_head_who_stands_in_its_profile(batch: Batch) -> None:
    heads = batch.posts.filter(pl.col("position") == "01").join(
        batch.persons.select(pl.col("id").alias("person_id"), "full_name"), on="person_id"
    )
    profiles = batch.institutions.select(pl.col("id").alias("institution_id"), "head_name")
    joined = profiles.join(heads, on="institution_id")
    assert joined.height == 60
    assert (joined["head_name"] == joined["full_name"]).all()


def test_teachers_stand_near_the_norms_and_lead_every_class(batch: Batch) -> None:
    teachers = batch.posts.filter(pl.col("group") == TEACHER)
    assert 1.4 < teachers.height / batch.classes.height < 2.1
    assert batch.classes["form_teacher_code"].null_count() == 0
    assert set(batch.classes["form_teacher_code"]) <= set(batch.persons["code"])


def test_mountain_children_are_shorter_and_more_often_poor(batch: Batch) -> None:
    schools = batch.institutions.select(
        pl.col("id").alias("institution_id"), hilly=pl.col("region").is_in(["04", "06"])
    )
    stunted = batch.health_checks.join(schools, on="institution_id").group_by("hilly")
    poor = batch.policy_support.join(schools, on="institution_id").group_by("hilly")
    share = dict(stunted.agg(pl.col("is_stunted").mean()).iter_rows())
    count = dict(poor.agg(pl.col("is_poor").sum()).iter_rows())
    assert share[True] > 3 * share[False] > 0
    assert count[True] > 5 * count[False] > 0


def test_the_nation_grows_to_all_provinces_without_growing_in_memory() -> None:
    plans = list(first_plans(4_000))
    assert len({plan.province for plan in plans}) == 34
    territory, batches = nation(institutions=120)
    first = next(batches)
    assert first.institutions.height < 120
    assert first.enrolments.height < 40_000
    assert territory.units.height > 300
    assert first.institutions["code"].is_unique().all()


def test_keys_of_the_written_schools_are_unique() -> None:
    keys = [plan.key for plan in written_plans()]
    assert len(set(keys)) == len(keys) == 60
