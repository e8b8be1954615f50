"""Text columns turned into typed ones, a million rows at a time.

Each function takes a String expression and returns `Parsed`: what the text means, what is wrong
where it means nothing, and what had to be mended where it only nearly did.  An empty cell is
null in all three.  Nothing is guessed that cannot be proved: what is ambiguous is a problem.
"""

from sobo.intake.reading.values.choices import codes, yes_or_no
from sobo.intake.reading.values.days import days, partial_days
from sobo.intake.reading.values.identifiers import personal_numbers, phones
from sobo.intake.reading.values.numbers import decimals, whole_numbers
from sobo.intake.reading.values.parsed import PROBLEMS, REPAIRS, Parsed, Wording
from sobo.intake.reading.values.texts import names, texts

__all__ = [
    "PROBLEMS",
    "REPAIRS",
    "Parsed",
    "Wording",
    "codes",
    "days",
    "decimals",
    "names",
    "partial_days",
    "personal_numbers",
    "phones",
    "texts",
    "whole_numbers",
    "yes_or_no",
]
