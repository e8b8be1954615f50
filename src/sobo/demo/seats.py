"""Whose step a school's return waits for: the user names of the demo, made from the school."""

from sobo.demo.plans import SchoolPlan
from sobo.institutions.reference import commune_names
from sobo.kernel.vietnamese import search_key

MINISTRY_OFFICER = "bo"
APPROVERS = {"14": "duyet.son-la", "79": "duyet.hcm"}
"""The approver of each province of the written schools."""


def clerk(plan: SchoolPlan) -> str:
    """Who completes the school's returns."""
    return f"vanthu.{plan.key}"


def head(plan: SchoolPlan) -> str:
    """Who signs them."""
    return f"hieutruong.{plan.key}"


def reviewer(plan: SchoolPlan) -> str:
    """Who vets them for the commune."""
    return f"thamdinh.{search_key(commune_names()[plan.commune]).replace(' ', '-')}"


def approver(plan: SchoolPlan) -> str:
    """Who decides on them at the Sở."""
    return APPROVERS[plan.province]


def ministry(_plan: SchoolPlan) -> str:
    """Who takes them into the nation's figure."""
    return MINISTRY_OFFICER
