"""What is wrong with rows about staff (NS), each rule under its official code."""

from sobo.registry.staff.models import Post
from sobo.registry.staff.rules import person, post, teaching
from sobo.specification import checks

checks.declare(Post.dataset, on="staff")

__all__ = ["person", "post", "teaching"]
