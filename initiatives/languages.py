"""Which columns exist in all six languages: each model says so itself. English is asked for where the column must be filled."""

from django.apps import apps
from modeltranslation.translator import TranslationOptions, translator


def register_models(app_label: str) -> None:
    """Register with modeltranslation every model of an app that names columns in ``translated``."""
    for model in apps.get_app_config(app_label).get_models():
        if names := getattr(model, "translated", ()):
            blank = {field.name for field in model._meta.fields if field.blank}
            required = {"en": tuple(name for name in names if name not in blank), "default": ()}
            options = type(
                f"{model.__name__}Translation", (TranslationOptions,), {"fields": names, "required_languages": required}
            )
            translator.register(model, options)
