"""Who the Region takes for one person: the blind keys of the records that desks keep, and nothing else of them."""

from __future__ import annotations

import hashlib
from datetime import date

from passdesk.protocol.champs import Champs
from passdesk.server.contexte import Contexte
from passdesk.server.magasin import Transaction
from passdesk.server.settlement import compte, indexer, regler_plafond


def noter_sujet(contexte: Contexte, contenu: Champs | None) -> str | None:
    """Remembers a person's blind key; a corrected identity moves its awards under the new key. Returns a case's id."""
    cle = contenu.octets_ou_rien("cle", 16) if contenu is not None else None
    if cle is None:
        return None
    tx, device, sujet = contexte.tx, contexte.device, contexte.entete.subject_id
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
    return _changer_cle(contexte, device, sujet, cle)


def fusionner_sujets(contexte: Contexte, contenu: Champs) -> str | None:
    """Two records of one desk are one person: the awards of the absorbed one count with the other. A case's id."""
    tx, device, garde = contexte.tx, contexte.device, contexte.entete.subject_id
    absorbee = contenu.texte("absorbee")
    tx.faire(
        "INSERT INTO sujet (device, sujet, fusionne_dans) VALUES (?, ?, ?) "
        "ON CONFLICT (device, sujet) DO UPDATE SET fusionne_dans = excluded.fusionne_dans",
        device,
        absorbee,
        garde,
    )
    return _changer_cle(contexte, device, absorbee, cle_de(tx, device, garde))


def cle_de(tx: Transaction, device: str, sujet: str) -> bytes:
    """The blind key of a subject (16 bytes), or 32 bytes of its own while its identity is not known."""
    rangee = tx.une("SELECT cle FROM sujet WHERE device = ? AND sujet = ?", device, sujet)
    if rangee is not None and rangee[0] is not None:
        return bytes(rangee[0])
    return hashlib.sha256(f"{device}/{sujet}".encode()).digest()


def _changer_cle(contexte: Contexte, device: str, sujet: str, cle: bytes) -> str | None:
    tx = contexte.tx
    deplaces = tx.toutes(
        "SELECT cle, taille, le, etat, remis FROM attribution WHERE device = ? AND sujet = ? AND cle <> ?",
        device,
        sujet,
        cle,
    )
    if not deplaces:
        return None
    tx.faire("UPDATE attribution SET cle = ? WHERE device = ? AND sujet = ?", cle, device, sujet)
    for ancienne, taille, le, etat, remis in deplaces:
        if compte(etat, remis):
            indexer(tx, ancienne, -taille, date.fromisoformat(le), device)
            indexer(tx, cle, taille, date.fromisoformat(le), device)
    return regler_plafond(contexte, cle)
