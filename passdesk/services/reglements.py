"""The règlements in force at this desk: those shipped, and those that the Region published since (protocol §7)."""

from __future__ import annotations

from datetime import date

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.reglement import Reglement, choisir
from passdesk.protocol.evenements import ReglementPublie
from passdesk.protocol.reglements import verifier_reglement
from passdesk.services.poste import Poste
from passdesk.services.reglements_connus import lire, reglements_connus
from passdesk.storage import demandes
from passdesk.storage import reglements as recus

ILLISIBLE = "reglement_illisible"
"""Of all refusals, the one that a newer program may take back."""


def reglements(poste: Poste) -> tuple[Reglement, ...]:
    """Those of this desk now, also when they arrived through another connection; `poste.reglements` follows.

    To be called where the base may be: each decision is taken with what this returns.
    """
    connus = reglements_connus(poste.base)
    if poste.reglements != connus:
        poste.reglements = connus
    return connus


def recevoir(poste: Poste, publie: ReglementPublie, racine: bytes) -> str | None:
    """Takes a règlement told by the Region, or keeps why it is not applied here: the code of that reason, else None.

    Refused (protocol §7): an unknown key, a text that does not hash, a generation that does not go forward, a text that
    this program cannot read, and one that would change a decision already taken here. Told again, it changes nothing.
    """
    deja = recus.get(poste.base, publie.empreinte, publie.generation)
    if deja is not None and deja.raison is None:
        return None
    raison = verifier_reglement(publie, racine) or _refus(
        poste, publie.reglement, publie.generation, publie.executoire_le, publie.octets
    )
    recus.noter(
        poste.base,
        reglement_id=publie.reglement,
        generation=publie.generation,
        executoire_le=publie.executoire_le,
        empreinte=publie.empreinte,
        octets=publie.octets,
        raison=raison,
    )
    reglements(poste)
    return raison


def reprendre(poste: Poste) -> None:
    """Looks again at the texts that an earlier program could not read: this one may."""
    for recu in recus.refuses(poste.base):
        if recu.raison == ILLISIBLE:
            raison = _refus(poste, recu.id, recu.generation, recu.executoire_le, recu.octets)
            if raison != ILLISIBLE:
                recus.noter(
                    poste.base,
                    reglement_id=recu.id,
                    generation=recu.generation,
                    executoire_le=recu.executoire_le,
                    empreinte=recu.empreinte,
                    octets=recu.octets,
                    raison=raison,
                )


def refuses(poste: Poste) -> tuple[recus.ReglementRecu, ...]:
    """The règlements that this desk does not apply; those that a later one replaced are left out."""
    derniere = recus.derniere_generation(poste.base)
    return tuple(recu for recu in recus.refuses(poste.base) if recu.generation > derniere)


def _refus(poste: Poste, reglement_id: str, generation: int, executoire_le: date, octets: bytes) -> str | None:
    connus = reglements_connus(poste.base)
    if generation <= recus.derniere_generation(poste.base):
        return "generation"
    try:
        nouveau = lire(octets, f"{reglement_id}.toml")
    except SaisieRefusee:
        return ILLISIBLE
    if (nouveau.id, nouveau.executoire_le) != (reglement_id, executoire_le):
        return "discordant"
    if any(connu.id >= nouveau.id for connu in connus):
        return "generation"
    for jour in demandes.jours_decides(poste.base):
        if choisir((*connus, nouveau), jour) is nouveau:
            return "decision_prise"
    return None


def par_empreinte(poste: Poste, empreinte: bytes) -> Reglement | None:
    """The very text that a decision was taken with, by the SHA-256 of its bytes; None when it is not at this desk."""
    return next((reglement for reglement in reglements(poste) if reglement.empreinte == empreinte), None)
