"""The API's endpoints: this is the one place where they are registered."""

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from centres import api as centres
from initiatives import api as initiatives
from initiatives.parameters import refuse_unknown

from .problems import not_allowed
from .renderers import JSONRenderer

app_name = "api"

COLLECTIONS: dict[str, Any] = {
    "regions": initiatives.RegionViewSet,
    "countries": initiatives.CountryViewSet,
    "conferences": initiatives.ConferenceViewSet,
    "resolutions": initiatives.ResolutionViewSet,
    "regional-initiatives": initiatives.InitiativeViewSet,
    "programmes": initiatives.ProgrammeViewSet,
    "projects": initiatives.ProjectViewSet,
    "organisations": initiatives.OrganisationViewSet,
    "centre-kinds": centres.KindViewSet,
    "centres": centres.CentreViewSet,
    "offices": centres.OfficeViewSet,
    "milestones": centres.MilestoneViewSet,
    "documents": centres.DocumentViewSet,
}

router = SimpleRouter()
for name, viewset in COLLECTIONS.items():
    router.register(name, viewset, basename=viewset.model._meta.model_name)
router.register("changes", initiatives.ChangeViewSet, basename="change")


class Root(APIView):
    """The collections and where they are, the description of the API, and the page to try it."""

    schema = None
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head", "options"]

    def get(self, request: Any) -> Response:
        refuse_unknown(request, ["format"])
        names = {prefix: f"{basename}-list" for prefix, _viewset, basename in router.registry}
        names.update(schema="schema", docs="docs")
        return Response({name: request.build_absolute_uri(reverse(f"api:{view}")) for name, view in names.items()})


class Schema(APIView):
    """The description of the API in OpenAPI 3.1; what writes it is slow to import and seldom asked for."""

    schema = None
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head", "options"]

    def get(self, request: Any) -> Response:
        from .openapi import description

        refuse_unknown(request, ["format"])
        return Response(description())


@method_decorator(csrf_exempt, name="dispatch")
class Docs(TemplateView):
    """The page to try the API."""

    template_name = "api/docs.html"
    http_method_names = ["get", "head", "options"]

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return not_allowed(request)


urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    *router.urls,
]
