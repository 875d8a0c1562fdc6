"""Addresses: the API and the machines' files without a language, pages and admin with one."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
