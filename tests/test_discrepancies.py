"""Where the source is odd: its print is kept, the mended form is shown, and the reader is told."""

import pytest

from centres.models import Centre, Office
from initiatives.models import Document, Organisation, Participation, Programme, Project, RegionalInitiative, Resolution

pytestmark = pytest.mark.usefixtures("registry")


def centre(kind: str, beginning: str) -> Centre:
    return Centre.objects.get(kind=kind, name_as_published__startswith=beginning)


def test_regional_initiatives_are_not_derived_from_centres_nor_regions_from_initiatives() -> None:
    acceleration = Programme.objects.get(pk="AC")
    assert acceleration.regional_initiatives.count() == 6
    assert "five regions" in acceleration.note_en
    training = Programme.objects.get(pk="DTC")
    assert sorted(training.regional_initiatives.values_list("region", flat=True)) == ["AMS", "ARB", "ASP", "CIS", "EUR"]
    assert set(training.centre_kinds.values_list("centres__region", flat=True)) == {"AFR", "AMS", "ARB", "ASP"}
    assert "leave out Africa" in training.note_en


@pytest.mark.parametrize(("country", "listed", "own"), [("SOM", "AFR", "ARB"), ("MDA", "CIS", "EUR")])
def test_both_regions_are_kept_where_they_differ(country: str, listed: str, own: str) -> None:
    affiliate = Centre.objects.get(kind="AFFILIATE", country=country)
    assert (affiliate.region_id, affiliate.country.region_id) == (listed, own)
    assert affiliate.regions_differ
    assert affiliate.note_en


def test_empty_headings_are_facts() -> None:
    assert not Centre.objects.filter(kind="AFFILIATE", region="EUR").exists()
    assert "no heading for CIS" in Programme.objects.get(pk="ATC").note_en
    assert "no heading for these two" in Programme.objects.get(pk="DTC").note_en


@pytest.mark.parametrize(
    ("kind", "printed", "shown", "told"),
    [
        ("ATC", "University of the Witwatersand (WITS)", "University of the Witwatersrand", "an r is missing"),
        ("ATC", "Computer Emergency Response Team of Mauritius (CERT-MU) (CERT-MU)", "Computer Emergency Response Team of Mauritius", "printed twice"),
        ("ATC", "UNU-MERIT /Maastricht University (UNU-MERIT)", "UNU-MERIT / Maastricht University", "blank is missing"),
        ("DTC", "Department of Information and Communication Technology  (DICT)", "Department of Information and Communications Technology", "two blanks"),
        ("DTC", "Secretariat National", "Secrétariat National pour le Renforcement des Capacités", "accent"),
        ("DTC", "Ecole Multinationale", "École Multinationale Supérieure des Postes d'Abidjan", "accent"),
        ("AFFILIATE", "The Gambia", "Gambia", "The Gambia"),
    ],
)  # fmt: skip
def test_the_print_is_kept_and_the_mended_form_is_shown(kind: str, printed: str, shown: str, told: str) -> None:
    record = centre(kind, printed)
    assert str(record) == shown
    assert told in record.note_en


def test_one_institution_with_two_roles_is_one_record() -> None:
    for acronym, kinds in (("CAICT", ["AC", "ATC"]), ("DICT", ["AC", "DTC"])):
        organisation = Organisation.objects.get(acronym=acronym)
        assert sorted(organisation.centres.values_list("kind", flat=True)) == kinds
    assert Organisation.objects.get(acronym="UWI").centres.get().kind_id == "ATC"
    assert Participation.objects.filter(organisation__acronym="UWI", role="academic host").exists()


def test_labels_of_resolutions_stand_as_printed() -> None:
    strange = Resolution.objects.get(pk="wtdc-22-23")
    assert strange.label == "Rev. Buenos Aires, 2017"
    assert "WTDC-17" in strange.note_en
    comma = Resolution.objects.get(pk="wtdc-25-73")
    assert (comma.label, comma.label_as_published) == ("Rev. Baku, 2025", "Rev. Baku 2025")
    assert "comma" in comma.note_en
    new = Resolution.objects.get(pk="wtdc-25-com3-1")
    assert new.provisional
    assert new.aliases == "COM3/1"
    first, second = Resolution.objects.get(pk="wtdc-22-90"), Resolution.objects.get(pk="wtdc-25-90")
    assert (first.label, second.label, second.supersedes) == ("Kigali, 2022", "Rev. Baku, 2025", first)


def test_the_list_of_the_training_centres_names_no_edition_and_not_resolution_73() -> None:
    roles = Programme.objects.get(pk="ATC").resolution_roles.filter(role="related")
    assert set(roles.values_list("resolution__conference", flat=True)) == {None}
    assert not roles.filter(resolution__number="73").exists()
    assert Programme.objects.get(pk="DTC").resolution_roles.filter(resolution__number="73").count() == 2


def test_small_misprints_are_mended_and_told() -> None:
    assert "Baku Action Plan for 2026-2029" in Document.objects.get(title="2026 Baku Action Plan").note_en
    assert "“by” is missing" in Project.objects.get(codes__code="9GLO23128").note_en
    norway = Participation.objects.get(organisation__name="Government of Norway")
    assert norway.as_published == "Norwegian Goverment"
    ecosystem = Project.objects.get(codes__code="445-635")
    assert set(ecosystem.codes.values_list("code", flat=True)) == {"445-635", "9GLO23129"}
    assert "Enabler" in Programme.objects.get(pk="OSEE").note_en
    assert "telecommunication/information" in RegionalInitiative.objects.get(pk="ASP4").title_en
    assert "telecommunication/ information" in RegionalInitiative.objects.get(pk="ASP4").title_as_published
    assert RegionalInitiative.objects.get(pk="AMS2").title_en == "Digital inclusion, digital skills / competencies"


def test_ambiguous_words_are_kept() -> None:
    assert Programme.objects.get(pk="ATC").indicators.get().qualifier == "nearly"
    assert "ambiguous" in Programme.objects.get(pk="AFFILIATE").note_en


def test_the_document_wins_over_public_pages_and_the_reader_hears_of_both() -> None:
    office = Office.objects.get(locations__country="PAN")
    assert office.level == "area"
    assert "Oficina Regional" in office.note_en
    signed = office.milestones.get(what_en__startswith="Host country agreement")
    assert signed.date == "2025-12-09"
    assert office.milestones.filter(date="2025-12-23", certainty="reported").exists()
