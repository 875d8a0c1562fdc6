"""The ground storey: why ITU is present, and where facts come from."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """Records of mandates, programmes, places, organisations and sources, and the history of all records."""

    name = "initiatives"
    verbose_name = _("Initiatives and sources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .links import guard_links
        from .revisions import watch

        watch()
        guard_links()
