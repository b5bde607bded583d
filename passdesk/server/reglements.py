"""Règlements published to the desks: signed with the publication key, in generations that only go forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.domain.reglement import Reglement
from passdesk.protocol.reglements import signer_reglement
from passdesk.server.diffusion import diffuser
from passdesk.server.magasin import GENERATION_REGLEMENT, Transaction, avancer, dernier
from passdesk.server.region import Region


@dataclass(frozen=True, slots=True)
class ReglementDiffuse:
    """A règlement in the hands of the desks; `octets` is its TOML."""

    id: str
    generation: int
    executoire_le: date
    empreinte: bytes
    octets: bytes = field(repr=False)


def publier_reglement(region: Region, octets: bytes, nom: str, livres: Sequence[Reglement]) -> ReglementDiffuse:
    """Signs a règlement, keeps it and tells every desk. `livres`: those shipped with the program, generation 0.

    Raises SaisieRefusee: publication_expiree, reglement_illisible, reglement_contradictoire, reglement_deja_publie (the
    very text), reglement_adopte_avant (its id does not come after those of the others).
    """
    jour = region.horloge.aujourdhui()
    if jour > region.cles.lien_publication.dernier_jour:
        raise SaisieRefusee("publication_expiree")
    reglement = lire_reglement(octets, nom)
    with region.magasin.ecrire() as tx:
        publies = reglements_publies(tx)
        connus = {autre.empreinte: autre.id for autre in livres} | {autre.empreinte: autre.id for autre in publies}
        if reglement.empreinte in connus:
            raise SaisieRefusee("reglement_deja_publie", reglement=reglement.id)
        adopte = max(connus.values(), default="")
        if reglement.id <= adopte:
            raise SaisieRefusee("reglement_adopte_avant", reglement=reglement.id, dernier=adopte)
        # Above the counter, which a Region put back to a backup moves on, and above those of before there was one.
        connue = dernier(tx, GENERATION_REGLEMENT)
        pas = max(1, max((publie.generation for publie in publies), default=0) + 1 - connue)
        generation = avancer(tx, GENERATION_REGLEMENT, pas) + pas - 1
        evenement = signer_reglement(
            region.cles.publication,
            region.cles.lien_publication,
            reglement=reglement.id,
            octets=octets,
            executoire_le=reglement.executoire_le,
            generation=generation,
        )
        tx.faire(
            "INSERT INTO reglement (generation, reglement, executoire_le, empreinte, octets, signature, publie_le) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            generation,
            reglement.id,
            reglement.executoire_le.isoformat(),
            reglement.empreinte,
            octets,
            evenement.signature,
            jour.isoformat(),
        )
        # Each stays: a desk enrolled later needs all of them, to replay and for requests that arrived before the last.
        diffuser(tx, evenement)
    return ReglementDiffuse(reglement.id, generation, reglement.executoire_le, reglement.empreinte, octets)


def reglements_publies(tx: Transaction) -> tuple[ReglementDiffuse, ...]:
    """All of them, in the order of their generations."""
    rangees = tx.toutes(
        "SELECT reglement, generation, executoire_le, empreinte, octets FROM reglement ORDER BY generation"
    )
    return tuple(
        ReglementDiffuse(str(nom), int(generation), date.fromisoformat(jour), bytes(empreinte), bytes(octets))
        for nom, generation, jour, empreinte, octets in rangees
    )
