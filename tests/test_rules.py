"""Rules that every record keeps, in the forms' words and in the database."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from centres.models import Centre, Milestone
from initiatives.models import Funding, Indicator, Participation, Region
from initiatives.querysets import GuardedQuerySet
from initiatives.revisions import part_models, record_models, revision

from .factories import (
    make_centre,
    make_country,
    make_document,
    make_initiative,
    make_kind,
    make_milestone,
    make_office,
    make_organisation,
    make_programme,
    make_project,
    make_region,
)

pytestmark = pytest.mark.django_db


def refused(row, message):
    """Tell whether the forms refuse a row in these words, and the database refuses it too."""
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert message in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), revision(None, "past the forms"), transaction.atomic():
        row.save()
    return True


@pytest.mark.parametrize(
    "change",
    [
        {"state": "withdrawn"},
        {"withdrawn_reason": "because"},
        {"state": "draft", "withdrawn_reason": "because"},
        {"successor_id": "ARB"},
    ],
)
def test_reason_and_successor_belong_to_withdrawn_records_alone(change):
    make_region("ARB")
    region = make_region("AFR")
    for name, value in change.items():
        setattr(region, name, value)
    assert refused(region, "A withdrawn record needs a reason; reason and successor belong to withdrawn records alone.")


def test_a_record_is_not_its_own_successor():
    region = make_region()
    region.state, region.withdrawn_reason, region.successor = "withdrawn", "merged", region
    with pytest.raises(ValidationError, match="its own successor"):
        region.full_clean()


def test_successors_do_not_lead_in_a_circle():
    first, last = make_region("AFR"), make_region("CIS")
    middle = make_region("ARB", state="withdrawn", withdrawn_reason="merged", successor=last)
    first.state, first.withdrawn_reason, first.successor = "withdrawn", "merged", middle
    first.full_clean()
    with revision(None, "merged"):
        first.save()
    last.state, last.withdrawn_reason, last.successor = "withdrawn", "merged", first
    with pytest.raises(ValidationError, match="led back to this one") as error:
        last.full_clean()
    assert list(error.value.message_dict) == ["successor"]


def test_a_draft_is_never_withdrawn_for_its_page_would_be_public():
    draft = make_region(state="draft")
    for record in (draft, Region(code="ARB", name_en="Arab States")):
        record.state, record.withdrawn_reason = "withdrawn", "a slip"
        with pytest.raises(ValidationError, match="Only what was published can be withdrawn") as error:
            record.full_clean()
        assert list(error.value.message_dict) == ["state"]


def test_a_draft_that_was_public_once_is_not_withdrawn_either():
    region = make_region()
    with revision(None, "under revision"):
        region.state = "draft"
        region.save()
    region.state, region.withdrawn_reason = "withdrawn", "a slip"
    with pytest.raises(ValidationError, match="Only what was published can be withdrawn"):
        region.full_clean()


def test_there_is_no_fourth_state():
    region = make_region()
    region.state = "hidden"
    assert refused(region, "hidden")


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model.__name__)
def test_every_model_keeps_the_rules_of_all_records(model):
    rules = {constraint.name.removeprefix(f"{model._meta.app_label}_") for constraint in model._meta.constraints}
    assert {f"{model.__name__.lower()}_state", f"{model.__name__.lower()}_withdrawn_with_reason"} <= rules


@pytest.mark.parametrize("model", [*record_models(), *part_models()], ids=lambda model: model.__name__)
def test_every_way_to_the_rows_of_a_model_guards_its_history(model):
    for manager in (model.objects, model._default_manager, model._base_manager):
        assert isinstance(manager.all(), GuardedQuerySet)


@pytest.mark.parametrize("status", ["proposal", "not found"])
def test_an_initiative_without_a_final_title_stays_a_draft(status):
    initiative = make_initiative(state="draft", title_status=status, title_en="")
    initiative.state = "published"
    assert refused(initiative, "stays a draft")
    initiative.state, initiative.withdrawn_reason, initiative.once_public = "withdrawn", "never adopted", True
    assert refused(initiative, "stays a draft")


def test_a_milestone_has_exactly_one_subject():
    words = "A milestone is of exactly one centre, office, programme, project or conference."
    assert refused(Milestone(what_en="Nobody's"), words)
    assert refused(Milestone(what_en="Two", office=make_office(), programme=make_programme()), words)
    assert make_milestone().subject is not None


def test_a_centre_needs_an_organisation_or_a_country():
    kind = make_kind("COUNTRIES", organisation_required=False)
    centre = Centre(kind=kind, region=make_region())
    assert refused(centre, "A centre needs an organisation, or a country that stands for itself.")
    assert make_centre(kind=kind, organisation=None).display_name


def test_a_kind_may_demand_an_organisation():
    centre = Centre(kind=make_kind("STRICT"), region=make_region(), country=make_country())
    with pytest.raises(ValidationError, match="needs an organisation"):
        centre.full_clean()


def test_parts_have_one_owner_and_amounts_a_currency():
    both = {"programme": make_programme(), "project": make_project()}
    funder = make_organisation()
    assert refused(Funding(**both, funder=funder, ref="a"), "A funding is of a programme or of a project.")
    assert refused(Funding(funder=funder, ref="b"), "A funding is of a programme or of a project.")
    figure = Indicator(**both, what_en="x", value=1, kind="target", ref="c")
    assert refused(figure, "An indicator is of a programme or of a project.")
    assert refused(Funding(programme=both["programme"], funder=funder, amount=5, ref="d"), "An amount needs a currency")


def test_a_participation_names_an_organisation_or_a_country():
    programme = make_programme()
    row = Participation(record_model="initiatives.programme", record_key=programme.pk, role="host", ref="x")
    assert refused(row, "Name an organisation or a country, not both.")
    row.organisation, row.country = make_organisation(), make_country()
    assert refused(row, "Name an organisation or a country, not both.")


def test_points_and_texts_outside_the_range_are_refused():
    organisation = make_organisation()
    organisation.latitude = 95
    assert refused(organisation, "A point needs both a latitude from -90 to 90 and a longitude from -180 to 180.")
    with pytest.raises(ValidationError, match="is not a model that can carry this"):
        Participation(record_model="initiatives.region", record_key="AFR", role="host").full_clean()


def test_drafts_are_never_public_and_withdrawn_records_only_at_their_address():
    make_region("AFR")
    make_region("ARB", state="draft")
    make_region("CIS", state="withdrawn", withdrawn_reason="renamed")
    assert [row.pk for row in Region.objects.public()] == ["AFR"]
    assert [row.pk for row in Region.objects.addressable().order_by("pk")] == ["AFR", "CIS"]
    assert make_document().is_public


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (make_document, "PP-22_Res"),
        (make_document, "Capitals"),
        (make_document, "two--dashes"),
        (make_programme, "lower"),
        (make_region, "AF1"),
    ],
)
def test_a_key_has_the_form_that_addresses_have(make, key):
    with pytest.raises(ValidationError) as error:
        make(key)
    (message,) = error.value.messages
    assert f"“{key}” is not a key of the form" in message


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model.__name__)
def test_forms_and_addresses_take_the_same_keys(model):
    key = model._meta.pk
    key.run_validators(model.key_example)
    assert re.fullmatch(model.key_pattern, model.key_example)
    for wrong in (f"{model.key_example}_", f"{model.key_example}\n", "Ä-1", "WRC-23x"):
        assert not re.fullmatch(model.key_pattern, wrong, re.ASCII)
        with pytest.raises(ValidationError):
            key.run_validators(wrong)
