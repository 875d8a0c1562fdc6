"""A mypy plugin that lets the Django plugin see the registry's own managers.

modeltranslation gives each manager a class that it makes at run time, and no type checker can look such a class up. While
types are checked, the managers stay what the models say.
"""

import os
import sys
from pathlib import Path

from mypy.plugin import Plugin

sys.path.append(str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regional_presence.settings")

from modeltranslation import translator  # it reads the settings

translator.patch_manager_class = lambda manager: None


def plugin(version: str) -> type[Plugin]:
    """Return a plugin that has nothing to add."""
    return Plugin
