"""Persons' files being corrected: not operations yet, one draft a person, in a table of their own."""

from __future__ import annotations

from passdesk.domain.visite import Brouillon
from passdesk.storage import brouillons
from passdesk.storage.engine import Base
from passdesk.storage.lecture import ligne, lignes, maintenant_ms


def enregistrer(base: Base, brouillon: Brouillon) -> None:
    """Keeps the correction of a person already recorded, in place of the one before."""
    with base.ecriture() as db:
        db.execute(
            "INSERT INTO fiche_en_saisie (personne_id, octets, modifie) VALUES (?, ?, ?) "
            "ON CONFLICT (personne_id) DO UPDATE SET octets = excluded.octets, modifie = excluded.modifie",
            [brouillon.personne_id, brouillons.encoder(brouillon), maintenant_ms(base)],
        )


def get(base: Base, personne_id: str) -> Brouillon | None:
    """The correction begun for this person, or None."""
    trouvee = ligne(base, "SELECT octets FROM fiche_en_saisie WHERE personne_id = ?", [personne_id])
    return brouillons.decoder(trouvee["octets"]) if trouvee else None


def commencees(base: Base) -> frozenset[str]:
    """Ids of the persons whose correction is begun."""
    return frozenset(str(champs["personne_id"]) for champs in lignes(base, "SELECT personne_id FROM fiche_en_saisie"))


def supprimer(base: Base, personne_id: str) -> None:
    """Drops the correction; nothing happens when there is none."""
    with base.ecriture() as db:
        db.execute("DELETE FROM fiche_en_saisie WHERE personne_id = ?", [personne_id])
