"""Who the Region takes for one person: the blind keys of the records that desks keep, and nothing else of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date

from passdesk.domain.homonyme import MOTIFS_RETRAIT, RETRAIT
from passdesk.protocol.champs import Champs
from passdesk.protocol.operations import TypeOperation
from passdesk.server.contexte import Contexte
from passdesk.server.index_region import cle_du_moment
from passdesk.server.litiges import CLOS, dire_aux_postes, noter_separation
from passdesk.server.magasin import Transaction
from passdesk.server.settlement import compte, indexer, regler_plafond

FUSIONS_MAX = 200
"""Records that stand for one person at most: all of them are looked at for each act, under the lock of the order of the
world. A merge above it waits, as what cannot be applied."""

_ENSEMBLE = 400
"""Persons looked for at once."""
_FUSIONNES = (
    "WITH RECURSIVE f (id) AS (SELECT ? UNION SELECT s.sujet FROM sujet s JOIN f ON s.fusionne_dans = f.id "
    "WHERE s.device = ?)"
)
"""`f`: a record and everyone merged into it, of (record, device)."""


def noter_sujet(contexte: Contexte, contenu: Champs | None) -> str | None:
    """Remembers a person's blind key; a corrected identity moves its awards under the new key. Returns a case's id."""
    cle = contenu.octets_ou_rien("cle", 16) if contenu is not None else None
    if cle is None:
        return None
    tx, device, sujet = contexte.tx, contexte.device, contexte.entete.subject_id
    cle = cle_du_moment(tx, contexte.cle_corps, cle)
    rangee = tx.une("SELECT cle FROM sujet WHERE device = ? AND sujet = ?", device, sujet)
    tx.faire(
        "INSERT INTO sujet (device, sujet, cle) VALUES (?, ?, ?) "
        "ON CONFLICT (device, sujet) DO UPDATE SET cle = excluded.cle",
        device,
        sujet,
        cle,
    )
    if rangee is not None and rangee[0] == cle:
        return None
    return _ranger(contexte, sujet)


def fusionner_sujets(contexte: Contexte, contenu: Champs) -> str | None:
    """Two records of one desk are one person: the awards of the absorbed one count with the other. A case's id.

    Raises ValueError above FUSIONS_MAX.
    """
    tx, device, garde = contexte.tx, contexte.device, contexte.entete.subject_id
    tx.faire(
        "INSERT INTO sujet (device, sujet, fusionne_dans) VALUES (?, ?, ?) "
        "ON CONFLICT (device, sujet) DO UPDATE SET fusionne_dans = excluded.fusionne_dans",
        device,
        contenu.texte("absorbee"),
        garde,
    )
    if len(fusionnes(tx, device, _garde(tx, device, garde))) > FUSIONS_MAX:
        raise ValueError("more records than one person ever has")
    return _ranger(contexte, garde)


def separer_sujets(contexte: Contexte, contenu: Champs) -> str | None:
    """A merge is undone: each record has its own awards under its own key again. A case's id.

    A case that the merge opened stays open, with what it blocked, and says so: a person at the Region judges it. Two
    that are not merged stay so: a desk put back to an earlier day says again what is known here.
    Raises ValueError while an earlier merge into this record waits.
    """
    tx, device, garde = contexte.tx, contexte.device, contexte.entete.subject_id
    absorbee = contenu.texte("absorbee")
    rangee = tx.une("SELECT fusionne_dans FROM sujet WHERE device = ? AND sujet = ?", device, absorbee)
    if rangee is None or rangee[0] != garde:
        if _reunion_en_attente(contexte):
            raise ValueError("a merge that waits would come after it")
        return None
    ensemble = cle_de(tx, device, garde)
    tx.faire("UPDATE sujet SET fusionne_dans = NULL WHERE device = ? AND sujet = ?", device, absorbee)
    for sujet in (absorbee, garde):
        if cle_de(tx, device, sujet) != ensemble:
            # Under that key by the merge alone.
            noter_separation(tx, ensemble, device, fusionnes(tx, device, sujet), contexte.maintenant)
    litiges = [_ranger(contexte, sujet) for sujet in (absorbee, garde)]
    return next((litige for litige in litiges if litige), None)


def _reunion_en_attente(contexte: Contexte) -> bool:
    rangee = contexte.tx.une(
        "SELECT 1 FROM operation WHERE device = ? AND sujet = ? AND type = ? AND resultat = 'en_attente' "
        "AND srv_seq < ? LIMIT 1",
        contexte.device,
        contexte.entete.subject_id,
        str(TypeOperation.PERSONNE_FUSIONNER),
        contexte.srv_seq,
    )
    return rangee is not None


def cle_de(tx: Transaction, device: str, sujet: str) -> bytes:
    """The blind key of a person (16 bytes): of the record kept, else the first known among those merged into it.

    32 bytes of its own while no identity is known.
    """
    garde = _garde(tx, device, sujet)
    connues = {
        str(membre): bytes(cle)
        for membre, cle in tx.toutes(
            f"{_FUSIONNES} SELECT s.sujet, s.cle FROM f JOIN sujet s ON s.device = ? AND s.sujet = f.id "  # noqa: S608
            "WHERE s.cle IS NOT NULL",
            garde,
            device,
            device,
        )
    }
    premier = min(connues, key=lambda membre: (membre != garde, membre), default=None)
    return sans_identite(device, garde) if premier is None else connues[premier]


def sans_identite(device: str, sujet: str) -> bytes:
    """What stands for the key of somebody whose identity is not known: 32 bytes."""
    return hashlib.sha256(f"{device}/{sujet}".encode()).digest()


def _garde(tx: Transaction, device: str, sujet: str) -> str:
    """The record that stands for this one; itself when the log goes round in a circle."""
    dans: dict[str, str | None] = dict(
        tx.toutes(
            "WITH RECURSIVE g (id, dans) AS (SELECT sujet, fusionne_dans FROM sujet WHERE device = ? AND sujet = ? "
            "UNION SELECT s.sujet, s.fusionne_dans FROM sujet s JOIN g ON s.sujet = g.dans WHERE s.device = ?) "
            "SELECT id, dans FROM g",
            device,
            sujet,
            device,
        )
    )
    ici, vus = sujet, {sujet}
    while (suivant := dans.get(ici)) is not None:
        if suivant in vus:
            return sujet
        vus.add(suivant)
        ici = suivant
    return ici


def _ranger(contexte: Contexte, sujet: str) -> str | None:
    """Puts the awards of a person, all records together, under its key. A case's id."""
    tx, device = contexte.tx, contexte.device
    cle = cle_de(tx, device, sujet)
    ailleurs = "device = ? AND sujet = ANY (?) AND cle <> ?"
    membres = list(fusionnes(tx, device, _garde(tx, device, sujet)))
    rangees = tx.toutes(
        f"SELECT cle, taille, le, etat, remis, remplace, campagne FROM attribution WHERE {ailleurs} "  # noqa: S608
        "ORDER BY srv_seq, campagne, carnet",
        device,
        membres,
        cle,
    )
    if not rangees:
        return None
    tx.faire(f"UPDATE attribution SET cle = ? WHERE {ailleurs}", cle, device, membres, cle)  # noqa: S608
    for ancienne, taille, le, etat, remis, remplace, _ in rangees:
        # A carnet that replaces another was never told: it counts in the place of the first one.
        if compte(etat, remis) and remplace is None:
            indexer(tx, ancienne, -taille, date.fromisoformat(le), device)
            indexer(tx, cle, taille, date.fromisoformat(le), device)
    litige = regler_plafond(tx, contexte.maintenant, cle)
    for ancienne, *_, remplace, campagne in rangees:
        reste = "SELECT 1 FROM attribution WHERE cle = ? AND campagne = ? AND carnet = ? LIMIT 1"
        if remplace is not None and tx.une(reste, ancienne, campagne, remplace) is not None:
            # The one it replaced counts again there, whole, without what a case blocked on the paper that goes.
            litige = regler_plafond(tx, contexte.maintenant, bytes(ancienne)) or litige
    return litige


