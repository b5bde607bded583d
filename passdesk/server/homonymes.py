"""A homonym taken back by its desk: the cases say so, and the identity is counted again (decision 0029)."""

from __future__ import annotations

from passdesk.domain.homonyme import MOTIFS_RETRAIT, RETRAIT
from passdesk.protocol.champs import Champs
from passdesk.server.contexte import Contexte
from passdesk.server.settlement import regler_plafond


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
    tx.faire(f"UPDATE litige SET etat = 'clos' WHERE {concernes} AND etat = 'ouvert' AND excedent = 0", cle)  # noqa: S608
    tx.faire(f"UPDATE litige SET homonyme_retire = ? WHERE {concernes}", motif, cle)  # noqa: S608
