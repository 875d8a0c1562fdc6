"""Addresses: the machines' files and the API without a language, pages and admin with one."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.views.defaults import bad_request, server_error
from django.views.generic import RedirectView

from initiatives import urls as initiatives

from . import problems, views
from .sitemaps import SITEMAPS

# Pages of the ground storey's records that show centres too, under the names that the models ask for.
records = [
    path("regions/", views.RegionList.as_view(), name="regions"),
    path("regions/<str:key>/", views.RegionPage.as_view(), name="region"),
    path("countries/", views.CountryList.as_view(), name="countries"),
    path("countries/<str:key>/", views.CountryPage.as_view(), name="country"),
    path("organisations/<str:key>/", views.OrganisationPage.as_view()),
    path("organisations/<str:key>/<str:slug>/", views.OrganisationPage.as_view(), name="organisation"),
    path("programmes/<str:key>/", views.ProgrammePage.as_view(), name="programme"),
    path("projects/<str:key>/", views.ProjectPage.as_view()),
    path("projects/<str:key>/<str:slug>/", views.ProjectPage.as_view(), name="project"),
    path("initiatives/<str:key>/", views.InitiativePage.as_view(), name="initiative"),
    path("resolutions/<str:key>/", views.ResolutionPage.as_view(), name="resolution"),
    path("conferences/<str:key>/", views.ConferencePage.as_view(), name="conference"),
    path("documents/<str:key>/", views.DocumentPage.as_view(), name="document"),
]

urlpatterns = [
    path("api/v1/", include("regional_presence.api")),
    re_path(r"^api(?:/|$)", problems.unknown_address),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg", permanent=True)),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap-index",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/", views.about, name="about"),
        path("search/", views.search, name="search"),
        path("", include((initiatives.urlpatterns + records, "initiatives"))),
        path("", include("centres.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

handler400 = problems.or_page(bad_request, 400)
handler404 = "regional_presence.views.not_found"
handler500 = problems.or_page(server_error, 500)
