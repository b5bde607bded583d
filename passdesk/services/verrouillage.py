"""How long the desk stays open when nobody touches it."""

from __future__ import annotations

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.poste import VERROU_DEFAUT, VERROU_MINUTES, Poste, est_responsable
from passdesk.storage import poste as identite

DELAIS = (1, 2, 5, 10, 15, 30)
"""Minutes offered. Never is not: a desk left open in a hall is open to whoever passes."""


def delai_verrouillage(poste: Poste) -> int:
    """Minutes before the window locks by itself."""
    return int(identite.lire_texte(poste.base, VERROU_MINUTES) or VERROU_DEFAUT)


def regler_delai(poste: Poste, minutes: int) -> None:
    """Raises SaisieRefusee: "agents_reserve" (to a *responsable*), "verrou_delai" (not one of those offered)."""
    if not est_responsable(poste):
        raise SaisieRefusee("agents_reserve")
    if minutes not in DELAIS:
        raise SaisieRefusee("verrou_delai")
    with poste.base.ecriture():
        identite.ecrire_texte(poste.base, VERROU_MINUTES, str(minutes))
