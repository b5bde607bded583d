"""What an agent usually answers at this desk: proposed the next time, never decided."""

from __future__ import annotations

from passdesk.domain.demande import PRESCRIPTEURS
from passdesk.domain.visite import Brouillon
from passdesk.services.poste import Poste
from passdesk.storage import poste as identite


def prescripteur_habituel(poste: Poste) -> str | None:
    """Who accompanied the last request that this agent recorded with a prescripteur; None before the first."""
    lu = identite.lire_texte(poste.base, _nom(poste))
    return lu if lu in PRESCRIPTEURS else None


def retenir(poste: Poste, brouillon: Brouillon) -> None:
    """Keeps what the agent answered in a visit that is recorded now."""
    if brouillon.accompagnement and brouillon.prescripteur != prescripteur_habituel(poste):
        identite.ecrire_texte(poste.base, _nom(poste), brouillon.prescripteur)


def _nom(poste: Poste) -> str:
    return f"habitude.prescripteur.{poste.agent_id}"
