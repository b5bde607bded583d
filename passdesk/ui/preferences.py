"""Text size, theme and comfort of each agent of this desk, in one small file under the base directory."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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


def load_preferences(dossier: Path, agent_id: str = "") -> Preferences:
    """What this agent chose; "": what the screen showed last. Display only: what is not readable is the default.

    An agent who never chose has what the desk had before it knew agents, or the default.
    """
    tout = _lire(dossier)
    siens = _agents(tout)
    if agent_id and siens:
        return _depuis(siens.get(agent_id))
    return _depuis(tout)


def save_preferences(dossier: Path, preferences: Preferences, agent_id: str = "") -> None:
    """Replaces the file at once: what the screen shows, which is this agent's choice unless "". Raises OSError.

    A desk that opens as it was left writes nothing: the window waits for this.
    """
    lues = _lire(dossier)
    siens = _agents(lues)
    if agent_id:
        siens = {**siens, agent_id: asdict(preferences)}
    voulues = {**asdict(preferences), "agents": siens}
    if voulues == lues:
        return
    provisoire = dossier / f"{FICHIER}.nouveau"
    provisoire.write_text(json.dumps(voulues), encoding="utf-8")
    provisoire.replace(dossier / FICHIER)


def _lire(dossier: Path) -> object:
    try:
        return json.loads((dossier / FICHIER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _agents(tout: object) -> dict[str, Any]:
    siens = tout.get("agents") if isinstance(tout, dict) else None
    return siens if isinstance(siens, dict) else {}


def _depuis(lu: object) -> Preferences:
    if not isinstance(lu, dict):
        return Preferences()
    try:
        mode, echelle = str(lu["mode"]), float(lu["echelle"])
    except (ValueError, KeyError, TypeError):
        return Preferences()
    # A file of before these choices has neither.
    raccourcis, mouvements = (lu.get(nom) is not False for nom in ("raccourcis", "mouvements"))
    mode, echelle = mode if mode in THEMES else "automatique", echelle if echelle in ECHELLES else 1.0
    return Preferences(mode, echelle, raccourcis, mouvements)


def load_section(dossier: Path) -> str:
    """The key of the section last opened, "" when nothing is readable."""
    try:
        return (dossier / FICHIER_SECTION).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def save_section(dossier: Path, cle: str) -> None:
    """Replaces what was kept. Raises OSError."""
    (dossier / FICHIER_SECTION).write_text(cle, encoding="utf-8")
