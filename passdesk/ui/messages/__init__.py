"""Every sentence a person is shown: a code and its facts become *what happened, what is safe, what to do*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from passdesk.domain.francais import typographie
from passdesk.ui.messages import (
    agents,
    base,
    commun,
    courrier,
    donnees,
    droits,
    envoi,
    importer,
    lieux,
    motifs,
    papier,
    poste,
    region,
    region_chiffres,
    region_litiges,
    region_lots,
    sauvegarde,
    verdicts,
    visite,
)
from passdesk.ui.messages.modele import Message
from passdesk.ui.messages.motifs import faits_lisibles

if TYPE_CHECKING:
    from passdesk.domain.evaluation import Motif

__all__ = ["FAMILLES", "MESSAGES", "Message", "message", "phrase_motif"]

FAMILLES: Mapping[str, Mapping[str, Message]] = {
    "commun": commun.MESSAGES,
    "motifs": motifs.MESSAGES,
    "verdicts": verdicts.MESSAGES,
    "base": base.MESSAGES,
    "region": {**region.MESSAGES, **region_litiges.MESSAGES, **region_lots.MESSAGES, **region_chiffres.MESSAGES},
    "envoi": envoi.MESSAGES,
    "courrier": courrier.MESSAGES,
    "visite": visite.MESSAGES,
    "papier": papier.MESSAGES,
    "poste": poste.MESSAGES,
    "importer": importer.MESSAGES,
    "lieux": lieux.MESSAGES,
    "droits": droits.MESSAGES,
    "sauvegarde": sauvegarde.MESSAGES,
    "donnees": donnees.MESSAGES,
    "agents": agents.MESSAGES,
}

MESSAGES: Mapping[str, Message] = {code: texte for famille in FAMILLES.values() for code, texte in famille.items()}


class _Faits(dict[str, object]):
    """Facts of a sentence; one that is missing shows as "…" rather than hiding the sentence."""

    def __missing__(self, fait: str) -> str:
        return "…"


def message(code: str, /, **faits: object) -> Message:
    """The sentences of a code, filled with its facts. An unknown code gives the calm sentence of our own bugs."""
    modele = MESSAGES.get(code)
    if modele is None:
        return message("imprevu", numero=code)
    lisibles = _Faits(faits)
    if "raison" in faits:
        lisibles["raison"] = commun.RAISONS.get(str(faits["raison"]), str(faits["raison"]))
    return Message(
        quoi=typographie(modele.quoi.format_map(lisibles)),
        sur=typographie(modele.sur.format_map(lisibles)),
        faire=typographie(modele.faire.format_map(lisibles)),
    )


def phrase_motif(motif: Motif) -> str:
    """The reason of a decision in French, with its dates and its papers in words."""
    return str(message(motif.code, **faits_lisibles(motif.faits)))
