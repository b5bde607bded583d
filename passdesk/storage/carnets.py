"""The carnets awarded at this desk: where each stands, and which papers are still awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from passdesk.domain.carnet import Carnet, Etat
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, entiers, instant, jour, lignes

ATTEND_PAPIER = (Etat.ATTRIBUE, Etat.A_CONFIRMER_IMPRESSION, Etat.IMPRIME)
"""States in which the visit is not over: to print, to confirm, to hand over."""


@dataclass(frozen=True, slots=True)
class CarnetSuivi:
    """A carnet, the pot it was taken from, since when it is in its state, and why (void, spoiled)."""

    carnet: Carnet
    pot: str
    depuis: datetime
    motif: str | None


def _suivi(champs: Ligne) -> CarnetSuivi:
    bloques = sorted({rang for liste in (champs["bloques"] or "").split(";") if liste for rang in entiers(liste)})
    carnet = Carnet(
        campagne=champs["campagne"],
        numero=champs["numero"],
        taille=champs["taille"],
        dernier_jour=date.fromisoformat(champs["dernier_jour"]),
        kid=champs["kid"],
        etat=Etat(champs["etat"]),
        personne_id=champs["personne_id"],
        attribution_id=champs["attribution_id"],
        remis_le=jour(champs["remis_le"]),
        rangs_bloques=tuple(bloques),
    )
    return CarnetSuivi(carnet, champs["pot"], instant(champs["depuis"]), champs["motif"])


def _suivis(base: Base, ou: str, valeurs: Sequence[Any]) -> tuple[CarnetSuivi, ...]:
    sql = (
        "SELECT c.*, (SELECT group_concat(rangs, ';') FROM carnet_bloque b "  # noqa: S608
        "WHERE b.campagne = c.campagne AND b.numero = c.numero AND b.raison = 'litige') AS bloques "
        f"FROM carnet c WHERE {ou} ORDER BY depuis, campagne, numero"
    )
    return tuple(_suivi(champs) for champs in lignes(base, sql, valeurs))


def suivi(base: Base, campagne: int, numero: int) -> CarnetSuivi | None:
    """This carnet with its pot, its date and its reason, or None."""
    return next(iter(_suivis(base, "campagne = ? AND numero = ?", [campagne, numero])), None)


def get(base: Base, campagne: int, numero: int) -> Carnet | None:
    """This carnet, or None when it was not awarded here."""
    trouve = suivi(base, campagne, numero)
    return trouve.carnet if trouve else None


def par_etat(base: Base, *etats: Etat) -> tuple[CarnetSuivi, ...]:
    """The carnets in these states, longest waiting first."""
    marques = ", ".join("?" for _ in etats)
    return _suivis(base, f"etat IN ({marques})", [etat.value for etat in etats])


def en_attente_de_papier(base: Base) -> tuple[CarnetSuivi, ...]:
    """The carnets to print, to confirm or to hand over, longest waiting first."""
    return par_etat(base, *ATTEND_PAPIER)


def par_personne(base: Base, personne_id: str) -> tuple[CarnetSuivi, ...]:
    """All carnets of a person, in the order of their last change."""
    return _suivis(base, "personne_id = ?", [personne_id])


def par_attribution(base: Base, attribution_id: str) -> tuple[CarnetSuivi, ...]:
    """The carnets of one award."""
    return _suivis(base, "attribution_id = ?", [attribution_id])


def bloques(base: Base) -> tuple[CarnetSuivi, ...]:
    """The carnets of this desk on which the Region blocks pass."""
    return _suivis(
        base, "EXISTS (SELECT 1 FROM carnet_bloque b WHERE (b.campagne, b.numero) = (c.campagne, c.numero))", []
    )
