"""What people type finds what they mean, on every database alike."""

import pytest

from centres.models import Centre, Office
from initiatives.fields import normalise
from initiatives.models import Organisation, Project, ProjectCode, Resolution, Version
from initiatives.revisions import revision

from .factories import (
    make_centre,
    make_country,
    make_kind,
    make_office,
    make_organisation,
    make_project,
    make_resolution,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("Côte d’Ivoire", "cote divoire"),
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("Cote d'Ivoire", "Côte d‘Ivoire"),
        ("Guinea‑Bissau", "guinea-bissau"),
        ("Guinea–Bissau", "Guinea—Bissau"),
        ("Straße der Åland", "STRASSE aland"),
        ("الأردن", "الاردن"),
        ("الاتـــحاد", "الاتحاد"),
        ("Россия", "РОССИЯ"),
        ("Қазақстан", "қазақстан"),
        ("中国信息通信研究院", "信息通信"),
        ("100% Net_work", "100%"),
        ("100% Net_work", "net_work"),
        ('The "Hub"', '"hub"'),
        ("a  b", "  A\t\nB  "),
    ],
)
def test_a_question_finds_the_name(name, question):
    organisation = make_organisation(name=name)
    assert Organisation.objects.matching(question).get() == organisation


@pytest.mark.parametrize(
    "question", ["%", "_", "%%", "c_te", "\\", "'", "\x00", "\ud800", "co\x00te", "x" * 10_000, "nothing"]
)
def test_odd_questions_are_only_characters(question):
    make_organisation(name="Côte")
    found = Organisation.objects.matching(question)
    assert list(found) == (list(Organisation.objects.all()) if question == "'" else [])


@pytest.mark.parametrize("question", ["", "   ", "\t\n", "\u00a0"])
def test_blanks_ask_for_nothing_and_leave_all(question):
    make_organisation()
    assert Organisation.objects.matching(question).count() == 1


def test_every_word_must_occur():
    make_organisation(name="University of Nairobi")
    assert Organisation.objects.matching("nairobi university").exists()
    assert not Organisation.objects.matching("nairobi college").exists()


def test_a_centre_is_found_by_its_country_s_and_its_organisation_s_names_in_any_language():
    country = make_country("KEN", name_en="Kenya", name_ar="كينيا", name_zh_hans="肯尼亚")
    organisation = make_organisation(name="Konza Hub", name_in_fr="Pôle de Konza", acronym="KH", aliases="Old Name")
    centre = make_centre(country=country, organisation=organisation, name_as_published="Konza Hib")
    for question in ("kenya konza", "كينيا", "肯尼亚", "pole", "kh", "old name", "hib", centre.pk, "KEN"):
        assert Centre.objects.matching(question).get() == centre


def test_a_centre_is_found_by_its_kind():
    centre = make_centre(kind=make_kind("DTC", name_en="Digital Transformation Centre"), country=make_country("KEN"))
    assert Centre.objects.matching("dtc ken").get() == centre
    assert Centre.objects.matching("transformation").get() == centre


def test_nobody_finds_a_centre_by_the_name_of_a_draft_until_it_is_published():
    organisation = make_organisation(name="Hidden Institute", state="draft")
    centre = make_centre(organisation=organisation)
    assert not Centre.objects.matching("hidden").exists()
    with revision(None, "publish"):
        organisation.state = "published"
        organisation.save()
    assert Centre.objects.matching("hidden").get() == centre


def test_a_resolution_is_found_by_the_words_that_name_it():
    resolution = make_resolution("90", label="Rev. Baku, 2025")
    for question in ("resolution 90", "WTDC-25 Resolution 90", "Résolution 90 Baku", "决议 90"):
        assert Resolution.objects.matching(question).get() == resolution


def test_an_organisation_is_found_by_its_country():
    make_organisation(name="Konza Hub", country=make_country("KEN", name_en="Kenya"))
    assert Organisation.objects.matching("kenya hub").exists()


def test_a_project_is_found_by_its_codes_and_an_office_by_its_places():
    project, office = make_project(), make_office("Nairobi", country=make_country("KEN", name_en="Kenya"))
    with revision(None, "codes"):
        code = ProjectCode.objects.create(project=project, scheme="CRIS", code="445-635")
    assert Project.objects.matching("445-635").get() == project
    assert Office.objects.matching("nairobi kenya").get() == office
    with revision(None, "wrong code"):
        code.delete()
        office.locations.get().delete()
    assert not Project.objects.matching("445-635").exists()
    assert not Office.objects.matching("nairobi").exists()


def test_a_new_name_reaches_those_that_follow_it_without_a_version_of_theirs():
    country = make_country("KEN", name_en="Kenya")
    organisation = make_organisation(name="Old hub", country=country)
    centre = make_centre(organisation=organisation, country=country)
    make_office(country=country)
    stamp, versions = centre.revision, Version.objects.count()
    with revision(None, "renamed"):
        organisation.name = "Ålesund hub"
        organisation.save()
        country.name_en = "Kenia"
        country.save()
    centre.refresh_from_db()
    assert (centre.sort_key, centre.revision) == ("alesund hub", stamp)
    assert Version.objects.count() == versions + 2
    for rows, question in ((Centre, "kenia alesund"), (Organisation, "kenia alesund"), (Office, "kenia")):
        assert rows.objects.matching(question).exists()
        assert not rows.objects.matching("kenya").exists()


def test_a_normal_text_is_normal_already():
    for text in ("Côte d’Ivoire", "الأردن", "Straße", "ﬁ ½ Ⅷ", "İstanbul", "한국"):
        assert normalise(normalise(text)) == normalise(text)
