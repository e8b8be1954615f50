"""Templates speak the language of the request, and what never changes is written into them."""

from typing import cast

import pytest
from django.template import engines
from django.utils import translation

from sobo.portal.engine import InEachLanguage
from sobo.portal.tests.rendering import environment

ENGINE = cast(InEachLanguage, engines.all()[0])
SOURCE = '{{ _("Đăng nhập") }} {{ _("Danh sách lớp %(name)s", name=name) }}'


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Đăng nhập Danh sách lớp 1A"), ("en", "Sign in List of class 1A")]
)
def test_each_language_has_templates_of_its_own(language: str, said: str) -> None:
    with translation.override(language):
        assert ENGINE.from_string(SOURCE).render({"name": "1A"}) == said


def test_a_template_is_compiled_once_for_each_language() -> None:
    compiled: dict[str, set[int]] = {"vi": set(), "en": set()}
    for language in ("vi", "en", "vi", "en"):
        with translation.override(language):
            compiled[language].add(id(ENGINE.get_template("portal/bar.html").template))
    assert [len(each) for each in compiled.values()] == [1, 1]
    assert compiled["vi"] != compiled["en"]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ('{{ _("Đăng nhập") }}', "Đăng nhập"),
        ('{{ static("a.css") }}', "/static/a.css"),
        ('{{ url("home") }}', "/"),
        ('{{ _("90 %%") }}', "90 %"),
        ('<a title="{{ _("a < b") }}">', '<a title="a &lt; b">'),
    ],
)
def test_what_never_changes_is_part_of_the_compiled_template(source: str, written: str) -> None:
    assert environment().from_string(source).render() == written
    compiled = environment().compile(source, raw=True)
    assert written in compiled
    assert "context.call" not in compiled


@pytest.mark.parametrize(
    "source",
    [
        "{{ _(said) }}",
        '{{ _("Danh sách lớp %(name)s", name=said) }}',
        '{{ static("a/" ~ said) }}',
        '{{ url("school", args=[said]) }}',
    ],
)
def test_what_depends_on_a_value_is_asked_for_at_each_page(source: str) -> None:
    assert "context.call" in environment().compile(source, raw=True)
