"""What is wrong with rows about classes (LO), each rule under its official code."""

from sobo.registry.classes.models import SchoolClass
from sobo.registry.classes.rules import identity, merging, people, programme
from sobo.specification import checks

checks.declare(SchoolClass.dataset, on="classes")

__all__ = ["identity", "merging", "people", "programme"]
