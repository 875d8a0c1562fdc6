"""Where robots find every public record, in each language."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from centres.models import StatedTotal
from initiatives.revisions import record_models


class PageSitemap(Sitemap):
    """The pages that are no record's."""

    i18n = alternates = x_default = True

    def items(self) -> list[str]:
        lists = ("organisations", "programmes", "projects", "initiatives", "resolutions", "conferences", "documents")
        return [
            *("home", "about", "search"),
            *("initiatives:regions", "initiatives:countries", *(f"initiatives:{name}" for name in lists)),
            *("centres:centres", "centres:kinds", "centres:offices", "centres:milestones"),
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(Sitemap):
    """The public records of one model."""

    i18n = alternates = x_default = True

    def __init__(self, model: Any) -> None:
        self.model = model

    def items(self) -> Any:
        return self.model._default_manager.public().for_listing()

    def lastmod(self, item: Any) -> Any:
        return item.updated_at


# A stated total is shown on the page of its document.
SITEMAPS = {
    "pages": PageSitemap(),
    **{model._meta.model_name: RecordSitemap(model) for model in record_models() if model is not StatedTotal},
}
