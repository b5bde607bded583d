"""What the settings page says of this desk, beside what the window keeps itself (theme, text size)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from passdesk.services.poste import ADRESSE, APPAREIL, NOM, TELEPHONE_AIDE, Poste, campagne_courante
from passdesk.storage import envoi
from passdesk.storage import poste as identite


@dataclass(frozen=True, slots=True)
class ReglagesPoste:
    """`dernier_contact`: last answer of the Region (UTC); `telephone_aide`: "" while nobody chose one."""

    nom_poste: str
    relie: bool
    adresse: str = field(repr=False)
    dernier_contact: datetime | None
    telephone_aide: str
    campagne: str
    dossier: Path = field(repr=False)


def lire_reglages(poste: Poste) -> ReglagesPoste:
    """The desk's settings as they stand."""
    base = poste.base
    campagne = campagne_courante(poste)
    return ReglagesPoste(
        nom_poste=identite.lire_texte(base, NOM) or "",
        relie=identite.lire_texte(base, APPAREIL) is not None,
        adresse=identite.lire_texte(base, ADRESSE) or "",
        dernier_contact=envoi.etat(base).contact,
        telephone_aide=identite.lire_texte(base, TELEPHONE_AIDE) or "",
        campagne=campagne.libelle if campagne else "",
        dossier=poste.dossier,
    )
