"""Text size, theme and comfort of this desk, in one small file under the base directory."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from passdesk.ui.jetons import THEMES
from passdesk.ui.theme import ECHELLES

FICHIER = "affichage.json"
FICHIER_SECTION = "reglages.txt"
"""The section of *Réglages* last opened."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`mode`: "automatique" or a theme's name; `echelle`: text scale, 1 to 2.

    `raccourcis`: the keys are shown; `mouvements`: what waits may move.
    """

    mode: str = "automatique"
    echelle: float = 1.0
    raccourcis: bool = True
    mouvements: bool = True


def load_preferences(dossier: Path) -> Preferences:
    """What was kept; the defaults when there is nothing readable (display only: nothing is lost)."""
    try:
        lu = json.loads((dossier / FICHIER).read_text(encoding="utf-8"))
        mode, echelle = str(lu["mode"]), float(lu["echelle"])
        # A file of before these choices has neither.
        raccourcis, mouvements = (lu.get(nom) is not False for nom in ("raccourcis", "mouvements"))
    except (OSError, ValueError, KeyError, TypeError):
        return Preferences()
    mode, echelle = mode if mode in THEMES else "automatique", echelle if echelle in ECHELLES else 1.0
    return Preferences(mode, echelle, raccourcis, mouvements)


def save_preferences(dossier: Path, preferences: Preferences) -> None:
    """Replaces the file at once. Raises OSError."""
    provisoire = dossier / f"{FICHIER}.nouveau"
    provisoire.write_text(json.dumps(asdict(preferences)), encoding="utf-8")
    provisoire.replace(dossier / FICHIER)


def load_section(dossier: Path) -> str:
    """The key of the section last opened, "" when nothing is readable."""
    try:
        return (dossier / FICHIER_SECTION).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def save_section(dossier: Path, cle: str) -> None:
    """Replaces what was kept. Raises OSError."""
    (dossier / FICHIER_SECTION).write_text(cle, encoding="utf-8")
