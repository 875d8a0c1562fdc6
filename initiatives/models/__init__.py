"""The models of this storey, by subject."""

from .geography import Country, Point, Region
from .history import Change, Revision, RevisionCounter, Version
from .mandate import Conference, RegionalInitiative, Resolution, TitleStatus
from .organisations import Organisation
from .programmes import Aspect, Feature, Programme, ProgrammeResolution
from .projects import Funding, Indicator, Participation, Project, ProjectCode, Role
from .records import (
    Certainty,
    DatedFacts,
    Part,
    PermanentIdField,
    Record,
    RecordPart,
    State,
    Status,
)
from .sources import Citation, Document, DocumentKind, DocumentReference

__all__ = [
    "Aspect",
    "Certainty",
    "Change",
    "Citation",
    "Conference",
    "Country",
    "DatedFacts",
    "Document",
    "DocumentKind",
    "DocumentReference",
    "Feature",
    "Funding",
    "Indicator",
    "Organisation",
    "Part",
    "Participation",
    "PermanentIdField",
    "Point",
    "Programme",
    "ProgrammeResolution",
    "Project",
    "ProjectCode",
    "Record",
    "RecordPart",
    "Region",
    "RegionalInitiative",
    "Resolution",
    "Revision",
    "RevisionCounter",
    "Role",
    "State",
    "Status",
    "TitleStatus",
    "Version",
]
