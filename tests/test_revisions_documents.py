"""A document read can be written: history restores what it keeps."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from initiatives.fixture_files import models_in_order
from initiatives.models import (
    Citation,
    DocumentReference,
    Feature,
    Funding,
    Indicator,
    Participation,
    ProgrammeResolution,
    ProjectCode,
    Region,
    Version,
)
from initiatives.revisions import apply, document_of, part_models, parts_of, record_models, revision

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry_of_all():
    """Make a record of every model, with every part and link that it can have."""
    with revision(None, "all that can be said"):
        make_all()


def make_all() -> None:
    document, old = make.make_document("paper", date="2025-06"), make.make_resolution("89")
    resolution = make.make_resolution("90", supersedes=old, title_en="A title", title_ar="عنوان")
    centre = make.make_centre(since="[2026-03,2026-04]", since_certainty="expected", note_fr="Une note")
    office, project = make.make_office(country=centre.country), make.make_project(until="2027")
    programme, initiative = project.programme, make.make_initiative()
    make.make_milestone(centre=centre, date="2026-06-01")
    make.make_stated_total(document=document, kind=centre.kind)
    bearers = {"initiatives.programme": programme, "initiatives.project": project}
    bearers |= {"centres.centre": centre, "centres.office": office}
    centre.organisation.covers.set([centre.country_id])
    document.resolutions.set([old, resolution])
    office.countries_served.set([centre.country_id])
    office.programmes.set([programme])
    programme.regional_initiatives.set([initiative])
    ProgrammeResolution.objects.create(programme=programme, resolution=resolution, role="implements")
    ProjectCode.objects.create(project=project, scheme="ITU", code="9GLO23129")
    Funding.objects.create(project=project, funder=centre.organisation, amount="1500000.50", currency="EUR")
    Funding.objects.create(programme=programme, funder=centre.organisation)
    Indicator.objects.create(programme=programme, what_en="pupils", value="45.5", kind="target", date="2026")
    Indicator.objects.create(project=project, what_en="schools", value=7, kind="result")
    DocumentReference.objects.create(document=document, target=make.make_document("other"), locus="page 33")
    for label, record in bearers.items():
        who = {"record_model": label, "record_key": record.pk}
        Participation.objects.create(**who, organisation=centre.organisation, role="host")
        Participation.objects.create(**who, country=centre.country, role="host country")
        Feature.objects.create(**who, aspect="badge", text_en="A badge", text_zh_hans="徽章")
    centre.owner = get_user_model().objects.create_user("amina")
    centre.reviewed_on = "2026-02-03"
    centre.save()
    for model in record_models():
        for record in model.objects.all():
            make.cite(record, model._meta.pk.name, document=document)


def documents() -> dict:
    """Return the document of every record."""
    return {(model, row.pk): document_of(row) for model in models_in_order() for row in model.objects.all()}


def emptied(model: type, document: dict) -> dict:
    """Return a document without its parts, its links, and what it says of records of its own model."""
    parts = {part.document_name: {} for part in parts_of(model)}
    links = {field.name: [] for field in model._meta.many_to_many}
    kin = {field.name: None for field in model._meta.fields if field.related_model is model}
    return {**document, **parts, **links, **kin}


def delete_all() -> None:
    """Delete every record, those first that refer to others."""
    Citation.objects.all().delete()  # they protect their document
    for part in (Funding, Indicator, ProgrammeResolution, Participation, DocumentReference):
        part.objects.all().delete()
    for model in reversed(models_in_order()):
        for row in model.objects.order_by("-pk"):
            row.delete()


@pytest.mark.usefixtures("registry_of_all")
def test_every_model_and_part_is_among_what_is_tried():
    assert all(model.objects.exists() for model in (*record_models(), *part_models()))
    assert {part for model in record_models() for part in parts_of(model)} == set(part_models())


@pytest.mark.usefixtures("registry_of_all")
def test_what_a_document_says_can_be_taken_back_and_said_again():
    before = documents()
    with revision(None, "emptied"):
        for (model, key), document in before.items():
            apply(model, key, emptied(model, document))
    assert documents() != before
    assert not any(part.objects.exists() for part in part_models())
    with revision(None, "restored"):
        for (model, key), document in before.items():
            apply(model, key, document)
    assert documents() == before


@pytest.mark.usefixtures("registry_of_all")
def test_deleted_records_are_restored_under_their_own_keys():
    before = documents()
    with revision(None, "deleted"):
        delete_all()
    assert documents() == {}
    assert not any(part.objects.exists() for part in part_models())
    with revision(None, "restored"):
        for (model, key), document in before.items():
            apply(model, key, emptied(model, document))
        for (model, key), document in before.items():
            apply(model, key, document)
    assert documents() == before
    assert Version.objects.latest("revision_id").change == "created"


@pytest.mark.usefixtures("registry_of_all")
def test_saying_the_same_again_makes_no_version():
    with revision(None, "the same") as current:
        for (model, key), document in documents().items():
            apply(model, key, document)
    assert current.number is None


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"state": "gone"}, "state"),
        ({"successor": "XXX"}, "successor"),
        ({"citations": {"paper-1": {"document": "paper", "fields": ["nonsense"]}}}, "citations/paper-1/fields"),
        ({"citations": {"paper-1": {"document": "missing", "fields": ["name_en"]}}}, "citations/paper-1/document"),
    ],
)
def test_a_wrong_document_is_refused_by_the_name_of_the_field(change, place):
    region = make.make_region()
    make.cite(region, "name_en")
    with pytest.raises(ValidationError) as error, revision(None, "wrong"):
        apply(Region, region.pk, {**document_of(region), **change})
    assert place in error.value.message_dict


def test_a_link_to_nothing_is_refused():
    organisation = make.make_organisation()
    with pytest.raises(ValidationError, match="XXX"), revision(None, "wrong"):
        apply(type(organisation), organisation.pk, {"covers": ["XXX"]})


def test_what_the_document_does_not_name_stays():
    region = make.make_region()
    make.cite(region, "name_en")
    with revision(None, "a name"):
        apply(Region, region.pk, {"name_fr": "Afrique", "a field of old": 1})
    assert (document_of(region)["name_en"], document_of(region)["name_fr"]) == ("Afr", "Afrique")
    assert len(document_of(region)["citations"]) == 1


def test_history_says_again_that_a_record_was_withdrawn_but_withdraws_no_draft():
    region = make.make_region(state="withdrawn", withdrawn_reason="merged")
    told = document_of(region)
    with revision(None, "by mistake"):
        apply(Region, region.pk, {"state": "draft", "withdrawn_reason": ""})
    with revision(None, "restored"):
        apply(Region, region.pk, told)
    with revision(None, "by mistake"):
        Region.objects.get().delete()
    with revision(None, "restored"):
        apply(Region, region.pk, told)
    assert document_of(region) == told
    draft = make.make_region("ARB", state="draft")
    with pytest.raises(ValidationError, match="Only what was published"), revision(None, "a slip"):
        apply(Region, draft.pk, {"state": "withdrawn", "withdrawn_reason": "a slip"})
