"""The places of mediation of this desk: where the desk stands, which places are near, what the desk says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lieu import CHAMPS_CORRIGES, FiltreLieux, Lieu, LieuProche, Position, par_distance
from passdesk.domain.personne import texte_recherche
from passdesk.services.lieu_du_jour import position_du_jour
from passdesk.services.lieux_champs import lire_position
from passdesk.services.poste import Poste
from passdesk.services.telephone import lire_telephone
from passdesk.storage import lieux
from passdesk.storage import poste as identite

POSITION = "position"
"""Where the desk keeps its own position: "50.123,3.93", or "lieu:" and the id of a place."""
LIEUX_MONTRES = 200
"""Places of one answer; the search finds the others."""
_DU_LIEU = "lieu:"
_NOMBRE = re.compile(r"-?\d{1,2}(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class PositionPoste:
    """Where the desk stands. `lieu`: the place it is in, when it was told so; `position`: None while nobody said."""

    position: Position | None = None
    lieu: Lieu | None = None

    @property
    def texte(self) -> str:
        """ "50,1233 ; 3,9308", as it can be typed."""
        if self.position is None:
            return ""
        degres = (f"{valeur:.6f}".rstrip("0") for valeur in (self.position.latitude, self.position.longitude))
        return " ; ".join(degre.rstrip(".").replace(".", ",") for degre in degres)


def position_du_poste(poste: Poste) -> PositionPoste:
    """Where the desk stands, as it was set."""
    texte = identite.lire_texte(poste.base, POSITION) or ""
    if texte.startswith(_DU_LIEU):
        garde = lieux.get(poste.base, texte.removeprefix(_DU_LIEU))
        return PositionPoste(garde.lieu.position, garde.lieu) if garde else PositionPoste()
    if not texte:
        return PositionPoste()
    latitude, longitude = texte.split(",")
    return PositionPoste(Position(float(latitude), float(longitude)))


def regler_position(poste: Poste, texte: str) -> PositionPoste:
    """Latitude and longitude as a map gives them ("50.1233, 3.9308"); "" forgets them.

    Raises SaisieRefusee("position_incomprise"): not two numbers, or a point out of metropolitan France.
    """
    if not texte.strip():
        identite.ecrire_texte(poste.base, POSITION, None)
        return PositionPoste()
    nombres = _NOMBRE.findall(texte)
    position, _ = lire_position(*nombres) if len(nombres) == 2 else (None, "")
    if position is None:
        raise SaisieRefusee("position_incomprise", saisi=texte[:40])
    identite.ecrire_texte(poste.base, POSITION, f"{position.latitude},{position.longitude}")
    return PositionPoste(position)


def regler_position_comme(poste: Poste, lieu_id: str) -> PositionPoste:
    """The desk is in this place of the list. Raises SaisieRefusee("lieu_inconnu" | "lieu_sans_point")."""
    garde = _garde(poste, lieu_id)
    if garde.lieu.position is None:
        raise SaisieRefusee("lieu_sans_point", nom=garde.lieu.nom)
    identite.ecrire_texte(poste.base, POSITION, _DU_LIEU + lieu_id)
    return PositionPoste(garde.lieu.position, garde.lieu)


def position_courante(poste: Poste) -> Position | None:
    """Where distances are counted from: where a desk that moves is today, else where the desk was said to stand."""
    return position_du_jour(poste) or position_du_poste(poste).position


def lieux_du_poste(poste: Poste) -> list[LieuProche]:
    """Every place as the desk says it, the nearest first."""
    return par_distance((garde.lieu for garde in lieux.lister(poste.base)), position_courante(poste))


@dataclass(frozen=True, slots=True)
class VueLieux:
    """What a search finds: the nearest of the places found, how many were found, how many the desk knows."""

    lieux: tuple[LieuProche, ...]
    trouves: int
    connus: int


def chercher_lieux(poste: Poste, texte: str, filtre: FiltreLieux, limite: int = LIEUX_MONTRES) -> VueLieux:
    """The places that pass the filter, and in whose name, street or town every word typed begins a word."""
    tous = lieux_du_poste(poste)
    voulus = [f" {mot}" for mot in texte_recherche(texte).split()]
    trouves = [p for p in tous if filtre.garde(p.lieu) and _contient(p.lieu, voulus)]
    return VueLieux(tuple(trouves[:limite]), len(trouves), len(tous))


def _contient(lieu: Lieu, voulus: Sequence[str]) -> bool:
    mots = _plier(f" {lieu.nom} {lieu.adresse} {lieu.complement} {lieu.ville}")
    return all(voulu in mots for voulu in voulus)


@lru_cache(maxsize=1 << 15)
def _plier(texte: str) -> str:
    """Folded once for all the letters of a search."""
    return " " + texte_recherche(texte)


@dataclass(frozen=True, slots=True)
class FicheLieu:
    """A place as the desk says it, as the list says it, and the fields on which they differ by the desk's will."""

    proche: LieuProche
    importe: Lieu
    corriges: frozenset[str]


def fiche_lieu(poste: Poste, lieu_id: str) -> FicheLieu:
    """Everything about a place. Raises SaisieRefusee("lieu_inconnu")."""
    garde = _garde(poste, lieu_id)
    (proche,) = par_distance([garde.lieu], position_courante(poste))
    return FicheLieu(proche, garde.importe, frozenset(garde.corrections))


def corriger_lieu(poste: Poste, lieu_id: str, champ: str, valeur: str) -> FicheLieu:
    """What the desk says of one field (of CHAMPS_CORRIGES) from now on, whatever the next list says.

    `valeur`: a telephone as typed, `Horaires.texte`, "oui", "non" or "". What the list says already is no correction.
    Raises SaisieRefusee("lieu_inconnu"), or the doubt about a telephone.
    """
    if champ not in CHAMPS_CORRIGES:
        raise ValueError(champ)
    garde = _garde(poste, lieu_id)
    if champ == "telephone":
        lu = lire_telephone(valeur)
        if lu.erreur:
            raise SaisieRefusee(lu.erreur)
        valeur = lu.texte
    inchange = valeur == _dit(garde.importe, champ)
    lieux.noter_correction(poste.base, lieu_id, champ, None if inchange else valeur)
    return fiche_lieu(poste, lieu_id)


def oublier_corrections(poste: Poste, lieu_id: str) -> FicheLieu:
    """Back to what the list says, for every field."""
    with poste.base.ecriture():
        for champ in CHAMPS_CORRIGES:
            lieux.noter_correction(poste.base, lieu_id, champ, None)
    return fiche_lieu(poste, lieu_id)


def _garde(poste: Poste, lieu_id: str) -> lieux.LieuGarde:
    garde = lieux.get(poste.base, lieu_id)
    if garde is None:
        raise SaisieRefusee("lieu_inconnu")
    return garde


def _dit(lieu: Lieu, champ: str) -> str:
    """What the list says of a field, written as a correction is."""
    if champ == "telephone":
        return lieu.telephone
    if champ == "horaires":
        return lieu.horaires.texte if lieu.horaires else ""
    dit = getattr(lieu, champ)
    if champ == "ecarte":
        return "oui" if dit else ""
    return {True: "oui", False: "non", None: ""}[dit]
