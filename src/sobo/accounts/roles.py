"""Roles and what each may do: one table (TT 42/2021 Đ9, Đ15.5c). Where is a matter of scope."""

from dataclasses import dataclass

from sobo.kernel.actor import Actor

ENTER_DATA = "registry:record:change"
SEE_PERSONS = "registry:person:look"
COMPLETE_RETURN = "reporting:return:complete"
SIGN_RETURN = "reporting:return:sign"
REVIEW_RETURN = "reporting:return:review"
APPROVE_RETURN = "reporting:return:approve"
ACCEPT_RETURN = "reporting:return:accept"
SET_DEADLINES = "reporting:deadline:set"
SEE_RETURNS = "reporting:return:look"
SEE_FIGURES = "statistics:figure:look"


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role, by the words its people use for it."""

    code: str
    name: str
    name_en: str
    permissions: frozenset[str]


ROLES = {
    role.code: role
    for role in (
        Role(
            code="clerk",
            name="Văn thư",
            name_en="School clerk",
            permissions=frozenset({ENTER_DATA, SEE_PERSONS, COMPLETE_RETURN, SEE_RETURNS}),
        ),
        Role(
            code="head",
            name="Hiệu trưởng",
            name_en="Head",
            permissions=frozenset({SEE_PERSONS, SIGN_RETURN, SEE_RETURNS, SEE_FIGURES}),
        ),
        Role(
            code="reviewer",
            name="Cán bộ thẩm định",
            name_en="Reviewer",
            permissions=frozenset({SEE_PERSONS, REVIEW_RETURN, SEE_RETURNS, SEE_FIGURES}),
        ),
        Role(
            code="approver",
            name="Lãnh đạo Sở duyệt",
            name_en="Approver of the department",
            permissions=frozenset(
                {SEE_PERSONS, APPROVE_RETURN, SET_DEADLINES, SEE_RETURNS, SEE_FIGURES}
            ),
        ),
        Role(
            code="ministry",
            name="Bộ Giáo dục và Đào tạo",
            name_en="Ministry",
            permissions=frozenset({ACCEPT_RETURN, SEE_RETURNS, SEE_FIGURES}),
        ),
        Role(
            code="loader",
            name="Người nạp dữ liệu của Sở",
            name_en="Department's data loader",
            permissions=frozenset({ENTER_DATA}),
        ),
        Role(code="outsider", name="Người ngoài", name_en="Outsider", permissions=frozenset()),
    )
}


def may(actor: Actor, permission: str) -> bool:
    """Whether the actor's role holds a permission."""
    role = ROLES.get(actor.role)
    return role is not None and permission in role.permissions
