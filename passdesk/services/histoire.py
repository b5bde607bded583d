"""What happened to a person or to a carnet, read from the log: facts, newest first, for the screens to put in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from passdesk.protocol.operations import Operation
from passdesk.protocol.serie import serie_carnet
from passdesk.services.poste import Poste
from passdesk.storage import carnets, consultation

LANCEE = "carnet.impression_lancee"
PIECE = "justificatif.constater"
DECISIONS = ("attribution.accorder", "attribution.refuser")
ENSEMBLE = timedelta(minutes=1)
"""Proofs seen within that time of their request are told with it."""


@dataclass(frozen=True, slots=True)
class Fait:
    """One act, UTC. `genre`: the operation's type; `faits`: its body, with `serie` and `taille` for a carnet.

    `acte`: its op_id, which names the decision when it is one (`est_decision`).
    """

    genre: str
    quand: datetime
    faits: Mapping[str, Any] = field(repr=False)
    acte: str = ""

    @property
    def est_decision(self) -> bool:
        """True for an answer of the règlement, which can be explained."""
        return self.genre in DECISIONS and "remplace" not in self.faits


def histoire_personne(poste: Poste, personne_id: str) -> tuple[Fait, ...]:
    """All that was recorded here about a person, newest first."""
    actes = consultation.actes_sur(poste.base, personne_id)
    return tuple(reversed(_reunir([fait_de(poste, acte) for acte in actes if not acte.efface])))


def histoire_carnet(poste: Poste, personne_id: str, campagne: int, numero: int) -> tuple[Fait, ...]:
    """What happened to one carnet of a person, newest first."""
    return tuple(f for f in histoire_personne(poste, personne_id) if (campagne, numero) in carnets_de(f))


def carnets_de(fait: Fait) -> set[tuple[int, int]]:
    """(campaign, number) of every carnet that the act names."""
    nommes = [*(fait.faits.get("carnets") or [fait.faits]), fait.faits.get("remplace") or {}]
    return {(c["campagne"], c["numero"]) for c in nommes if "numero" in c and "campagne" in c}


def fait_de(poste: Poste, acte: Operation) -> Fait:
    """One act, not erased, as a fact."""
    faits: dict[str, Any] = dict(acte.contenu())
    if "numero" in faits and "campagne" in faits:
        faits["serie"] = serie_carnet(faits["campagne"], faits["numero"])
        carnet = carnets.get(poste.base, faits["campagne"], faits["numero"])
        faits["taille"] = carnet.taille if carnet else None
    if isinstance(faits.get("remplace"), Mapping):
        faits["ancien"] = serie_carnet(faits["remplace"]["campagne"], faits["remplace"]["numero"])
    quand = datetime.fromtimestamp(acte.entete.wall / 1000, UTC)
    return Fait(str(acte.entete.type), quand, faits, acte.entete.op_id)


def _reunir(faits: Sequence[Fait]) -> list[Fait]:
    """Proofs join their request, and a printing answered for is told by its answer alone; oldest first."""
    reunis: list[Fait] = []
    for rang, fait in enumerate(faits):
        if fait.genre == LANCEE and any(carnets_de(fait) & carnets_de(suite) for suite in faits[rang + 1 :]):
            continue
        dernier = reunis[-1] if reunis else None
        if fait.genre == PIECE and dernier is not None and _de_la_meme_demande(dernier, fait):
            pieces = (*dernier.faits.get("pieces", ()), fait.faits["type"])
            reunis[-1] = Fait(dernier.genre, dernier.quand, {**dernier.faits, "pieces": pieces})
            continue
        reunis.append(fait)
    return reunis


def _de_la_meme_demande(demande: Fait, piece: Fait) -> bool:
    proche = piece.quand - demande.quand <= ENSEMBLE
    return demande.genre.startswith("demande.") and demande.faits.get("demande") == piece.faits["demande"] and proche
