"""The calls about carnets: the last about each, and whom to look at: those who were called are not read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from passdesk.domain.rappel import REPOS_JOURS, Appel
from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes

_BIENTOT = "date(c.dernier_jour, '-' || ifnull(k.alerte_jours, ?3) || ' days')"
"""When the last days of the pass begin (`domain/rappel`, which has the last word on each row)."""


def derniers(base: Base, personne_id: str) -> Mapping[tuple[int, int], Appel]:
    """The last call about each carnet of this person (campaign, number), those taken back left out."""
    sql = (
        "SELECT campagne, numero, appel_le AS le, appel_issue AS issue FROM carnet "
        "WHERE personne_id = ? AND appel_le IS NOT NULL"
    )
    return {
        (champs["campagne"], champs["numero"]): Appel(date.fromisoformat(champs["le"]), champs["issue"])
        for champs in lignes(base, sql, [personne_id])
    }


def detenteurs(
    base: Base, jour: date, *, remis_avant: date, alerte: int, joignables: bool, combien: int, apres: int = 0
) -> tuple[str, ...]:
    """Ids of the holders of a carnet in force of which no pass is known to be spent, and about which nobody has called
    yet, or whose call is to be made again; once a carnet.

    Handed over by `remis_avant`, or in the last days of its pass: as its campaign says, `alerte` days when it is not
    known here. `joignables`: those who have a telephone number, or those who have none; with either, those whose number
    could be in a record merged into theirs. Whose pass end first, then who has had them longest: `combien` of them
    after the `apres` first.
    """
    sql = f"""
        SELECT c.personne_id FROM carnet c INDEXED BY idx_carnet_remis
        LEFT JOIN campagne k ON k.numero = c.campagne
        CROSS JOIN personne p ON p.personne_id = c.personne_id AND p.efface = 0
        WHERE c.etat = 'remis' AND c.dernier_jour >= ?1 AND (c.remis_le <= ?2 OR {_BIENTOT} <= ?1)
        AND (c.appel_issue IS NULL
            OR (c.appel_issue = 'sans_reponse' AND c.appel_le < ?1 AND (c.appel_le <= ?4 OR c.dernier_jour <= ?5))
            OR (c.appel_issue = 'jointe' AND c.appel_le < {_BIENTOT} AND {_BIENTOT} <= ?1))
        AND NOT EXISTS (SELECT 1 FROM carnet_bloque b
            WHERE (b.campagne, b.numero) = (c.campagne, c.numero) AND b.raison = 'litige')
        AND ((p.telephone <> '') = ?6 OR (p.telephone = '' AND EXISTS
            (SELECT 1 FROM personne f WHERE f.fusionnee_dans = p.personne_id)))
        ORDER BY c.dernier_jour, c.remis_le, c.personne_id LIMIT ?7 OFFSET ?8
    """  # noqa: S608
    repos = timedelta(days=REPOS_JOURS)
    valeurs = [
        jour.isoformat(), remis_avant.isoformat(), alerte, (jour - repos).isoformat(), (jour + repos).isoformat(),
        joignables, combien, apres,
    ]  # fmt: skip
    return tuple(str(champs["personne_id"]) for champs in lignes(base, sql, valeurs))
