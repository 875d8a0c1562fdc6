"""The composition root."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionalPresenceConfig(AppConfig):
    """Pages, API root and commands that join both storeys."""

    name = "regional_presence"
    verbose_name = _("Regional presence")
