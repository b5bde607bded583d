"""A desk that moves (a bus, days in a town hall): where it is today. Kept at the desk, with no act (decision 0063)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from passdesk.domain.commune import Communes
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lieu import Position
from passdesk.domain.personne import texte_recherche
from passdesk.printing.fontes import sans_glyphe
from passdesk.services.poste import NOM, Poste
from passdesk.storage import lieux
from passdesk.storage import poste as identite

ITINERANT, DU_JOUR, RECENTS, LIBELLE = "itinerant", "lieu_du_jour", "lieux_du_jour", "libelle"
LIBELLE_SIGNES = 60
"""The longest name of a desk on a paper."""
RECENTS_MAX = 8
PROPOSES_MAX = 40
"""Places offered beside those of the last days."""


@dataclass(frozen=True, slots=True)
class Endroit:
    """Where the desk may be: a commune by its INSEE code, or a place of the list by its id; `nom` as it is said."""

    cle: str
    nom: str


@dataclass(frozen=True, slots=True)
class LieuDuJour:
    """`itinerant`: the desk moves. `ici`: where it is today, None while nobody said. `choix`: the last ones first."""

    itinerant: bool = False
    ici: Endroit | None = None
    choix: tuple[Endroit, ...] = ()

    @property
    def a_demander(self) -> bool:
        """True once a day, until it is said."""
        return self.itinerant and self.ici is None


def lieu_du_jour(poste: Poste) -> LieuDuJour:
    """Where the desk is today, and where it may be."""
    if not est_itinerant(poste):
        return LieuDuJour()
    recents = _recents(poste)
    connus = {endroit.cle for endroit in recents}
    proposes = sorted((g.lieu.nom, g.lieu.lieu_id) for g in lieux.lister(poste.base) if g.lieu.lieu_id not in connus)
    choix = (*recents, *(Endroit(cle, nom) for nom, cle in proposes[:PROPOSES_MAX]))
    return LieuDuJour(True, ici(poste), choix)


def est_itinerant(poste: Poste) -> bool:
    """True for a desk that moves."""
    return identite.lire_texte(poste.base, ITINERANT) == "oui"


def regler_itinerant(poste: Poste, oui: bool) -> None:
    """Says whether the desk moves; where it was is kept for the next time."""
    identite.ecrire_texte(poste.base, ITINERANT, "oui" if oui else None)


def ici(poste: Poste) -> Endroit | None:
    """Where a desk that moves was said to be today; None for one that stays, or while nobody said."""
    lu = identite.lire_texte(poste.base, DU_JOUR) if est_itinerant(poste) else None
    jour, cle, nom = json.loads(lu) if lu else ("", "", "")
    return Endroit(cle, nom) if jour == poste.horloge.aujourdhui().isoformat() else None


def choisir_lieu(poste: Poste, cle: str, communes: Communes) -> Endroit:
    """The desk is there today: a commune by its INSEE code, or a place of the list by its id.

    Raises SaisieRefusee("endroit_inconnu").
    """
    commune, garde = communes.par_code(cle), lieux.get(poste.base, cle)
    nom = commune.nom if commune is not None and commune.pays is None else garde.lieu.nom if garde is not None else ""
    if not nom:
        raise SaisieRefusee("endroit_inconnu")
    choisi = Endroit(cle, nom)
    recents = (choisi, *(endroit for endroit in _recents(poste) if endroit.cle != cle))[:RECENTS_MAX]
    with poste.base.ecriture():
        identite.ecrire_texte(poste.base, DU_JOUR, json.dumps([poste.horloge.aujourdhui().isoformat(), cle, nom]))
        identite.ecrire_texte(poste.base, RECENTS, json.dumps([[e.cle, e.nom] for e in recents]))
    return choisi


def position_du_jour(poste: Poste) -> Position | None:
    """Where to count distances from today: the place itself, or one that the list knows in that commune."""
    endroit = ici(poste)
    if endroit is None:
        return None
    garde = lieux.get(poste.base, endroit.cle)
    if garde is not None:
        return garde.lieu.position
    nom = texte_recherche(endroit.nom)
    la_bas = (g.lieu.position for g in lieux.lister(poste.base) if texte_recherche(g.lieu.commune) == nom)
    return next((position for position in la_bas if position is not None), None)


def libelle(poste: Poste) -> str:
    """What the desk chose to be called on papers, "" for the name that the Region gave it."""
    return identite.lire_texte(poste.base, LIBELLE) or ""


def regler_libelle(poste: Poste, texte: str) -> str:
    """The desk's name on papers from now on; "" goes back to the Region's. Returned as it is kept.

    Raises SaisieRefusee("libelle_signes"): the typefaces have no such signs.
    """
    propre = " ".join(texte.split())[:LIBELLE_SIGNES]
    if inconnus := sans_glyphe(propre, gras=True):
        raise SaisieRefusee("libelle_signes", signes=" ".join(sorted(set(inconnus))))
    identite.ecrire_texte(poste.base, LIBELLE, propre or None)
    return propre


def nom_du_guichet(poste: Poste) -> str:
    """The desk's name as papers say it: "Bus des Hauts, à Fourmies" while it is somewhere for the day."""
    nom, endroit = libelle(poste) or identite.lire_texte(poste.base, NOM) or "", ici(poste)
    if endroit is None:
        return nom
    return f"{nom}, à {endroit.nom}" if nom else endroit.nom


def _recents(poste: Poste) -> tuple[Endroit, ...]:
    lus = json.loads(identite.lire_texte(poste.base, RECENTS) or "[]")
    return tuple(Endroit(cle, nom) for cle, nom in lus)
