"""The files of sheets to print: each takes its name, or the next one while a viewer holds what was printed before."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from passdesk.storage.fichiers import renommer


def poser_feuilles(provisoire: Path, chemin: Path) -> Path:
    """Gives the file its name, or the first that follows; the one it took. Raises OSError.

    On Windows a viewer holds the file that it shows: no other takes its name meanwhile.
    """
    libre = chemin
    for rang in count(2):
        if not libre.exists():
            break
        try:
            provisoire.replace(libre)
            return libre
        except PermissionError:
            libre = _suivant(chemin, str(rang))
    renommer(provisoire, libre)
    return libre


def feuilles_posees(chemin: Path) -> Path | None:
    """The file written last under this name or one that follows it; None without any."""
    posees = [f for f in (chemin, *chemin.parent.glob(_suivant(chemin, "*").name)) if f.is_file()]
    return max(posees, key=lambda fichier: fichier.stat().st_mtime_ns, default=None)


def _suivant(chemin: Path, rang: str) -> Path:
    # Not "-2": that is how the names end which tell of some sheets only.
    return chemin.with_stem(f"{chemin.stem} ({rang})")
