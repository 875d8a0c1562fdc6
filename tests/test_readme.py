"""What the README says is so."""

import re
from typing import Any

import pytest
from django.conf import settings

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
ADDRESSES = sorted(set(re.findall(r"http://127\.0\.0\.1:8000(/[^\s'>]*)", README)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers(address: str, registry: None, client: Any) -> None:
    assert client.get(address, follow=True).status_code == 200


@pytest.mark.parametrize(("marker", "end"), [("run", "manage.py up"), ("test", ".venv/bin/pytest")])
def test_each_command_is_one_line_after_its_marker(marker: str, end: str) -> None:
    (command,) = re.findall(rf"^<!-- {marker} -->\n```sh\n(.*)\n```$", README, re.MULTILINE)
    assert command.startswith("python3 -m venv .venv && ")
    assert command.endswith(end)


def test_every_setting_read_from_the_environment_is_told() -> None:
    code = (settings.BASE_DIR / "regional_presence" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""(?:environ\.get|env_bool|env_list)\(\s*"([A-Z_]+)\"""", code))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert read == told
