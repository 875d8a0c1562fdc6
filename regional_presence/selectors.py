"""Reads that join both storeys, each named for what it returns. Only what everyone may see."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, TextField, Value

from centres.filters import CentreFilterSet
from centres.models import Centre, CentreKind, Milestone, Office, StatedTotal
from initiatives.models import (
    Citation,
    Conference,
    Country,
    Document,
    Funding,
    Organisation,
    Participation,
    Programme,
    ProgrammeResolution,
    Project,
    Record,
    Region,
    RegionalInitiative,
    Resolution,
)
from initiatives.near_names import near_names
from initiatives.querysets import ADDRESSABLE
from initiatives.revisions import record_models


def by_kind(centres: Iterable[Centre], kinds: Iterable[CentreKind]) -> dict[CentreKind, list[Centre]]:
    """Return the centres under each kind; a kind that has none is a fact too."""
    rows = list(centres)
    return {kind: [centre for centre in rows if centre.kind_id == kind.pk] for kind in kinds}


def _public_kinds() -> Any:
    return CentreKind.objects.public().for_listing()


def presence_in_figures() -> dict[str, Any]:
    """Return the number of centres of each kind in each region, with their sums."""
    kinds, regions = list(_public_kinds()), list(Region.objects.public().for_listing())
    rows = Centre.objects.public().order_by().values_list("kind", "region").annotate(Count("pk"))
    found = {(kind, region): number for kind, region, number in rows}
    lines = [(kind, [(region, found.get((kind.pk, region.pk), 0)) for region in regions]) for kind in kinds]
    return {
        "regions": [(region, sum(found.get((kind.pk, region.pk), 0) for kind in kinds)) for region in regions],
        "lines": [(kind, cells, sum(number for _region, number in cells)) for kind, cells in lines],
        "total": sum(found.values()),
    }


def milestones_ahead(limit: int = 6) -> dict[str, Any]:
    """Return the next milestones, and those that were expected by now and of which nobody has said that they came."""
    rows = Milestone.objects.public().for_listing()
    return {"upcoming": list(rows.upcoming()[:limit]), "overdue": list(rows.overdue()[:limit])}


def region_profile(region: Region) -> dict[str, Any]:
    """Return what is in a region, and what a source lists elsewhere though its country is ITU's own of this region."""
    centres = list(Centre.objects.public().filter(Q(region=region) | Q(country__region=region)).for_listing())
    return {
        "by_kind": by_kind([centre for centre in centres if centre.region_id == region.pk], _public_kinds()),
        "count": sum(centre.region_id == region.pk for centre in centres),
        "listed_elsewhere": [centre for centre in centres if centre.region_id != region.pk],
        "offices": region.offices.public().for_listing(),
        "initiatives": region.initiatives.public().for_listing(),
        "countries": region.countries.public().for_listing(),
        "totals": StatedTotal.objects.public().filter(region=region).checked(),
    }


def country_profile(country: Country) -> dict[str, Any]:
    """Return what there is in a country, what serves it, and in what it takes part."""
    centres = Centre.objects.public().filter(country=country).for_listing()
    organisations = Organisation.objects.public().filter(Q(country=country) | Q(covers=country)).distinct()
    offices = Office.objects.public().filter(Q(locations__country=country) | Q(countries_served=country)).distinct()
    return {
        "centres": list(centres),
        "organisations": organisations.for_listing(),
        "offices": offices.for_listing(),
        "initiatives": RegionalInitiative.objects.public().filter(region=country.region_id).for_listing(),
        "takes_part": parts_taken(Participation.objects.filter(country=country)),
    }


def organisation_profile(organisation: Organisation) -> dict[str, Any]:
    """Return under which kinds an organisation is designated, in what it takes part and what it pays for."""
    fundings = Funding.objects.filter(funder=organisation).select_related("programme", "project")
    return {
        "centres": list(Centre.objects.public().filter(organisation=organisation).for_listing()),
        "covers": organisation.covers.public().for_listing(),
        "children": organisation.children.public().for_listing(),
        "fundings": [
            row for row in fundings if all(paid.is_addressable for paid in (row.programme, row.project) if paid)
        ],
        "takes_part": parts_taken(Participation.objects.filter(organisation=organisation)),
    }


