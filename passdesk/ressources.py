"""Where the data shipped with PassDesk lies: `resources/` in a checkout, inside the package once installed."""

from __future__ import annotations

from pathlib import Path

_PAQUET = Path(__file__).resolve().parent
_INSTALLE = _PAQUET / "_resources"
RACINE = _INSTALLE if _INSTALLE.is_dir() else _PAQUET.parent / "resources"


def chemin(*parties: str) -> Path:
    """The path of a shipped file, e.g. `chemin("reglements", "2022-02-01.toml")`."""
    return RACINE.joinpath(*parties)
