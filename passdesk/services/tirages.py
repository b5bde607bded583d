"""The printings of a carnet, read from the log: what went out, how, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

from passdesk.domain.carnet import Carnet
from passdesk.domain.gabarit import GABARITS, ORDINAIRE
from passdesk.domain.tirage import Sortie, Tirage
from passdesk.protocol.operations import Operation, TypeOperation
from passdesk.services.poste import Poste
from passdesk.storage import consultation

ACTES = (
    TypeOperation.CARNET_IMPRESSION_LANCEE,
    TypeOperation.CARNET_IMPRESSION_FAITE,
    TypeOperation.CARNET_IMPRESSION_RATEE,
)
"""What the log of the printings is made of."""

_SORTIES: dict[str, Sortie] = {sortie: sortie for sortie in get_args(Sortie)}


def tirages(poste: Poste, carnet: Carnet) -> tuple[Tirage, ...]:
    """Every printing of a carnet, oldest first; none before the first."""
    faits: list[Tirage] = []
    celui_ci = {"campagne": carnet.campagne, "numero": carnet.numero}
    # A carnet that waits for its paper keeps its person's record from being made one with another: all is there.
    for acte in consultation.actes_sur(poste.base, carnet.personne_id):
        if acte.entete.type not in ACTES or not celui_ci.items() <= (corps := acte.contenu()).items():
            continue
        if acte.entete.type == TypeOperation.CARNET_IMPRESSION_LANCEE:
            faits.append(_lance(acte, corps))
        elif faits:
            sortie = "tout" if acte.entete.type == TypeOperation.CARNET_IMPRESSION_FAITE else corps.get("sortie")
            faits[-1] = replace(faits[-1], sortie=_SORTIES.get(str(sortie), "rien"), arretee_a=corps.get("feuille"))
    return tuple(faits)


def dernier_tirage(poste: Poste, carnet: Carnet) -> Tirage | None:
    """The last printing of a carnet, None before the first."""
    faits = tirages(poste, carnet)
    return faits[-1] if faits else None


def _lance(acte: Operation, corps: dict[str, Any]) -> Tirage:
    # Acts of the first days name no layout: there was one.
    gabarit = GABARITS.get(str(corps.get("gabarit")), ORDINAIRE)
    quand = datetime.fromtimestamp(acte.entete.wall / 1000, UTC)
    imprimante, fournee = str(corps.get("imprimante") or ""), str(corps.get("fournee") or "")
    nom, feuilles = bool(corps.get("nom")), tuple(corps["feuilles"])
    return Tirage(gabarit, feuilles, quand, acte.entete.agent_id, imprimante, nom=nom, fournee=fournee)
