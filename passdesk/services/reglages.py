"""What the settings page says of this desk and may change, beside what the window keeps itself (theme, text size)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.fontes import sans_glyphe
from passdesk.services.connexion import COMME_L_ORDINATEUR, Chemin, lire_chemin
from passdesk.services.lieu_du_jour import est_itinerant, libelle
from passdesk.services.poste import (
    ADRESSE,
    ADRESSE_RECOURS,
    APPAREIL,
    NOM,
    TELEPHONE_AIDE,
    Poste,
    campagne_courante,
    est_responsable,
)
from passdesk.storage import envoi
from passdesk.storage import poste as identite

RECOURS_LIGNES, RECOURS_SIGNES = 6, 60
"""Lines of the address on a letter, and the longest one."""


@dataclass(frozen=True, slots=True)
class ReglagesPoste:
    """`dernier_contact`: last answer of the Region (UTC); `telephone_aide`: "" while nobody chose one.

    `adresse_recours`: its lines, empty while nobody gave it; `peut_regler`: whether this agent may change it.
    """

    nom_poste: str
    relie: bool
    adresse: str = field(repr=False)
    dernier_contact: datetime | None
    telephone_aide: str
    campagne: str
    dossier: Path = field(repr=False)
    adresse_recours: tuple[str, ...] = ()
    peut_regler: bool = False
    chemin: Chemin = COMME_L_ORDINATEUR
    """How the Region is reached."""
    libelle: str = ""
    """What the desk chose to be called on papers."""
    itinerant: bool = False
    """The desk moves: where it is is asked once a day."""


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
        adresse_recours=adresse_recours(poste),
        peut_regler=est_responsable(poste),
        chemin=lire_chemin(poste),
        libelle=libelle(poste),
        itinerant=est_itinerant(poste),
    )


def regler_telephone_aide(poste: Poste, telephone: str) -> None:
    """The help number printed on the covers of this desk. Raises SaisieRefusee("telephone_aide_refuse")."""
    if sum(signe.isdigit() for signe in telephone) < 4:
        raise SaisieRefusee("telephone_aide_refuse", saisi=telephone[:20])
    identite.ecrire_texte(poste.base, TELEPHONE_AIDE, " ".join(telephone.split()))


def adresse_recours(poste: Poste) -> tuple[str, ...]:
    """Where a letter says to write to contest an answer, line by line; empty while nobody gave it."""
    return tuple((identite.lire_texte(poste.base, ADRESSE_RECOURS) or "").splitlines())


def regler_adresse_recours(poste: Poste, adresse: str) -> None:
    """Where a letter says to write to contest an answer, its lines parted as a text is, or by "|".

    The Region gives it, nobody guesses. Raises SaisieRefusee: "reglage_reserve" (the agent is no *responsable*),
    "adresse_recours_refusee" (nothing in it, or more than a letter holds), "adresse_recours_signes" (no typeface has
    them).
    """
    _reserver(poste)
    lues = (" ".join(ligne.split()) for ligne in adresse.replace("|", "\n").splitlines())
    lignes = [ligne for ligne in lues if ligne]
    if not lignes or len(lignes) > RECOURS_LIGNES or max(map(len, lignes)) > RECOURS_SIGNES:
        raise SaisieRefusee("adresse_recours_refusee", lignes=RECOURS_LIGNES, signes=RECOURS_SIGNES)
    inconnus = sans_glyphe(" ".join(lignes), gras=True)
    if inconnus:
        raise SaisieRefusee("adresse_recours_signes", signes=" ".join(map(_citer, inconnus)))
    identite.ecrire_texte(poste.base, ADRESSE_RECOURS, "\n".join(lignes))


def retirer_adresse_recours(poste: Poste) -> None:
    """The letters send to the desk again, to ask where to write. Raises SaisieRefusee("reglage_reserve")."""
    _reserver(poste)
    identite.ecrire_texte(poste.base, ADRESSE_RECOURS, None)


def _reserver(poste: Poste) -> None:
    if not est_responsable(poste):
        raise SaisieRefusee("reglage_reserve")


def _citer(signe: str) -> str:
    return signe if signe.isprintable() else f"U+{ord(signe):04X}"
