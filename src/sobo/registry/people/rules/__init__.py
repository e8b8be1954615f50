"""What is wrong with rows about persons and their families, each rule under its official code."""

from sobo.registry.people.rules import guardians, persons

__all__ = ["guardians", "persons"]
