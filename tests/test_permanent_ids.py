"""Permanent ids tell a mistyped id from an unknown one."""

import string

import pytest
from django.core.exceptions import ValidationError

from centres.models import Centre
from initiatives.models import Record
from initiatives.permanent_ids import ALPHABET, is_well_formed, mint, validate_permanent_id
from initiatives.revisions import revision

from .factories import make_centre

SAMPLE = [mint() for _time in range(200)]
LETTERS = string.digits + string.ascii_lowercase


def test_a_new_id_has_the_form_and_no_letter_that_is_easily_mistaken():
    assert all(is_well_formed(text) and len(text) == 11 and set(text[3:]) <= set(ALPHABET) for text in SAMPLE)
    assert len({mint() for _time in range(2000)}) == 2000
    assert is_well_formed(Record.key_example)


def test_every_wrong_character_is_caught():
    for text in SAMPLE:
        for place in range(3, 11):
            wrong = {f"{text[:place]}{letter}{text[place + 1 :]}" for letter in LETTERS} - {text}
            assert not any(map(is_well_formed, wrong))


def test_every_two_neighbours_changed_about_are_caught():
    for text in SAMPLE:
        for place in range(3, 10):
            wrong = f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}"
            assert wrong == text or not is_well_formed(wrong)


@pytest.mark.parametrize(
    "text", ["", "rp-", "rp-0000002", "rp-0000002yy", "RP-0000002Y", "rp_0000002y", "rp-0000002y\n", "rp-٠000002y"]
)
def test_other_forms_are_refused_with_the_value(text):
    assert not is_well_formed(text)
    with pytest.raises(ValidationError) as error:
        validate_permanent_id(text)
    assert f"“{text}”" in error.value.messages[0]


def test_the_field_needs_no_arguments_in_migrations():
    assert Centre._meta.pk.deconstruct()[2:] == ([], {})


@pytest.mark.django_db
def test_a_record_keeps_the_id_it_was_given():
    centre = make_centre()
    assert is_well_formed(centre.pk)
    with revision(None, "no new id"):
        centre.position = 5
        centre.save()
    assert Centre.objects.get().pk == centre.pk
