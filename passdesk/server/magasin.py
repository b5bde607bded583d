"""What the server asks of its database, whichever it is: transactions, plain rows, and one order of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Rangee = tuple[Any, ...]


class Transaction(Protocol):
    """One transaction. SQL is the part common to SQLite and PostgreSQL, with `?` for each value; `= ANY (?)` looks in
    a list, which is not empty."""

    reglages: dict[str, bytes | None] | None
    """The settings, once read in this transaction and until they may differ; None in place of a long one."""
    ordre: int | None
    """The last `srv_seq`, once read in this transaction and until it may differ: nobody else gives one meanwhile."""
    travail: int
    """Statements, and rows read or changed one by one: what it cost so far, on any machine."""

    def une(self, sql: str, *valeurs: object) -> Rangee | None:
        """The first row, or None."""
        ...

    def toutes(self, sql: str, *valeurs: object) -> list[Rangee]:
        """All rows."""
        ...

    def faire(self, sql: str, *valeurs: object) -> int:
        """Changes rows and says how many. Raises RegleRompueError when a constraint forbids it, or a value that the
        database cannot hold: outside an `etape`, the whole transaction is then lost."""
        ...

    def repeter(self, sql: str, rangees: Sequence[Sequence[object]]) -> None:
        """The same change for each row of values, in far fewer round trips; raises as `faire` does."""
        ...

    def inserer(self, table: str, colonnes: str, rangees: Sequence[Sequence[object]]) -> None:
        """New rows, `colonnes` separated by commas, as fast as the database takes them; raises as `faire` does."""
        ...

    def etape(self) -> AbstractContextManager[None]:
        """A part that leaves nothing behind when it raises, while the transaction goes on."""
        ...


class Magasin(Protocol):
    """The Region's database."""

    def ecrire(self) -> AbstractContextManager[Transaction]:
        """A writing transaction, alone among writers; durable on disk when it ends without an exception."""
        ...

    def lire(self) -> AbstractContextManager[Transaction]:
        """A reading transaction: one consistent view."""
        ...

    def regarder(self, regard: Callable[[Transaction], T]) -> T:
        """What this reads: one statement, which needs no transaction to be consistent. May be called again when the
        database went away."""
        ...

    def reecrire(self, tables: Sequence[str]) -> bool:
        """Rewrites these tables without the rows dropped from them; False when somebody uses them now.

        Waits for nobody, and raises nothing: it is done again later.
        """
        ...

    def fermer(self) -> None:
        """Closes every connection."""
        ...


class RegleRompueError(Exception):
    """The database forbids the change: an escrow bound, a number given twice, a text with a NUL."""


ORDRE = "srv_seq"
"""The counter that is the order of the world."""
GENERATION_REGLEMENT = "generation_reglement"
"""The counter of the règlements published."""


def prochain(tx: Transaction, nom: str) -> int:
    """The next value of a counter, from 1; Only inside a writing transaction."""
    return avancer(tx, nom, 1)


def dernier(tx: Transaction, nom: str) -> int:
    """The last value given by a counter, 0 before the first."""
    if nom == ORDRE and tx.ordre is not None:
        return tx.ordre
    rangee = tx.une("SELECT valeur FROM compteur WHERE nom = ?", nom)
    valeur = int(rangee[0]) if rangee else 0
    if nom == ORDRE:
        tx.ordre = valeur
    return valeur


def avancer(tx: Transaction, nom: str, pas: int) -> int:
    """Takes `pas` values of a counter at once; the first one of them."""
    rangee = tx.une(
        "INSERT INTO compteur (nom, valeur) VALUES (?, ?) "
        "ON CONFLICT (nom) DO UPDATE SET valeur = compteur.valeur + excluded.valeur RETURNING valeur",
        nom,
        pas,
    )
    assert rangee is not None
    if nom == ORDRE:
        tx.ordre = int(rangee[0])
    return int(rangee[0]) - pas + 1


_REGLAGE_COURT = 1024
"""Bytes. One exchange asks for several settings: the short ones are read together; the trust bundle is not one."""


def lire_reglage(tx: Transaction, cle: str) -> bytes | None:
    """A setting of the Region (`server_epoch`, `confiance`…), or None."""
    if tx.reglages is None:
        # Whoever asks for a setting asks for the order of the world too.
        lus = tx.toutes(
            "SELECT cle, CASE WHEN length(valeur) <= ? THEN valeur END, NULL FROM region "
            "UNION ALL SELECT nom, NULL, valeur FROM compteur WHERE nom = ?",
            _REGLAGE_COURT,
            ORDRE,
        )
        tx.reglages = {
            str(nom): None if valeur is None else bytes(valeur) for nom, valeur, ordre in lus if ordre is None
        }
        tx.ordre = next((int(ordre) for _, _, ordre in lus if ordre is not None), 0)
    if tx.reglages.get(cle, b"") is None:
        rangee = tx.une("SELECT valeur FROM region WHERE cle = ?", cle)
        return bytes(rangee[0]) if rangee else None
    return tx.reglages.get(cle)


def ecrire_reglage(tx: Transaction, cle: str, valeur: bytes) -> None:
    """Sets a setting of the Region."""
    tx.reglages = None
    tx.faire(
        "INSERT INTO region (cle, valeur) VALUES (?, ?) ON CONFLICT (cle) DO UPDATE SET valeur = excluded.valeur",
        cle,
        valeur,
    )