def fusionnes(tx: Transaction, device: str, sujet: str) -> tuple[str, ...]:
    """This subject and everyone merged into it."""
    rangees = tx.toutes(f"{_FUSIONNES} SELECT id FROM f", sujet, device)  # noqa: S608
    return tuple(str(rangee[0]) for rangee in rangees)


def effaces(tx: Transaction, device: str, sujets: Collection[str]) -> set[str]:
    """Those of these persons whom this device erased in its log, by a record that each was merged into too."""
    trouves, liste = set[str](), sorted(sujets)
    for debut in range(0, len(liste), _ENSEMBLE):
        ceux = liste[debut : debut + _ENSEMBLE]
        places = ", ".join("(?, ?)" for _ in ceux)
        sql = (
            f"WITH RECURSIVE f (depart, id) AS (VALUES {places} UNION SELECT f.depart, s.fusionne_dans FROM sujet s "  # noqa: S608
            "JOIN f ON s.sujet = f.id WHERE s.device = ? AND s.fusionne_dans IS NOT NULL) "
            "SELECT DISTINCT f.depart FROM f JOIN operation o ON o.sujet = f.id "
            "WHERE o.device = ? AND o.type = 'personne.effacer'"
        )
        doubles = (sujet for sujet in ceux for _ in range(2))
        trouves.update(str(sujet) for (sujet,) in tx.toutes(sql, *doubles, device, device))
    return trouves


