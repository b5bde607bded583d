"""What a `personne.modifier` does to the calls about carnets: the last word about each is the one that holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from passdesk.protocol.operations import Entete
from passdesk.storage.pilote import Database
from passdesk.storage.projections.lignes import Corps


def noter(db: Database, entete: Entete, corps: Corps) -> None:
    """`rappel` {issue, le, carnets}: a call; {repris, carnets}: the last one about these is taken back.

    Without `carnets` (as it was first written), the last one about this person.
    """
    dit = corps.get("rappel")
    if not dit:
        return
    carnets: Iterable[Sequence[int]] = dit.get("carnets", ())
    if not dit.get("repris"):
        sql = "INSERT INTO appel (op_id, personne_id, campagne, numero, le, issue) VALUES (?, ?, ?, ?, ?, ?)"
        for carnet in carnets:
            db.execute(sql, [entete.op_id, entete.subject_id, *carnet, dit["le"], dit["issue"]])
    elif "carnets" in dit:
        dernier = "SELECT max(rang) FROM appel WHERE (campagne, numero) = (?, ?)"
        for carnet in carnets:
            db.execute(f"DELETE FROM appel WHERE rang = ({dernier})", carnet)  # noqa: S608
    else:
        dernier = "SELECT op_id FROM appel WHERE personne_id = ? ORDER BY rang DESC LIMIT 1"
        siens = f"SELECT campagne, numero FROM appel WHERE op_id = ({dernier})"  # noqa: S608
        carnets = db.execute(siens, [entete.subject_id]).fetchall()
        db.execute(f"DELETE FROM appel WHERE op_id = ({dernier})", [entete.subject_id])  # noqa: S608
    for carnet in carnets:
        sql = (
            "UPDATE carnet SET (appel_le, appel_issue) = (SELECT le, issue FROM appel "
            "WHERE (campagne, numero) = (?1, ?2) ORDER BY rang DESC LIMIT 1) WHERE (campagne, numero) = (?1, ?2)"
        )
        db.execute(sql, carnet)


def oublier(db: Database, personnes_id: Sequence[str]) -> None:
    """The calls to these persons, who are erased."""
    marques = ", ".join("?" for _ in personnes_id)
    db.execute(f"DELETE FROM appel WHERE personne_id IN ({marques})", personnes_id)  # noqa: S608
    sql = f"UPDATE carnet SET appel_le = NULL, appel_issue = NULL WHERE personne_id IN ({marques})"  # noqa: S608
    db.execute(sql, personnes_id)
