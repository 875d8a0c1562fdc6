"""Six-language columns, from what each model names in ``translated``."""

from initiatives.languages import register_models

register_models("initiatives")
