"""What templates ask of records again and again: names in the right language, dates in words, facts with their sources."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from ..dates import in_words
from ..fields import language_of
from ..models import Certainty, Citation, Record, Status

register = template.Library()

# A longer question is no reader's: it is not carried on to the links of a page.
LONGEST_QUERY = 2000


def in_language(text: str, language: str) -> str:
    """Mark a text that is not in the language of the page."""
    if not text or not language or language == get_language():
        return str(text)
    return format_html('<span lang="{}" dir="auto">{}</span>', language, text)


@register.simple_tag
def said(record: Record, field: str = "") -> str:
    """Say a record's name, or one of its translated texts, marked where it is not in the language of the page."""
    if not field:
        return in_language(record.display_name, record.name_language)
    return in_language(getattr(record, field), language_of(record, field))


@register.filter
def spoken_in(text: str, language: str) -> str:
    """Mark a text as being in a language."""
    return in_language(text, language)


@register.simple_tag
def link(record: Record | None) -> str:
    """Link to a record by its name; "" where everyone may not see it."""
    if record is None or not record.is_addressable:
        return ""
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), said(record))


@register.filter
def links(records: Any) -> str:
    """Link to several records, as a sentence would list them."""
    shown = [link(record) for record in records if record.is_addressable]
    return format_html_join(_(", "), "{}", ((text,) for text in shown))


# ---------------------------------------------------------------- dates

# certainty: of a day, of a month or year, of no date
PHRASES = {
    Certainty.STATED: ("%s", "%s", gettext_lazy("date not stated")),
    Certainty.REPORTED: (
        gettext_lazy("%s, as reported in the news"),
        gettext_lazy("%s, as reported in the news"),
        gettext_lazy("reported in the news, date not stated"),
    ),
    Certainty.PLANNED: (
        gettext_lazy("planned for %s"),
        gettext_lazy("planned for %s"),
        gettext_lazy("planned, date not stated"),
    ),
    Certainty.EXPECTED: (
        gettext_lazy("expected on %s"),
        gettext_lazy("expected in %s"),
        gettext_lazy("expected, date not stated"),
    ),
}


@register.simple_tag
def when(text: str, certainty: str = Certainty.STATED, until: str = "") -> str:
    """Say a date of stated precision in words, with how sure it is."""
    of_day, of_month, of_none = PHRASES[Certainty(certainty)]
    if not text:
        return str(of_none)
    phrase = str(of_day if len(text) == 10 else of_month)
    words = in_words(text)
    if until:
        words = _("%(first)s to %(last)s") % {"first": words, "last": in_words(until)}
    return phrase % words


@register.simple_tag
def status_of(record: Any, day: Any = None) -> Status:
    """Return the status of a dated record on the day that a list was asked for, today if none was."""
    status: Status = record.status_on(day or None)
    return status


@register.simple_tag
def unknown_then(record: Any, day: Any) -> str:
    """Mark a row of a list of a day of which no source tells whether it existed on that day."""
    if not day or record.begin_is_stated(day):
        return ""
    return format_html('<span class="tag">{}</span>', _("begin not stated"))


# ---------------------------------------------------------------- facts and their sources


@register.simple_block_tag(takes_context=True)
def fact(context: Any, content: str, path: str, label: str = "", empty: str = "") -> str:
    """Show one fact of the page's record under the name of its field, with the numbers of its sources."""
    label = label or capfirst(str(context["record"]._meta.get_field(path.split("/")[0]).verbose_name))
    if not strip_tags(content).strip():
        content = format_html('<span class="unstated">{}</span>', empty or _("not stated"))
    marks = cited(context.get("sources", ()), path)
    body, _item, end = (
        content.strip().rpartition("</li>") if content.strip().endswith("</ul>") else (content.strip(), "", "")
    )
    ending = SafeString(f"{_item}{end}")  # the numbers stand with the last item of a list, not alone below it
    return format_html("<div><dt>{}</dt><dd>{} {}{}</dd></div>", label, SafeString(body), marks, ending)


@register.simple_tag
def cited(sources: "list[Citation]", path: str) -> str:
    """Point to the sources that support a fact, by their numbers in the list of sources."""
    numbers = [(number,) for number, citation in enumerate(sources, 1) if _supports(citation, path)]
    if not numbers:
        return ""
    marks = format_html_join(" ", '<a href="#source-{0}">{0}</a>', numbers)
    label = ngettext("Source", "Sources", len(numbers))
    return format_html('<sup class="cited"><span class="unseen">{} </span>{}</sup>', label, marks)


