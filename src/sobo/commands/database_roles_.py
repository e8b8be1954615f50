"""`./sobo database-roles`: the SQL for an administrator, where the owner may not create roles."""

from collections.abc import Sequence

from sobo.database import role_statements


def run(arguments: Sequence[str]) -> int:
    """Print the statements. Returns the exit code."""
    print(role_statements())
    return 0
