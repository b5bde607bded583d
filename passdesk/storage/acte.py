"""An act at the desk: operations and what they change, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from passdesk.domain.carnet import TransitionInterdite
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.protocol.operations import (
    HASH_RACINE,
    TAILLE_SEL,
    Entete,
    Operation,
    Tete,
    TypeOperation,
    sceller_operation,
)
from passdesk.storage import effacement, journal, projections
from passdesk.storage.pilote import Database, dbapi

REFAISABLES = (
    *("personne.", "demande.", "justificatif.", "accompagnement."),
    *("attribution.refuser", "litige.noter"),
)
"""Beginnings of the types that say something of a person or a case, whatever their place in the log."""
_INAPPLICABLE = (
    *(projections.ActeRefuse, projections.OperationInconnue, TransitionInterdite, SaisieRefusee),
    *(KeyError, TypeError, ValueError, dbapi.IntegrityError),
)


class Acte:
    """The pen of one transaction; valid inside `Base.acte` only."""

    def __init__(
        self,
        db: Database,
        agent_id: str,
        horloge: Horloge,
        nouvel_id: Callable[[], str],
        alea: Callable[[int], bytes],
    ) -> None:
        self.agent_id = agent_id
        self._db = db
        self._horloge = horloge
        self._nouvel_id = nouvel_id
        self._alea = alea
        self.inscrites: list[Operation] = []
        """What it has appended so far, in order."""

    def nouvel_id(self) -> str:
        """A fresh time-ordered id."""
        return self._nouvel_id()

    def inscrire(self, type: TypeOperation | str, sujet_id: str, corps: Mapping[str, Any], v: int = 1) -> Entete:
        """Appends an operation and applies it to the tables.

        `poste.epoque` with body {epoch} starts the chain of that epoch; `personne.effacer` also drops bodies, salts and
        drafts, and the notes on the cases that its body names.
        Raises ValueError (unknown type), ActeRefuse, TransitionInterdite; the whole act is then rolled back.
        """
        genre = TypeOperation(type)
        operation = sceller_operation(
            self._tete(genre, corps),
            op_id=self._nouvel_id(),
            type=genre,
            agent_id=self.agent_id,
            subject_id=sujet_id,
            wall=int(self._horloge.maintenant().timestamp() * 1000),
            corps=corps,
            sel=self._alea(TAILLE_SEL),
            v=v,
        )
        rejouer(self._db, operation)
        self.inscrites.append(operation)
        return operation.entete

    def refaire(self, operations: Sequence[Operation]) -> int:
        """Acts of another branch, done anew at the head by whoever did them; how many still apply.

        Those on carnets and lots are left: their numbers are settled with the Region, never twice. What the log says
        already is not said again, and nothing of a person who was erased comes back.
        """
        faites, agent_id = 0, self.agent_id
        dites = journal.dites(self._db, operations)
        for operation in operations:
            entete = operation.entete
            if operation.efface or not entete.type.startswith(REFAISABLES):
                continue
            if self._effacee(entete.subject_id) or entete.type == TypeOperation.PERSONNE_EFFACER:
                # Who is erased is for `refaire_effacements` to say.
                continue
            if entete.type == TypeOperation.PERSONNE_MODIFIER:
                # An identity put right, then put back, is said again: the last word is the one that stands.
                if journal.derniere_identite(self._db, entete.subject_id) == operation.corps:
                    continue
            elif (entete.subject_id, entete.type, operation.corps) in dites:
                continue
            self._db.execute("SAVEPOINT refaire")
            try:
                self.agent_id = entete.agent_id
                self.inscrire(entete.type, entete.subject_id, operation.contenu(), entete.v)
                faites += 1
            except _INAPPLICABLE:
                self._db.execute("ROLLBACK TO refaire")
            self._db.execute("RELEASE refaire")
        self.agent_id = agent_id
        return faites

    def refaire_effacements(self, operations: Iterable[Operation]) -> int:
        """The erasures among these, for whoever of them this base still tells of (protocol §8); how many it made.

        With those who were erased together then, and nobody else: a merge that this base still holds may have been
        undone before.
        """
        faites, agent_id = 0, self.agent_id
        for operation in operations:
            if operation.entete.type == TypeOperation.PERSONNE_EFFACER and not operation.efface:
                sujet, corps = operation.entete.subject_id, operation.contenu()
                vivante = "SELECT 1 FROM personne WHERE personne_id = ? AND efface = 0"
                if self._db.execute(vivante, [sujet]).fetchone():
                    self.agent_id = operation.entete.agent_id
                    self.mettre_a_part(sujet, corps.get("fiches", ()))
                    self.inscrire(operation.entete.type, sujet, corps)
                    faites += 1
        self.agent_id = agent_id
        return faites

    def mettre_a_part(self, sujet: str, avec: Collection[str]) -> None:
        """Undoes the merges that would have others erased with this record, or this one stay: it is to be erased with
        those of `avec` merged into it, and alone."""
        sql = "SELECT fusionnee_dans FROM personne WHERE personne_id = ? AND fusionnee_dans IS NOT NULL"
        for (garde,) in self._db.execute(sql, [sujet]).fetchall():
            self._separer(garde, sujet)
        a_voir = [sujet]
        for garde in a_voir:
            sql = "SELECT personne_id FROM personne WHERE fusionnee_dans = ? ORDER BY rang"
            for (absorbee,) in self._db.execute(sql, [garde]).fetchall():
                if absorbee in avec:
                    a_voir.append(absorbee)
                else:
                    self._separer(garde, absorbee)

    def _separer(self, garde: str, absorbee: str) -> None:
        self.inscrire(TypeOperation.PERSONNE_FUSIONNER, garde, {"absorbee": absorbee, "annule": True}, v=2)

    def _effacee(self, sujet: str) -> bool:
        sql = "SELECT 1 FROM personne WHERE personne_id = ? AND efface = 1"
        return self._db.execute(sql, [sujet]).fetchone() is not None

    def _tete(self, genre: TypeOperation, corps: Mapping[str, Any]) -> Tete:
        tete = journal.tete(self._db)
        if genre is not TypeOperation.POSTE_EPOQUE:
            return tete
        epoch = int(corps["epoch"])
        if epoch < tete.epoch or (epoch == tete.epoch and tete.seq > 0):
            raise projections.ActeRefuse("an epoch only moves forward")
        return Tete(epoch, 0, HASH_RACINE)


def rejouer(db: Database, operation: Operation) -> None:
    """Appends an operation as it is and applies it: one just sealed, or one of this desk's log that a backup lacks.

    Raises ActeRefuse, TransitionInterdite, OperationInconnue.
    """
    journal.ajouter(db, operation)
    # The body as it reads back, so that a rebuild sees the same values.
    corps = None if operation.efface else operation.contenu()
    projections.appliquer(db, operation.entete, corps)
    if operation.entete.type == TypeOperation.PERSONNE_EFFACER:
        effacement.effacer(db, operation.entete.subject_id, tuple((corps or {}).get("litiges", ())))


def rejouables(db: Database, operations: Sequence[Operation]) -> int:
    """How many of these, one after the other, could be done again on this base: tried in full, then undone."""
    faites = 0
    db.execute("BEGIN IMMEDIATE")
    try:
        for operation in operations:
            rejouer(db, operation)
            faites += 1
    except _INAPPLICABLE:
        # Those after it hang on it.
        pass
    finally:
        db.rollback()
    return faites
