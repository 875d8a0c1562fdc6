"""Addresses of centres, their kinds, offices and milestones. The id decides; a slug after it is decoration."""

from django.urls import path

from . import views

app_name = "centres"

urlpatterns = [
    path("centres/", views.CentreList.as_view(), name="centres"),
    path("centres/<str:key>/", views.CentrePage.as_view()),
    path("centres/<str:key>/<str:slug>/", views.CentrePage.as_view(), name="centre"),
    path("centre-kinds/", views.KindList.as_view(), name="kinds"),
    path("centre-kinds/<str:key>/", views.KindPage.as_view(), name="kind"),
    path("offices/", views.OfficeList.as_view(), name="offices"),
    path("offices/<str:key>/", views.OfficePage.as_view()),
    path("offices/<str:key>/<str:slug>/", views.OfficePage.as_view(), name="office"),
    path("milestones/", views.MilestoneList.as_view(), name="milestones"),
    path("milestones/<str:key>/", views.MilestonePage.as_view(), name="milestone"),
]
