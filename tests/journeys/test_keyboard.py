"""Hands on the keys: search, lists, language and theme without a mouse."""

from collections.abc import Callable

from playwright.sync_api import expect

from .people import Person


def test_a_clerk_finds_a_class_and_a_child_by_keys(someone: Callable[..., Person]) -> None:
    clerk = someone("vanthu.mn-co-ma").signs_in().goes_to("Lớp")
    clerk.taps("j").taps("j").taps("k")
    first = clerk.main.get_by_role("table").get_by_role("link").first
    expect(first).to_be_focused()
    chosen = first.inner_text()
    clerk.goes_on_by("Enter").reads_heading(chosen)

    clerk.taps("/")
    expect(clerk.page.get_by_role("searchbox")).to_be_focused()
    clerk.page.keyboard.type("giang thi")
    clerk.goes_on_by("Enter").reads_heading("người khớp “giang thi”")
    clerk.sees("Giàng Thị")
    assert "giang" not in clerk.address


def test_a_reader_changes_language_and_theme(someone: Callable[..., Person]) -> None:
    reader = someone("hieutruong.th-thcs-can-gio").signs_in()
    reader.chooses_in_menu("Hiệu trưởng", "English")
    expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    reader.sees("Head").chooses_in_menu("Head", "Tiếng Việt")
    expect(reader.page.locator("html")).to_have_attribute("lang", "vi")
    for theme, name in (("dark", "Tối"), ("contrast", "Tương phản cao"), ("light", "Sáng")):
        reader.unfolds_menu("Hiệu trưởng").unfolds(reader.page.get_by_role("button", name=name))
        expect(reader.page.locator("html")).to_have_attribute("data-theme", theme)
        reader.opens("/bao-cao")
        expect(reader.page.locator("html")).to_have_attribute("data-theme", theme)
