"""Which places a cover carries: the nearest, or those that the mediator chose, for the desk or for one carnet.

What was printed is kept with the carnet: printed again before the hand-over, it is the same paper byte for byte, even
when the list has changed meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.lieu import FiltreLieux, LieuProche, les_plus_proches, proposable, texte_distance
from passdesk.printing.carnet_imprime import LieuImprime
from passdesk.services.lieux import lieux_du_poste, position_courante
from passdesk.services.poste import Poste
from passdesk.storage import lieux
from passdesk.storage import poste as identite

CHOIX = "lieux_couverture"
"""Where the desk keeps its own choice: a filter, and the ids chosen by hand."""
CANDIDATS_MAX = 60
"""Places offered for one carnet: beyond, nobody would go."""


@dataclass(frozen=True, slots=True)
class ChoixLieux:
    """What the covers of this desk carry: `choisis` in order, maybe nothing; None, the nearest that pass the filter."""

    filtre: FiltreLieux = field(default_factory=FiltreLieux)
    choisis: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LieuxCouverture:
    """The desk's choice, the places that it gives now, those that it could give, and whether the desk is somewhere."""

    choix: ChoixLieux
    lieux: tuple[LieuProche, ...]
    candidats: tuple[LieuProche, ...]
    situe: bool


@dataclass(frozen=True, slots=True)
class LieuxCarnet:
    """For one carnet: those it carries, or will (ids, in order), and those it may carry, the nearest first."""

    choisis: tuple[str, ...]
    candidats: tuple[LieuProche, ...]


def lire_choix(poste: Poste) -> ChoixLieux:
    """The choice of this desk."""
    lu: Mapping[str, Any] = json.loads(identite.lire_texte(poste.base, CHOIX) or "{}")
    filtre = {nom: bool(lu[nom]) for nom in ("accepte_pass", "itinerant", "accessible") if nom in lu}
    choisis = lu.get("choisis")
    return ChoixLieux(FiltreLieux(**filtre), None if choisis is None else tuple(choisis))


def garder_choix(poste: Poste, choix: ChoixLieux) -> LieuxCouverture:
    """Keeps the choice of this desk; what it gives now."""
    identite.ecrire_texte(poste.base, CHOIX, json.dumps(asdict(choix.filtre) | {"choisis": choix.choisis}))
    return lieux_de_couverture(poste)


def lieux_de_couverture(poste: Poste) -> LieuxCouverture:
    """What the next covers of this desk carry."""
    choix, tous, position = lire_choix(poste), lieux_du_poste(poste), position_courante(poste)
    if choix.choisis is not None:
        # Chosen once for all covers: what a list or the desk says of a place since counts too.
        pris = [proche for proche in _choisir(tous, choix.choisis) if proposable(proche.lieu)]
    else:
        pris = les_plus_proches((proche.lieu for proche in tous), position, choix.filtre)
    candidats = _candidats(tous, [proche.lieu.lieu_id for proche in pris])
    return LieuxCouverture(choix, tuple(pris), candidats, position is not None)


def lieux_du_carnet(poste: Poste, carnet: Carnet) -> LieuxCarnet:
    """What this carnet carries and what it may carry instead."""
    tous = lieux_du_poste(poste)
    garde = lieux.du_carnet(poste.base, carnet.campagne, carnet.numero)
    if garde is not None:
        choisis = tuple(str(lu["id"]) for lu in json.loads(garde))
    elif carnet.etat is Etat.ATTRIBUE:
        choisis = tuple(proche.lieu.lieu_id for proche in lieux_de_couverture(poste).lieux)
    else:
        choisis = ()
    return LieuxCarnet(choisis, _candidats(tous, choisis))


def lieux_imprimes(
    poste: Poste, carnet: Carnet, choisis: Sequence[str] | None = None
) -> tuple[tuple[str, LieuImprime], ...]:
    """(id, words) of each place of the cover of this carnet: those chosen now; else those it was printed with; else,
    never printed yet, those of the desk. A carnet printed before the desk knew any place has none.
    """
    if choisis is None:
        garde = lieux.du_carnet(poste.base, carnet.campagne, carnet.numero)
        if garde is not None:
            return tuple((str(lu.pop("id")), _lire(lu)) for lu in json.loads(garde))
        if carnet.etat is not Etat.ATTRIBUE:
            return ()
        pris: Sequence[LieuProche] = lieux_de_couverture(poste).lieux
    else:
        pris = _choisir(lieux_du_poste(poste), choisis)
    return tuple((proche.lieu.lieu_id, imprimer_lieu(proche)) for proche in pris)


def retenir(poste: Poste, carnet: Carnet, imprimes: Sequence[tuple[str, LieuImprime]]) -> None:
    """Keeps what goes to paper with the carnet; joins the act that prints it."""
    garde = json.dumps([{"id": lieu_id} | asdict(lieu) for lieu_id, lieu in imprimes], ensure_ascii=False)
    lieux.noter_carnet(poste.base, carnet.campagne, carnet.numero, garde)


def imprimer_lieu(proche: LieuProche) -> LieuImprime:
    """A place in the words of the cover."""
    lieu = proche.lieu
    return LieuImprime(
        lieu.nom,
        lieu.rue,
        lieu.ville,
        lieu.telephone,
        lieu.horaires.groupes if lieu.horaires else (),
        texte_distance(proche.distance_km) if proche.distance_km is not None else "",
    )


def _candidats(tous: Sequence[LieuProche], choisis: Sequence[str]) -> tuple[LieuProche, ...]:
    """The nearest places that a cover may carry, and those that it does."""
    possibles = [p for p in tous if proposable(p.lieu)]
    absents = [p for p in tous if p.lieu.lieu_id in choisis and p not in possibles[:CANDIDATS_MAX]]
    return (*possibles[:CANDIDATS_MAX], *absents)


def _choisir(tous: Sequence[LieuProche], choisis: Sequence[str]) -> list[LieuProche]:
    par_id = {proche.lieu.lieu_id: proche for proche in tous}
    return [par_id[lieu_id] for lieu_id in dict.fromkeys(choisis) if lieu_id in par_id]


def _lire(lu: Mapping[str, Any]) -> LieuImprime:
    horaires = tuple((jours, heures) for jours, heures in lu["horaires"])
    return LieuImprime(**{**lu, "horaires": horaires})
