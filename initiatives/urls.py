"""Addresses of the lists. Each record's own page joins both storeys: regional_presence/urls.py."""

from django.urls import path

from . import views

urlpatterns = [
    path("organisations/", views.OrganisationList.as_view(), name="organisations"),
    path("programmes/", views.ProgrammeList.as_view(), name="programmes"),
    path("projects/", views.ProjectList.as_view(), name="projects"),
    path("initiatives/", views.InitiativeList.as_view(), name="initiatives"),
    path("resolutions/", views.ResolutionList.as_view(), name="resolutions"),
    path("conferences/", views.ConferenceList.as_view(), name="conferences"),
    path("documents/", views.DocumentList.as_view(), name="documents"),
]
