"""What was heard of the Region, in the numbers of the state digest (`protocol.etat`)."""

from __future__ import annotations

from collections.abc import Collection

from passdesk.protocol.etat import (
    MODULE,
    TYPE_CONFIANCE,
    TYPES_A_PART,
    TYPES_INDEX,
    Bloc,
    bloc_de,
    empreinte,
    empreinte_index,
)
from passdesk.storage import index_regional, poste
from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes

CONFIANCE_ENTENDUE = "confiance_entendue"
"""Name of the srv_seq of the last trust bundle heard, among the values of the desk."""


def noter(base: Base, srv_seq: int, type_: str, octets: bytes) -> None:
    """This event was heard: to be called in the transaction that applies it. Awards are counted where they are
    kept: noted there when their key is not the one that they were told by."""
    if type_ == TYPE_CONFIANCE:
        poste.ecrire_texte(base, CONFIANCE_ENTENDUE, str(srv_seq))
    elif type_ not in (*TYPES_A_PART, *TYPES_INDEX):
        with base.ecriture() as db:
            # Not by `Table.upsert`: see `poste`.
            db.execute(
                "INSERT INTO nouvelle (srv_seq, empreinte) VALUES (?, ?) "
                "ON CONFLICT (srv_seq) DO UPDATE SET empreinte = excluded.empreinte",
                [srv_seq, empreinte(srv_seq, type_, octets)],
            )


def confiance_entendue(base: Base) -> int:
    """The srv_seq of the last trust bundle heard, 0 before any."""
    return int(poste.lire_texte(base, CONFIANCE_ENTENDUE) or 0)


def oublier(base: Base, apres: int = 0) -> None:
    """What was heard after `apres` is to be heard again. What is known of it stays, and counts, until it is told."""
    index_regional.changer_de_vie(base, apres)
    with base.ecriture() as db:
        db.execute("DELETE FROM nouvelle WHERE srv_seq > ?", [apres])


def blocs(base: Base, largeur: int, rangs: Collection[int]) -> dict[int, Bloc]:
    """These blocks, as this desk holds them. Hashes each award of the index in them."""
    trouves = dict.fromkeys(rangs, Bloc())
    for rang in rangs:
        bornes = [rang * largeur, (rang + 1) * largeur]
        (notees,) = lignes(
            base,
            "SELECT count(*) AS nombre, coalesce(sum(empreinte), 0) AS somme FROM nouvelle "
            "WHERE srv_seq > ? AND srv_seq <= ?",
            bornes,
        )
        # Those told by keys of before are among what was noted.
        sql = (
            "SELECT srv_seq, cle, pass, le, poste FROM index_regional i WHERE srv_seq > ? AND srv_seq <= ? "
            "AND NOT EXISTS (SELECT 1 FROM nouvelle n WHERE n.srv_seq = i.srv_seq)"
        )
        with base.lecture() as db:
            index = bloc_de(empreinte_index(*rangee) for rangee in db.execute(sql, bornes))
        trouves[rang] = Bloc(notees["nombre"], notees["somme"] % MODULE).plus(index)
    return trouves