def _supports(citation: Citation, path: str) -> bool:
    """Tell whether a citation names a fact, in whatever language its column is, a whole it is part of, or a part of it."""
    wanted = (path, f"{path}_{settings.LANGUAGE_CODE}", f"{path}_{(get_language() or 'en').replace('-', '_')}")
    return any(citation.supports(name) for name in wanted) or any(
        name.startswith(f"{path}/") for name in citation.fields
    )


@register.simple_tag
def facts_of(citation: Citation, record: Record) -> str:
    """Say which facts of a record a citation supports, in the words of its fields."""
    names = dict.fromkeys(capfirst(_fact_name(record, path)) for path in citation.fields)
    return format_html_join(_(", "), "{}", ((name,) for name in names))


def _verbose(record: Record, name: str) -> str:
    return str(getattr(record._meta.get_field(name), "verbose_name", name))


def _rows_of(record: Record, part: Any) -> dict[str, str]:
    """Return what the rows of a record are called on its page, by their refs: read once a page; those that name drafts left out."""
    kept: dict[Any, dict[str, str]] = record.__dict__.setdefault("_called", {})
    if part not in kept:
        links = [field.name for field in part._meta.fields if field.is_relation and field.name not in part.owner_fields]
        rows = part.rows_of(record._meta.label_lower, [record.pk]).select_related(*links)
        shown = (
            row
            for row in rows
            if all(getattr(row, name) is None or getattr(row, name).is_addressable for name in links)
        )
        kept[part] = {row.ref: row.called for row in shown}
    return kept[part]


def _fact_name(record: Record, path: str) -> str:
    from ..revisions import parts_of

    name, _slash, rest = path.partition("/")
    for part in parts_of(type(record)):
        if part.document_name == name:
            plural = str(part._meta.verbose_name_plural)
            row = _rows_of(record, part).get(rest.partition("/")[0]) if rest else None
            return f"{plural} ({Truncator(row).chars(90)})" if row else plural
    for code, _language in settings.LANGUAGES:
        base = name.removesuffix(f"_{code.replace('-', '_')}")
        if base != name and base in record.translated:
            if code == settings.LANGUAGE_CODE:
                return _verbose(record, base)
            return f"{_verbose(record, base)} ({get_language_info(code)['name_translated']})"
    return _verbose(record, name)


# ---------------------------------------------------------------- lists and pages


@register.simple_tag(takes_context=True)
def page_languages(context: Any) -> list[dict[str, str]]:
    """Return this very page's address in each language, with the language's own name."""
    request = context.get("request")
    path = request.path if request else "/"
    codes = [code for code, _name in settings.LANGUAGES]
    first = path.split("/")[1]
    if first in codes and first != settings.LANGUAGE_CODE:
        path = path[len(first) + 1 :] or "/"
    path = f"/{path.lstrip('/')}"  # two slashes would lead to another host
    query = request.META.get("QUERY_STRING", "") if request else ""
    query = f"?{query}" if 0 < len(query) <= LONGEST_QUERY else ""
    found = []
    for code in codes:
        address = path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
        found.append({"code": code, "name": get_language_info(code)["name_local"], "path": address, "query": query})
    return found


@register.simple_tag
def names_elsewhere(record: Record) -> list[tuple[str, str, str]]:
    """Return a record's own name in the languages that the page is not in: code, name of the language, name."""
    if record.name_field not in record.translated:
        return []
    texts = [
        (code, getattr(record, build_localized_fieldname(record.name_field, code)))
        for code, _name in settings.LANGUAGES
    ]
    shown = str(getattr(record, record.name_field))
    return [(code, get_language_info(code)["name_local"], text) for code, text in texts if text and text != shown]


@register.simple_tag(takes_context=True)
def section(context: Any, view: str, label: str) -> str:
    """Link to a section of the site, marked where the page is part of it."""
    address, path = reverse(view), getattr(context.get("request"), "path", "")
    state = ' aria-current="page"' if path == address else ' aria-current="true"' if path.startswith(address) else ""
    return format_html('<a href="{}"{}>{}</a>', address, SafeString(state), label)


@register.simple_tag(takes_context=True)
def absolute(context: Any, path: str) -> str:
    """Return the full address of a path of this site."""
    request = context.get("request")
    return str(request.build_absolute_uri(path)) if request else path


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Look up a key that is itself a variable."""
    return mapping.get(key, "")
