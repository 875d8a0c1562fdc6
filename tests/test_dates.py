"""Dates of stated precision: what is admitted, what it spans, how it reads."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from centres.models import Milestone
from initiatives.dates import EdtfField, as_json, in_words, parse_edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-12-09", "2025-12-09", "2025-12-09"),
        ("2026-06", "2026-06-01", "2026-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("[2026-03,2026-04]", "2026-03-01", "2026-04-30"),
        ("[2025-12-31,2026-01-01]", "2025-12-31", "2026-01-01"),
        ("[2023,2025]", "2023-01-01", "2025-12-31"),
    ],
)
def test_the_four_forms_have_their_bounds(text, earliest, latest):
    span = parse_edtf(text)
    assert (span.earliest.isoformat(), span.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        *("2023/..", "../2023", "2023/2024", "2023/", "/2023", "[2023..]", "[..2023]", "{2023,2024}", "[2023]", "[]"),
        *("202X", "2023-XX", "201u", "2023?", "2023~", "2023%", "2023-21", "Y20230", "-2023", "+2023", "20230101"),
        *("2023-02-30", "2023-02-29", "2023-04-31", "2023-13", "2023-00", "2023-01-00", "2023-01-32"),
        *("[2026-04,2026-03]", "[2026-03,2026-03]", "[2026,2026-03]", "[2026-03-01,2026-04]", "[2023,2024,2025]"),
        *("٢٠٢٣", "２０２３", "2023-٠٦", "10000", "0000", "0000-01", "023", "23", "2023-6", "2023-06-1"),
        *("", " ", " 2023", "2023 ", "2023\n", "2023-06\x00", "June 2026", "09.12.2025", "2025-12-09T10:00", "null"),
    ],
)
def test_everything_else_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        parse_edtf(text)


def test_a_wrong_date_is_told_with_its_value_and_what_is_allowed():
    with pytest.raises(ValidationError) as error:
        EdtfField().clean("2023-02-30", None)
    assert error.value.messages == [
        "“2023-02-30” is not a date of stated precision. Allowed: 2025-12-09, 2026-06, 2023 or [2026-03,2026-04]."
    ]


@pytest.mark.parametrize(("typed", "kept"), [("[2026-03, 2026-04]", "[2026-03,2026-04]"), (" 2023 ", "2023")])
def test_blanks_round_the_parts_are_forgiven(typed, kept):
    assert EdtfField().clean(typed, None) == kept


@pytest.mark.parametrize("typed", ["20 23", "2026-0 6", "2026 06"])
def test_blanks_inside_a_number_are_not(typed):
    with pytest.raises(ValidationError):
        EdtfField().clean(typed, None)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("2025-12-09", "9 December 2025"),
        ("2026-06", "June 2026"),
        ("2023", "2023"),
        ("[2026-03,2026-04]", "March or April 2026"),
        ("[2025-12,2026-01]", "December 2025 or January 2026"),
        ("[2025,2026]", "2025 or 2026"),
        ("", ""),
    ],
)
def test_a_date_reads_as_words(text, english):
    with translation.override("en"):
        words = in_words(text)
    assert words.replace("Dec. 9, 2025", "9 December 2025") == english


def test_a_date_reads_as_words_of_the_reader_s_language():
    with translation.override("ar"):
        assert "يونيو" in in_words("2026-06")
        assert "2023" in in_words("2023")
    with translation.override("fr"):
        assert in_words("2026-06") == "juin 2026"


def test_an_answer_holds_the_text_and_its_bounds():
    day = dt.date(2023, 1, 1)
    assert as_json("2023", day, dt.date(2023, 12, 31)) == {
        "edtf": "2023",
        "earliest": day,
        "latest": dt.date(2023, 12, 31),
    }
    assert as_json("", None, None) is None


def test_the_bounds_are_columns_that_nobody_fills_in():
    for name in ("date_earliest", "date_latest"):
        assert not Milestone._meta.get_field(name).editable
