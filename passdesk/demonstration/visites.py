"""The made-up people of the demonstration, and how a visit of one of them goes at a desk."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from passdesk.domain.carnet import Carnet
from passdesk.domain.evaluation import Decision
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.ressources import chemin
from passdesk.services import impression, visite
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre

_SUITE = (
    "nom_usage", "lieu_naissance", "adresse", "complement_adresse", "code_postal", "courriel",
    "preference_contact", "langue", "note",
)  # fmt: skip
"""What may be told of a person beside name, birth and commune."""


@dataclass(frozen=True, slots=True)
class VisiteDeDemonstration:
    """One visit of the script, as typed by a mediator. `poste`: 1 or 2."""

    id: str
    poste: int
    identite: Mapping[str, Any] = field(repr=False)
    champs: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Deroulement:
    """How a visit went: the decision, the carnet handed over if any, the request recorded."""

    visite: VisiteDeDemonstration
    decision: Decision
    carnet: Carnet | None
    personne_connue: bool
    demande_id: str


def lire_visites(aujourdhui: date) -> tuple[VisiteDeDemonstration, ...]:
    """The script of `resources/demo/visites.toml`, its ages and dates set around `aujourdhui`."""
    lues = tomllib.loads(chemin("demo", "visites.toml").read_text(encoding="utf-8"))["visite"]
    identites: dict[str, dict[str, Any]] = {}
    visites = []
    for lue in lues:
        modele = lue.get("meme_que")
        identites[lue["id"]] = identites[modele] if modele else _identite(lue, aujourdhui)
        arrivee = date.fromisoformat(lue["arrivee_le"]) if "arrivee_le" in lue else aujourdhui
        champs = {
            "public": lue["public"],
            "prescripteur": lue.get("prescripteur"),
            "accompagnement": "prescripteur" in lue,
            "complementaire": lue.get("complementaire", False),
            "canal": lue.get("canal", "guichet"),
            "arrivee_le": _ecrire(arrivee),
            "pieces": tuple(_piece(genre, jours, arrivee) for genre, jours in lue["pieces"].items()),
        }
        visites.append(VisiteDeDemonstration(lue["id"], lue["poste"], identites[lue["id"]], champs))
    return tuple(visites)


def jouer(poste: Poste, scene: VisiteDeDemonstration, imprimante: impression.Imprimante) -> Deroulement:
    """The whole visit through the services the window uses: type, judge, award, print, hand over."""
    brouillon = _saisir(poste, scene)
    visite.noter(poste, brouillon)
    apercu = visite.apprecier(poste, brouillon)
    connue = next((r.personne for r in apercu.ressemblances if r.exacte), None)
    if connue is not None:
        brouillon = replace(visite.adopter(brouillon, connue), **scene.champs)
        visite.noter(poste, brouillon)
        apercu = visite.apprecier(poste, brouillon)
    if apercu.decision is None:
        raise ValueError(f"visit {scene.id} asks more questions: {apercu.questions}")
    if apercu.decision.issue != "accord":
        visite.garder(poste, brouillon)
        return Deroulement(scene, apercu.decision, None, connue is not None, brouillon.brouillon_id)
    carnet = visite.attribuer(poste, brouillon).carnet
    travail = impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    impression.mettre_sur_papier(travail, imprimante)
    impression.repondre(poste, carnet.campagne, carnet.numero, "tout")
    remis = remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
    return Deroulement(scene, apercu.decision, remis, connue is not None, brouillon.brouillon_id)


def _saisir(poste: Poste, scene: VisiteDeDemonstration) -> Brouillon:
    return replace(visite.ouvrir_visite(poste), **scene.identite, **scene.champs)


def _identite(lue: Mapping[str, Any], aujourdhui: date) -> dict[str, Any]:
    if "naissance" in lue:
        naissance = date.fromisoformat(lue["naissance"])
    else:
        mois, jour = map(int, lue["anniversaire"].split("-"))
        deja = (aujourdhui.month, aujourdhui.day) >= (mois, jour)
        naissance = date(aujourdhui.year - lue["age"] - (0 if deja else 1), mois, jour)
    return {
        "nom_naissance": lue["nom_naissance"],
        "prenoms": lue["prenoms"],
        "naissance": _ecrire(naissance),
        "commune": lue["commune"],
        "telephone": lue.get("telephone", ""),
        **{champ: lue[champ] for champ in _SUITE if champ in lue},
        "besoins": tuple(lue.get("besoins", ())),
    }


def _piece(genre: str, jours: int, arrivee: date) -> PieceSaisie:
    return PieceSaisie(genre, vue=True, date="" if jours < 0 else _ecrire(arrivee - timedelta(days=jours)))


def _ecrire(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"
