"""Signing in, and showing again that it is oneself before what cannot be undone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import connection
from django.utils.translation import gettext_lazy as _

from sobo.accounts import sessions
from sobo.kernel.actor import Actor


class SignIn(forms.Form):
    """User name and password; `account_id` is set once both are right."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Nhập tên đăng nhập đơn vị đã cấp cho bạn.")},
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Nhập mật khẩu.")},
    )
    account_id: int | None = None

    def clean(self) -> dict[str, Any]:
        """One answer for an unknown name, a wrong password and a closed account."""
        given = self.cleaned_data
        if "username" in given and "password" in given:
            self.account_id = sessions.account_for(given["username"].strip(), given["password"])
            if self.account_id is None:
                raise forms.ValidationError(
                    _(
                        "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ "
                        "tiếng Việt; nếu vẫn không vào được, nhờ đơn vị cấp tài khoản đặt lại "
                        "mật khẩu."
                    )
                )
        return given


class PasswordAgain(forms.Form):
    """The password of the one at work, asked again before a signature."""

    password = forms.CharField(
        label=_("Mật khẩu của bạn"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Hỏi lại để chắc rằng chính bạn đang ký."),
        error_messages={"required": _("Nhập mật khẩu để xác nhận là bạn.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, by: Actor) -> None:
        super().__init__(data)
        self.by = by

    def clean_password(self) -> str:
        """Refuse any password but that of `by`, who is signed in and in scope."""
        password: str = self.cleaned_data["password"]
        if sessions.account_for(_username(self.by), password) != self.by.account_id:
            raise forms.ValidationError(_("Mật khẩu không đúng; chưa có gì được ký."))
        return password


def _username(actor: Actor) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT username FROM accounts_account WHERE id = %s", [actor.account_id])
        username: str = cursor.fetchone()[0]
    return username
