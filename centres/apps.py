"""The upper storey: where ITU is present."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CentresConfig(AppConfig):
    """Records of centres, offices, milestones and stated totals."""

    name = "centres"
    verbose_name = _("Centres and offices")
    default_auto_field = "django.db.models.BigAutoField"
