"""Every sentence a person is shown: a code and its facts become *what happened, what is safe, what to do*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passdesk.domain.francais import typographie
from passdesk.ui.messages.modele import Message

if TYPE_CHECKING:
    from passdesk.domain.evaluation import Motif
    from passdesk.ui.messages.familles import FAMILLES, MESSAGES

__all__ = ["FAMILLES", "MESSAGES", "Message", "message", "phrase_motif"]


def __getattr__(nom: str) -> object:
    """FAMILLES and MESSAGES: hundreds of sentences, read when the first one is said (decision 0065)."""
    if nom not in ("FAMILLES", "MESSAGES"):
        raise AttributeError(f"module {__name__!r} has no attribute {nom!r}")
    from passdesk.ui.messages import familles

    return getattr(familles, nom)


class _Faits(dict[str, object]):
    """Facts of a sentence; one that is missing shows as "…" rather than hiding the sentence."""

    def __missing__(self, fait: str) -> str:
        return "…"


def message(code: str, /, **faits: object) -> Message:
    """The sentences of a code, filled with its facts. An unknown code gives the calm sentence of our own bugs."""
    from passdesk.ui.messages import commun, familles

    modele = familles.MESSAGES.get(code)
    if modele is None:
        return message("imprevu", numero=code)
    lisibles = _Faits(faits)
    for fait, mots in commun.EN_MOTS.items():
        if fait in faits:
            lisibles[fait] = mots.get(str(faits[fait]), str(faits[fait]))
    return Message(
        quoi=typographie(modele.quoi.format_map(lisibles)),
        sur=typographie(modele.sur.format_map(lisibles)),
        faire=typographie(modele.faire.format_map(lisibles)),
    )


def phrase_motif(motif: Motif) -> str:
    """The reason of a decision in French, with its dates and its papers in words."""
    from passdesk.ui.messages.motifs import faits_lisibles

    return str(message(motif.code, **faits_lisibles(motif.faits)))
