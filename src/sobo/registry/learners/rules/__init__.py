"""What is wrong with rows about learners: HS, SK, CS, each rule under its official code."""

from sobo.registry.learners.models import Enrolment, HealthCheck, PolicySupport
from sobo.registry.learners.rules import (
    age,
    health,
    likeness,
    placement,
    schooling,
    status,
    support,
)
from sobo.specification import checks

checks.declare(Enrolment.dataset, HealthCheck.dataset, PolicySupport.dataset, on="learners")

__all__ = ["age", "health", "likeness", "placement", "schooling", "status", "support"]
