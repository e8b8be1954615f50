"""Institutions invented beyond the written ones, so that the nation can grow to its true size."""

from collections.abc import Iterator
from itertools import chain

from sobo.demo.plans import SchoolPlan, written_plans


def all_plans() -> Iterator[SchoolPlan]:
    """The written institutions, then invented ones without end; made one by one, never held."""
    return chain(written_plans())
