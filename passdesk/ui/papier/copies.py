"""A copy of the printed file where the agent chooses; the folder is remembered for the next time."""

from __future__ import annotations

import shutil
from pathlib import Path

from passdesk.domain.erreurs import PanneAttendue

FICHIER = "dossier-copies.txt"


def dossier_propose(base: Path) -> Path:
    """The folder of the last copy, the agent's own folder when there is none. `base`: the desk's folder."""
    try:
        dernier = Path((base / FICHIER).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return Path.home()
    return dernier if dernier.is_dir() else Path.home()


def copier(base: Path, source: Path, cible: Path) -> Path:
    """Copies the file and remembers where; runs off the GUI thread. Raises PanneAttendue("copie_impossible")."""
    try:
        shutil.copyfile(source, cible)
        (base / FICHIER).write_text(str(cible.parent), encoding="utf-8")
    except OSError:
        raise PanneAttendue("copie_impossible") from None
    return cible
