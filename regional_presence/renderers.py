"""In which formats the API answers, and how one is chosen."""

import csv
import io
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
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
        if wanted is None:
            return super().select_renderer(request, renderers, format_suffix)
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        raise BadParameterError(fault("format", wanted, ", ".join(renderer.format for renderer in renderers)))