def parts_taken(participations: Iterable[Participation]) -> list[tuple[Participation, Record]]:
    """Return each role with the public record in which it is taken, a query for each model of these."""
    rows = list(participations)
    found: dict[tuple[str, str], Record] = {}
    for label in {row.record_model for row in rows}:
        keys = [row.record_key for row in rows if row.record_model == label]
        records = (
            apps.get_model(label)._default_manager.public().filter(pk__in=keys).for_listing().prefetch_related(None)
        )
        found.update({(label, record.pk): record for record in records})
    pairs = ((row, found.get((row.record_model, row.record_key))) for row in rows)
    return [(row, record) for row, record in pairs if record is not None]


def programme_profile(programme: Programme) -> dict[str, Any]:
    """Return a programme's mandate, money and figures, and the centres, offices and milestones it has."""
    kinds = list(
        CentreKind.objects.public().filter(Q(programme=programme) | Q(programme__parent=programme)).for_listing()
    )
    return {
        "children": programme.children.public().for_listing(),
        **mandate_of(programme),
        "initiatives": []
        if programme.all_regional_initiatives
        else programme.regional_initiatives.public().for_listing(),
        "projects": programme.projects.public().for_listing(),
        "fundings": funded(programme),
        "project_fundings": funded_projects(programme),
        "indicators": programme.indicators.all(),
        "by_kind": by_kind(Centre.objects.public().filter(kind__in=kinds).for_listing(), kinds),
        "offices": programme.offices.public().for_listing(),
        "milestones": Milestone.objects.public().of_programmes([programme.pk]).for_listing(),
    }


def mandate_of(programme: Programme) -> dict[str, Any]:
    """Return the resolutions of a programme with their roles and printed labels; where it has none, who of its kin has some."""
    rows = programme.resolution_roles.select_related("resolution").order_by("role", "resolution__sort_key")
    roles = [row for row in rows if row.resolution.is_addressable]
    return {"resolution_roles": roles, "resolutions_of_kin": [] if roles else kin_with_resolutions(programme)}


def kin_with_resolutions(programme: Programme) -> Any:
    """Return the parts of a programme, the whole that it is part of and the other parts of that, where resolutions are stated."""
    kin = Q(parent=programme)
    if programme.parent_id:
        kin |= Q(pk=programme.parent_id) | Q(parent=programme.parent_id)
    stated = ProgrammeResolution.objects.filter(resolution__state__in=ADDRESSABLE).values("programme")
    return Programme.objects.public().filter(kin, pk__in=stated).exclude(pk=programme.pk).for_listing()


def funded(owner: Programme | Project) -> list[Funding]:
    """Return who pays for a programme or project, and what."""
    return [funding for funding in owner.fundings.select_related("funder") if funding.funder.is_addressable]


def funded_projects(programme: Programme) -> list[Funding]:
    """Return who pays for the projects of a programme, and what."""
    rows = Funding.objects.filter(project__programme=programme, project__state="published")
    rows = rows.select_related("funder", "project").order_by("project__sort_key", "position", "ref")
    return [funding for funding in rows if funding.funder.is_addressable]


def project_profile(project: Project) -> dict[str, Any]:
    """Return a project's codes, money, figures and milestones."""
    return {
        "codes": project.codes.all(),
        "fundings": funded(project),
        "indicators": project.indicators.all(),
        "milestones": project.milestones.public().for_listing(),
    }


def initiative_profile(initiative: RegionalInitiative) -> dict[str, Any]:
    """Return the programmes that serve a regional initiative, by name or as "all of them", and the centres of its region."""
    programmes = Programme.objects.public().filter(
        Q(all_regional_initiatives=True) | Q(regional_initiatives=initiative)
    )
    return {
        "programmes": programmes.distinct().for_listing(),
        "centres": _centres_asked(initiative=initiative.pk),
    }


