"""In which formats the API answers, and how one is chosen."""

import csv
import io
import re
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer

from initiatives.parameters import BadParameterError, fault
from initiatives.sheets import cells, columns_asked


def _plain(value: Any) -> Any:
    """Turn what JSON does not know into what it does."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)


def to_json(data: Any) -> bytes:
    """Write an answer as JSON; lists and dicts of other kinds (DRF's) are lists and dicts."""
    return orjson.dumps(data, default=_plain, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z)


class JSONRenderer(BaseRenderer):
    """JSON, in UTF-8."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else to_json(data)


class CSVRenderer(BaseRenderer):
    """The fixed columns of the view's sheet: RFC 4180, UTF-8, formulas made text."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> str:
        view, response = renderer_context["view"], renderer_context["response"]
        rows = data if isinstance(data, list) else data.get("results", [data])
        context = view.get_serializer_context()
        columns = columns_asked(view.sheet, context.get("fields"), context.get("include", []))
        response["Content-Disposition"] = f'attachment; filename="{_file_name(view)}.csv"'
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([column.name for column in columns])
        writer.writerows(cells(columns, row) for row in rows)
        return text.getvalue()


def _file_name(view: Any) -> str:
    """Return the name of the collection, and of the record where there is one."""
    parts = view.request.path.strip("/").split("/")[2:]
    return "-".join(parts) or "registry"


class Negotiation(DefaultContentNegotiation):
    """``format=`` wins over Accept; a format that is not offered is 400 and told so."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        wanted = request.query_params.get(self.settings.URL_FORMAT_OVERRIDE)
        if not wanted:
            return self._preferred(request, renderers)
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        raise BadParameterError(fault("format", wanted, ", ".join(renderer.format for renderer in renderers)))

    def _preferred(self, request: Any, renderers: Any) -> Any:
        """Return what Accept likes best; of what it likes equally, what it names more closely, else what comes first."""
        asked = request.headers.get("Accept") or "*/*"
        accepted = [_accepted(text) for text in asked.split(",")]
        best, liked = None, (0.0, 0)
        for renderer in renderers:
            liking = _liking(renderer.media_type, accepted)
            if liking[0] > 0 and liking > liked:
                best, liked = renderer, liking
        if best is None:
            raise NotAcceptable(available_renderers=renderers)
        return best, best.media_type


def _accepted(text: str) -> tuple[str, float]:
    """Read one range of Accept with its weight (RFC 9110); what is no weight weighs fully."""
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    return media_type, float(weight) if re.fullmatch(r"[01](\.\d{0,3})?", weight, re.ASCII) else 1.0


def _liking(media_type: str, accepted: list[tuple[str, float]]) -> tuple[float, int]:
    """Return the weight of a media type and how closely it is named: the closest range counts."""
    ranges = ("*/*", f"{media_type.partition('/')[0]}/*", media_type)
    named = [(ranges.index(asked), weight) for asked, weight in accepted if asked in ranges]
    closeness, weight = max(named, default=(0, 0.0))
    return weight, closeness
