"""The first page is on the screen before the rest of the program is read (decision 0065)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from passdesk.__main__ import ouverture

PLUS_TARD = {
    "passdesk.cli", "passdesk.services.poste", "passdesk.ui.bureau", "passdesk.ui.composants.liste",
    "passdesk.printing", "cryptography", "httpcore", "phonenumbers", "reportlab", "sqlite_utils",
}  # fmt: skip


def test_what_the_first_page_does_not_need_is_read_after_it() -> None:
    programme = "import sys, passdesk.__main__, passdesk.app; print(*sys.modules)"
    lu = subprocess.run([sys.executable, "-c", programme], capture_output=True, check=True, text=True)
    assert PLUS_TARD & set(lu.stdout.split()) == set()


def test_nothing_is_read_again_once_imported() -> None:
    programme = (
        "import linecache, sys, passdesk.app, passdesk.ui.suite; "
        "print(*(n for n, m in sys.modules.items() if getattr(m, '__file__', None) in linecache.cache))"
    )
    lu = subprocess.run([sys.executable, "-c", programme], capture_output=True, check=True, text=True)
    relus = {module for module in lu.stdout.split() if module.partition(".")[0] in ("passdesk", "reportlab")}
    assert relus <= {"passdesk", "passdesk.ui"}, "only what is needed to take the reading off"


@pytest.mark.parametrize(
    ("ligne", "attendu"),
    [
        ("", (None, False)),
        ("--demo", (None, True)),
        ("--base-dir poste", (Path("poste"), False)),
        ("--base-dir=poste --demo", (Path("poste"), True)),
        ("--demo --base-dir poste", (Path("poste"), True)),
        ("poste etat", None),
        ("--base-dir poste poste etat", None),
        ("--help", None),
        ("--base-dir", None),
        ("--base-dir=", None),
        ("--base-dir --demo", None),
        ("--demo=oui", None),
        ("--demo --demo", None),
        ("--base-dir a --base-dir b", None),
    ],
)
def test_the_window_is_opened_without_the_commands_and_anything_else_is_theirs(
    ligne: str, attendu: tuple[Path | None, bool] | None
) -> None:
    assert ouverture(ligne.split()) == attendu
