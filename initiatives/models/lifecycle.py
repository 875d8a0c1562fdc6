"""What a record may become, seen from what it was: rules that no single row can hold."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from .history import Change, Version


def was_public(record: Any) -> bool:
    """Tell whether the public has ever seen a record."""
    seen = Version.objects.filter(record_model=record._meta.label_lower, record_key=str(record.pk))
    return seen.exclude(change=Change.NONE).exists()


def refuse_to_withdraw_unseen(record: Any) -> None:
    """Refuse to withdraw what is no public record: its page would thereby become public."""
    if record.state != "withdrawn" or record.once_public:
        return
    before = type(record)._default_manager.filter(pk=record.pk).values_list("state", flat=True).first()
    if before in ("published", "withdrawn"):
        return
    raise ValidationError(
        {"state": _("Only what was published can be withdrawn: a withdrawn record's page is public. Delete the draft.")}
    )


def refuse_circle_of_successors(record: Any) -> None:
    """Refuse a successor whose own successors lead back to the record."""
    if record.successor_id and record.successor_id == record.pk:
        raise ValidationError({"successor": _("A record cannot be its own successor.")})
    passed: set[Any] = set()
    try:
        following = record.successor
        while following is not None and following.pk not in passed:
            if following.pk == record.pk:
                values = {"key": record.successor_id}
                message = _("The record “%(key)s” is itself led back to this one by its successors.") % values
                raise ValidationError({"successor": message})
            passed.add(following.pk)
            following = following.successor
    except ObjectDoesNotExist:
        return  # the field itself has said so