def retirer_homonyme(contexte: Contexte, contenu: Champs) -> str | None:
    """`litige.noter` v2: the subject is nobody's homonym any more. The id of the case that opens when the total is now
    above the cap and nobody looks at it yet.

    Raises ValueError for another kind of note than this one.
    """
    if contenu.texte("genre") != RETRAIT:
        raise ValueError("a kind of note that this Region does not know")
    motif = contenu.texte("motif")
    motif = motif if motif in MOTIFS_RETRAIT else "autre"
    tx, device, sujet = contexte.tx, contexte.device, contexte.entete.subject_id
    cles = tx.toutes(
        "SELECT DISTINCT cle FROM attribution WHERE device = ? AND sujet = ? AND homonyme <> '' ORDER BY cle",
        device,
        sujet,
    )
    tx.faire("UPDATE attribution SET homonyme = '' WHERE device = ? AND sujet = ?", device, sujet)
    ouvert = None
    for (cle,) in cles:
        # Another person of this identity may have been said to be a homonym too: that word stands, with the cases.
        if tx.une("SELECT 1 FROM attribution WHERE cle = ? AND homonyme <> '' LIMIT 1", cle) is None:
            _reprendre(contexte, bytes(cle), motif)
        ouvert = regler_plafond(tx, contexte.maintenant, bytes(cle)) or ouvert
    return ouvert


def _reprendre(contexte: Contexte, cle: bytes, motif: str) -> None:
    """What the word had done to the cases of this key.

    Open and in excess: a person judges it all the same, what is blocked stays so. Open with nothing in excess:
    nothing is left to decide. Closed: what it admitted is admitted no more.
    """
    concernes = "cle = ? AND genre = 'plafond' AND homonyme <> '' AND homonyme_retire = ''"
    tx = contexte.tx
    tx.faire(f"UPDATE litige SET repris = 1 WHERE {concernes} AND etat = 'clos' AND excedent > 0", cle)  # noqa: S608
    sans_objet = f"{concernes} AND etat = 'ouvert' AND excedent = 0"
    for (litige,) in tx.toutes(f"SELECT litige FROM litige WHERE {sans_objet} ORDER BY litige", cle):  # noqa: S608
        dire_aux_postes(tx, litige, CLOS)
    tx.faire(f"UPDATE litige SET etat = 'clos' WHERE {sans_objet}", cle)  # noqa: S608
    tx.faire(f"UPDATE litige SET homonyme_retire = ? WHERE {concernes}", motif, cle)  # noqa: S608
