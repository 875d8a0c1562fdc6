"""The endpoints of this storey."""

from initiatives import api as ground
from initiatives.api import RegistryViewSet

from . import filters, serializers, sheets
from .models import Centre, CentreKind, Milestone, Office


class KindViewSet(RegistryViewSet):
    """Kinds of centre. A new kind is a new row."""

    model = CentreKind
    serializer_class = serializers.KindSerializer
    filterset_class = filters.KindFilterSet
    sheet = sheets.KINDS


class CentreViewSet(RegistryViewSet):
    """Designated centres."""

    model = Centre
    serializer_class = serializers.CentreSerializer
    filterset_class = filters.CentreFilterSet
    sheet = sheets.CENTRES


class OfficeViewSet(RegistryViewSet):
    """Regional and area offices of ITU."""

    model = Office
    serializer_class = serializers.OfficeSerializer
    filterset_class = filters.OfficeFilterSet
    sheet = sheets.OFFICES


class MilestoneViewSet(RegistryViewSet):
    """What happened, and what is expected when."""

    model = Milestone
    serializer_class = serializers.MilestoneSerializer
    filterset_class = filters.MilestoneFilterSet
    sheet = sheets.MILESTONES


class DocumentViewSet(ground.DocumentViewSet):
    """Documents that state facts or are referred to, with the totals that they state."""

    serializer_class = serializers.DocumentSerializer
    sheet = sheets.DOCUMENTS
