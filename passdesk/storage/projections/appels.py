"""What a `personne.modifier` does to the calls about carnets: the last word about each is the one that holds.

A word that takes a call back is a row as well: whoever said it may be erased, and the log then knows of the call alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from passdesk.protocol.operations import Entete
from passdesk.storage.pilote import Database
from passdesk.storage.projections.lignes import Corps

REPRIS = "repris"
"""Issue of a row that takes back the last call about this carnet that still stood."""


def noter(db: Database, entete: Entete, corps: Corps) -> None:
    """`rappel` {issue, le, carnets}: a call; {repris, carnets}: the last one about these is taken back.

    Without `carnets` (as it was first written), the last one about this person.
    """
    dit = corps.get("rappel")
    if not dit:
        return
    carnets: Iterable[Sequence[int]] = dit.get("carnets", ())
    if "carnets" in dit:
        mot = ("", REPRIS) if dit.get("repris") else (dit["le"], dit["issue"])
        sql = "INSERT INTO appel (op_id, personne_id, campagne, numero, le, issue) VALUES (?, ?, ?, ?, ?, ?)"
        for carnet in carnets:
            db.execute(sql, [entete.op_id, entete.subject_id, *carnet, *mot])
    else:
        # Both words are this person's own, and are erased together: none need stay.
        dernier = "SELECT op_id FROM appel WHERE personne_id = ? AND issue <> ? ORDER BY rang DESC LIMIT 1"
        carnets = _retirer(db, f"op_id = ({dernier})", [entete.subject_id, REPRIS])
    _reporter(db, carnets)


def oublier(db: Database, personnes_id: Sequence[str]) -> None:
    """What was said by these persons, who are erased, and of their carnets; others' carnets they spoke of have their
    word of before.
    """
    marques = ", ".join("?" for _ in personnes_id)
    siens = f"SELECT campagne, numero FROM carnet WHERE personne_id IN ({marques})"  # noqa: S608
    _reporter(db, _retirer(db, f"personne_id IN ({marques})", personnes_id))
    _reporter(db, _retirer(db, f"(campagne, numero) IN ({siens})", personnes_id))


def _retirer(db: Database, ou: str, valeurs: Sequence[str]) -> Sequence[Sequence[int]]:
    """Deletes these rows; returns the carnets that they were about."""
    carnets = db.execute(f"SELECT DISTINCT campagne, numero FROM appel WHERE {ou}", valeurs).fetchall()  # noqa: S608
    db.execute(f"DELETE FROM appel WHERE {ou}", valeurs)  # noqa: S608
    return carnets


def _reporter(db: Database, carnets: Iterable[Sequence[int]]) -> None:
    """Writes on each carnet the call that stands."""
    for carnet in carnets:
        debout: list[tuple[str, str]] = []
        sql = "SELECT le, issue FROM appel WHERE (campagne, numero) = (?, ?) ORDER BY rang"
        for le, issue in db.execute(sql, carnet).fetchall():
            if issue != REPRIS:
                debout.append((le, issue))
            elif debout:
                debout.pop()
        appel = debout[-1] if debout else (None, None)
        db.execute(
            "UPDATE carnet SET appel_le = ?, appel_issue = ? WHERE (campagne, numero) = (?, ?)", [*appel, *carnet]
        )
