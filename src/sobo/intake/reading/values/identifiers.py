"""Numbers that name somebody: personal numbers and telephone numbers."""

from __future__ import annotations

import polars as pl

from sobo.intake.reading.values.numbers import EXPONENT
from sobo.intake.reading.values.parsed import Parsed, first_of, trimmed
from sobo.kernel import personal_number

# Ha Noi's numbers begin with 001, so two zeros can be lost; nobody's begins with 000.
LOST_ZEROS = r"^[1-9][0-9]{9,10}$"
OLD_IDENTITY_CARD = r"^[0-9]{9}$"
SEPARATORS = r"[\s.\-'’()]"

COUNTRY_PREFIX = r"^(?:\+84|0084|84)0?([1-9][0-9]{8,9})$"
NATIONAL_PHONE = r"^0[1-9][0-9]{8,9}$"
PHONE_WITHOUT_ZERO = r"^[1-9][0-9]{8}$"
SEVERAL_PHONES = r"[0-9]{8,}\s*[,;/\n&–-]+\s*\+?[0-9]"


def personal_numbers(
    column: pl.Expr, *, sexes: pl.Expr | None = None, birth_years: pl.Expr | None = None
) -> Parsed:
    """Read personal numbers (String of 12 digits).

    Lost leading zeros are restored only where the number then agrees with `sexes` (codes of the
    list SEX) and `birth_years`, whichever are given and known, and with one of them at least.
    Problems: TA-0241 not 12 digits, TA-0242 zeros perhaps lost, TA-0243 an old identity card,
    TA-0214 digits lost.  Repair: TA-0301.
    """
    text = trimmed(column)
    digits = text.str.replace_all(SEPARATORS, "")
    padded = pl.when(digits.str.contains(LOST_ZEROS)).then(digits.str.zfill(12))
    restored = pl.when(_agrees(padded, sexes, birth_years)).then(padded)
    whole = pl.when(personal_number.is_well_formed(digits)).then(digits)
    value = pl.coalesce(whole, restored)
    problem = first_of(
        {
            "TA-0214": text.str.contains(EXPONENT),
            "TA-0242": padded.is_not_null() & restored.is_null(),
            "TA-0243": digits.str.contains(OLD_IDENTITY_CARD),
            "TA-0241": value.is_null() & text.is_not_null(),
        }
    )
    return Parsed(value, problem, first_of({"TA-0301": restored.is_not_null()}))


def _agrees(numbers: pl.Expr, sexes: pl.Expr | None, birth_years: pl.Expr | None) -> pl.Expr:
    """Whether a number agrees with all that is known about its holder, and something is known."""
    witnesses = []
    if sexes is not None:
        witnesses.append(personal_number.agrees_with_sex(numbers, sexes))
    if birth_years is not None:
        witnesses.append(personal_number.agrees_with_birth_year(numbers, birth_years))
    if not witnesses:
        return pl.lit(False)
    nobody_objects = pl.all_horizontal(witness.fill_null(True) for witness in witnesses)
    somebody_agrees = pl.any_horizontal(witness.fill_null(False) for witness in witnesses)
    return nobody_objects & somebody_agrees


def phones(column: pl.Expr) -> Parsed:
    """Read telephone numbers (String, national form with its leading zero).

    Problems: TA-0251 unreadable, TA-0252 several numbers, TA-0214 digits lost.
    Repair: TA-0302 a leading zero restored.
    """
    text = trimmed(column)
    digits = text.str.replace_all(SEPARATORS, "")
    from_abroad = digits.str.replace(COUNTRY_PREFIX, "0${1}")
    shortened = digits.str.contains(PHONE_WITHOUT_ZERO)
    plain = pl.when(shortened).then(pl.concat_str(pl.lit("0"), digits)).otherwise(from_abroad)
    several = text.str.contains(SEVERAL_PHONES)
    value = pl.when(plain.str.contains(NATIONAL_PHONE) & ~several).then(plain)
    problem = first_of(
        {
            "TA-0214": text.str.contains(EXPONENT),
            "TA-0252": several,
            "TA-0251": value.is_null() & text.is_not_null(),
        }
    )
    return Parsed(value, problem, first_of({"TA-0302": shortened & value.is_not_null()}))
