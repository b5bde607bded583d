"""What this desk remembers of each printer: its measures, the paper in it. One small file, nothing personal."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from passdesk.domain.gabarit import Support
from passdesk.domain.reglage_imprimante import ReglageImprimante

FICHIER = "imprimantes.json"


@dataclass(frozen=True, slots=True)
class Habitude:
    """`reglage`: None while nobody measured its page; `support`: the paper in it."""

    reglage: ReglageImprimante | None = None
    support: Support = Support.ORDINAIRE


JAMAIS_VUE = Habitude()


def load_habitudes(dossier: Path) -> Mapping[str, Habitude]:
    """By name of printer; what cannot be read is a printer that nobody measured."""
    try:
        lues = json.loads((dossier / FICHIER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(lues, dict):
        return {}
    return {str(nom): _habitude(lue) for nom, lue in lues.items()}


def save_habitude(dossier: Path, nom: str, habitude: Habitude) -> None:
    """Replaces what is remembered of this printer, the file whole or not at all. Raises OSError."""
    toutes = {**load_habitudes(dossier), nom: habitude}
    provisoire = dossier / f"{FICHIER}.nouveau"
    ecrites = {autre: asdict(gardee) for autre, gardee in toutes.items()}
    try:
        provisoire.write_text(json.dumps(ecrites, default=str, ensure_ascii=False), encoding="utf-8")
        provisoire.replace(dossier / FICHIER)
    except OSError:
        with contextlib.suppress(OSError):
            provisoire.unlink(missing_ok=True)
        raise


def _habitude(lue: Any) -> Habitude:
    try:
        support = Support(lue.get("support", Support.ORDINAIRE))
    except (AttributeError, ValueError):
        return JAMAIS_VUE
    return Habitude(_reglage(lue.get("reglage")), support)


def _reglage(mesures: Any) -> ReglageImprimante | None:
    try:
        couche, debout, gauche, haut = (float(mesures[nom]) for nom in ("couche", "debout", "gauche", "haut"))
        reglage = ReglageImprimante(couche, debout, gauche, haut, date.fromisoformat(mesures["le"]))
    except (KeyError, TypeError, ValueError):
        return None
    return reglage if reglage.plausible else None
