"""The models of this storey, by subject."""

from .designations import Centre, CentreKind
from .offices import Office, OfficeLocation
from .statements import Milestone, StatedTotal

__all__ = ["Centre", "CentreKind", "Milestone", "Office", "OfficeLocation", "StatedTotal"]
