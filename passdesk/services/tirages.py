"""The printings of a carnet, read from the log: what went out, how, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
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
    # A carnet that waits for its paper keeps its person's record from being made one with another: all is there.
    actes = consultation.actes_sur(poste.base, carnet.personne_id)
    return tuple(tirage for _, cle, tirage in reunir(actes) if cle == (carnet.campagne, carnet.numero))


def reunir(actes: Iterable[Operation]) -> list[tuple[Operation, tuple[int, int], Tirage]]:
    """The printings told by these acts: the act that sent, the carnet (campaign, number), what came out if told."""
    faits: list[tuple[Operation, tuple[int, int], Tirage]] = []
    derniers: dict[tuple[int, int], int] = {}
    for acte in actes:
        if acte.entete.type not in ACTES:
            continue
        corps = acte.contenu()
        cle = corps["campagne"], corps["numero"]
        if acte.entete.type == TypeOperation.CARNET_IMPRESSION_LANCEE:
            derniers[cle] = len(faits)
            faits.append((acte, cle, _lance(acte, corps)))
        elif cle in derniers:
            lancee, _, tirage = faits[derniers[cle]]
            sortie = "tout" if acte.entete.type == TypeOperation.CARNET_IMPRESSION_FAITE else corps.get("sortie")
            dit = replace(tirage, sortie=_SORTIES.get(str(sortie), "rien"), arretee_a=corps.get("feuille"))
            faits[derniers[cle]] = lancee, cle, dit
    return faits


def dernier_tirage(poste: Poste, carnet: Carnet) -> Tirage | None:
    """The last printing of a carnet, None before the first."""
    faits = tirages(poste, carnet)
    return faits[-1] if faits else None


def feuilles_qui_manquent(tirage: Tirage | None, taille: int) -> tuple[int, ...]:
    """Of a carnet that waits for its paper, the sheets to print when the others are good; none for a whole carnet."""
    manquent = tirage.manquantes(taille) if tirage is not None else ()
    return manquent if tirage is not None and len(manquent) < tirage.gabarit.nombre_feuilles(taille) else ()


def _lance(acte: Operation, corps: dict[str, Any]) -> Tirage:
    # Acts of the first days name no layout: there was one.
    gabarit = GABARITS.get(str(corps.get("gabarit")), ORDINAIRE)
    quand = datetime.fromtimestamp(acte.entete.wall / 1000, UTC)
    imprimante, fournee = str(corps.get("imprimante") or ""), str(corps.get("fournee") or "")
    nom, feuilles = bool(corps.get("nom")), tuple(corps["feuilles"])
    return Tirage(gabarit, feuilles, quand, acte.entete.agent_id, imprimante, nom=nom, fournee=fournee)
