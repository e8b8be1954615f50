"""What is wrong with rows about institutions, each rule under its official code."""

from sobo.institutions.rules import campuses, profile

__all__ = ["campuses", "profile"]