def _centres_asked(**question: str) -> list[Centre]:
    """Return the centres that the directory shows for a question."""
    return list(CentreFilterSet(data=question, queryset=Centre.objects.public().for_listing()).qs)


def resolution_profile(resolution: Resolution) -> dict[str, Any]:
    """Return the programmes under a resolution, their centres, its other editions and the documents that cite it."""
    roles = resolution.programme_roles.select_related("programme").order_by("programme__position")
    editions = Resolution.objects.public().editions_of(resolution.body, resolution.number)
    return {
        "programme_roles": [role for role in roles if role.programme.is_addressable],
        "editions": editions.exclude(pk=resolution.pk).for_listing(),
        "documents": resolution.documents.public().for_listing(),
        "centres": _centres_asked(resolution=resolution.pk),
    }


def conference_profile(conference: Conference) -> dict[str, Any]:
    """Return what a conference adopted, and its milestones."""
    return {
        "resolutions": conference.resolutions.public().for_listing(),
        "initiatives": conference.initiatives.public().for_listing(),
        "milestones": conference.milestones.public().for_listing(),
    }


def document_profile(document: Document) -> dict[str, Any]:
    """Return what a document refers to, what refers to it, the totals it states and how many records rest on it."""
    references = document.references.select_related("target")
    referred = document.referred_by.select_related("document")
    return {
        "references": [row for row in references if row.target.is_addressable],
        "referred_by": [row for row in referred if row.document.is_addressable],
        "resolutions": document.resolutions.public().for_listing(),
        "totals": StatedTotal.objects.public().filter(document=document).checked(),
        "rests": records_resting_on(document),
    }


def records_resting_on(document: Document) -> list[tuple[str, int]]:
    """Return how many public records of each sort have a fact that this document supports: one query."""
    models: list[Any] = list(record_models())
    first, *others = [
        model._default_manager.public()
        .filter(
            pk__in=Citation.objects.filter(document=document, record_model=model._meta.label_lower).values("record_key")
        )
        .order_by()
        .rewrite(False)
        .values_list(Value(model._meta.label_lower, TextField()), "pk")
        for model in models
    ]
    counts = Counter(label for label, _key in first.union(*others, all=True))
    return [
        (str(apps.get_model(label)._meta.verbose_name_plural), counts[label])
        for label in (model._meta.label_lower for model in models)
        if counts[label]
    ]


# ---------------------------------------------------------------- search

SEARCHED = (
    Centre,
    Country,
    Organisation,
    Office,
    Programme,
    Project,
    RegionalInitiative,
    Resolution,
    Milestone,
    Document,
)


def found_everywhere(question: str, limit: int = 10) -> list[tuple[type[Record], list[Record], bool]]:
    """Return for each sort of record the first that match, and whether there are more: one query a sort."""
    groups: list[tuple[type[Record], list[Record], bool]] = []
    for model in SEARCHED:
        rows = list(model._default_manager.public().matching(question).for_listing()[: limit + 1])
        if rows:
            groups.append((model, rows[:limit], len(rows) > limit))
    return groups


def names_nearly(question: str) -> list[str]:
    """Return public names that are nearly what was asked for: one query."""
    rows = [
        model._default_manager.public().order_by().rewrite(False).values_list(*columns)
        for model, columns in (
            (Organisation, ("name", "acronym")),
            (Country, ("name_en", "name_fr")),
            (Country, ("name_es", "name_ru")),
            (Country, ("name_ar", "name_zh_hans")),
            (Programme, ("name_en", "short_name")),
            (Project, ("name_en", "short_name")),
            (Region, ("name_en", "name_fr")),
        )
    ]
    names = {name for row in rows[0].union(*rows[1:], all=True) for name in row if name}
    return near_names(question, sorted(names))


def centres_by(column: str) -> dict[str, int]:
    """Return the number of public centres of each region, or in each country."""
    return dict(Centre.objects.public().order_by().values_list(column).annotate(Count("pk")))
