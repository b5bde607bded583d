"""Whom nobody has heard of for long, read from the log; a look at a file is no contact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from passdesk.storage import brouillons
from passdesk.storage.consultation import actes_sur
from passdesk.storage.engine import Base
from passdesk.storage.lecture import instant, lignes

_NOTRES = ("personne.fusionner", "personne.effacer")
"""Acts about a file that nobody came for."""
_SANS_DATE = ("personne.modifier", "litige.noter")
"""Acts that may or may not be a contact: their content says it."""

_CANDIDATES = """
WITH RECURSIVE gardee(fiche, kept) AS (
    SELECT personne_id, personne_id FROM personne WHERE fusionnee_dans IS NULL AND efface = 0
    UNION ALL SELECT p.personne_id, g.kept FROM personne p JOIN gardee g ON p.fusionnee_dans = g.fiche
)
SELECT kept FROM gardee JOIN operation o ON o.subject_id = gardee.fiche
WHERE o.type NOT IN ({marques}) GROUP BY kept HAVING max(o.wall) < ? ORDER BY max(o.wall), kept
"""


def peut_etre_anciennes(base: Base, avant_ms: int) -> tuple[str, ...]:
    """Ids of the persons of whom every sure contact is before that moment, the longest silent first."""
    exclus = [*_NOTRES, *_SANS_DATE]
    sql = _CANDIDATES.format(marques=", ".join("?" for _ in exclus))
    return tuple(str(champs["kept"]) for champs in lignes(base, sql, [*exclus, avant_ms]))


def dernier_contact(base: Base, personne_id: str, est_contact: Callable[[Mapping[str, Any]], bool]) -> int | None:
    """When somebody last came, wrote or was reached (ms since 1970 UTC); None without any act.

    `est_contact`: whether what a `personne.modifier` says is one.
    """
    contacts = [
        acte.entete.wall
        for acte in actes_sur(base, personne_id)
        if acte.entete.type not in _NOTRES
        and acte.entete.type != "litige.noter"
        and (acte.entete.type != "personne.modifier" or acte.efface or est_contact(acte.contenu()))
    ]
    return max(contacts, default=None)


def saisies_apres(base: Base, jour: date) -> frozenset[str]:
    """Ids of the persons for whom somebody was typing after that day: a visit begun, a correction."""
    commencees = {g.brouillon.personne_id for g in brouillons.lister(base) if g.modifie.astimezone().date() > jour}
    corrections = {
        str(champs["personne_id"])
        for champs in lignes(base, "SELECT personne_id, modifie FROM fiche_en_saisie")
        if instant(champs["modifie"]).astimezone().date() > jour
    }
    return frozenset(ident for ident in commencees if ident is not None) | corrections
