"""Errors as problem details (RFC 9457): whatever goes wrong under /api/ is told in one form, and never as a page."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable, NotFound

from .renderers import to_json

log = logging.getLogger("django.request")
API = "/api/"
METHODS = ("GET", "HEAD", "OPTIONS")


def problem(request: Any, status: int, detail: str, errors: Any = (), headers: Any = None) -> HttpResponse:
    """Return a problem: ``errors`` name field, value and what is allowed."""
    title = HTTPStatus(status).phrase
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": request.path}
    if errors:
        told["errors"] = list(errors)
    return HttpResponse(to_json(_printable(told)), "application/problem+json", status, headers=headers)


def _printable(told: dict[str, Any]) -> dict[str, Any]:
    """Return the problem with an address that can be encoded: some servers pass on lone surrogates."""
    return {**told, "instance": told["instance"].encode("utf-8", "replace").decode("utf-8")[:500]}


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """Answer an error in an API view."""
    request = context["request"]
    if isinstance(error, Http404 | NotFound):
        detail = str(error) or _("There is nothing at this address.")
        return problem(request, 404, detail)
    if isinstance(error, PermissionDenied):
        return problem(request, 403, _("This is not permitted."))
    if isinstance(error, SuspiciousOperation | BadRequest):
        return problem(request, 400, _("The request is malformed or too large."))
    if isinstance(error, APIException):
        return problem(request, error.status_code, _told(error), getattr(error, "errors", ()), _headers(error))
    log.error("Internal Server Error: %s", request.path, exc_info=error, extra={"status_code": 500})
    got_request_exception.send(sender=None, request=request._request)
    return problem(request, 500, _("Something went wrong here. It has been logged."))


def _told(error: APIException) -> str:
    if isinstance(error, NotAcceptable):
        allowed = ", ".join(renderer.media_type for renderer in error.available_renderers or ())
        return _("None of the formats in Accept can be given. Allowed: %s.") % allowed
    if isinstance(error, MethodNotAllowed):
        return _only_read()
    return str(error.detail)


def _headers(error: APIException) -> dict[str, str]:
    headers = {"WWW-Authenticate": getattr(error, "auth_header", None)}
    wait = getattr(error, "wait", None)
    headers["Retry-After"] = f"{wait:.0f}" if wait else None
    return {name: value for name, value in headers.items() if value}


def _only_read() -> str:
    return _("The registry is only read here. Allowed: GET, HEAD, OPTIONS.")


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Answer a method that would write."""
    return problem(request, 405, _only_read(), headers={"Allow": ", ".join(METHODS)})


@csrf_exempt  # nothing is written here: whoever tries is told that, and of no missing token
def unknown_address(request: HttpRequest, **_parts: Any) -> HttpResponse:
    """Answer every address under /api/ that nothing else answers; where only the last slash is missing, lead there."""
    if not request.path.endswith("/") and resolve(f"{request.path_info}/").func is not unknown_address:
        if request.method not in METHODS:
            return not_allowed(request)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else ""))
    return problem(request, 404, _("There is nothing at this address. The API begins at /api/v1/."))


def or_page(page: Callable[..., HttpResponse], status: int) -> Callable[..., HttpResponse]:
    """Return an error handler: a problem under /api/, elsewhere the page."""

    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path.startswith(API):
            return problem(request, status, _("The request could not be answered."))
        return page(request, *args, **kwargs)

    return handle
