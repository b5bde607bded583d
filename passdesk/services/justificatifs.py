"""Proofs seen at the desk: recorded with who saw them, and their scan, which stays in the base of this desk."""

from __future__ import annotations

from passdesk.domain.demande import Dossier
from passdesk.domain.visite import Brouillon
from passdesk.printing.numerisation import numeriser
from passdesk.services.poste import Poste
from passdesk.storage import brouillons, demandes, numerisations
from passdesk.storage.acte import Acte

__all__ = ["constater", "joindre", "numeriser", "oublier", "voir"]


def joindre(poste: Poste, demande_id: str, pages: tuple[bytes, ...]) -> str:
    """Keeps the pages made by `numeriser` for a request, or the draft that will be it; returns their hash."""
    return numerisations.enregistrer(poste.base, demande_id, pages)


def voir(poste: Poste, demande_id: str, empreinte: str) -> tuple[bytes, ...]:
    """The pages of a scan (JPEG); none once they were dropped, or on another desk."""
    return numerisations.pages(poste.base, demande_id, empreinte)


def oublier(poste: Poste, demande_id: str) -> None:
    """Drops the scans of a request that neither its proofs nor the draft still open name any more."""
    demande, brouillon = demandes.get(poste.base, demande_id), brouillons.get(poste.base, demande_id)
    gardees = {constat.numerisation for constat in demande.constats} if demande else set()
    gardees |= {piece.numerisation for piece in brouillon.pieces} if brouillon else set()
    numerisations.ne_garder_que(poste.base, demande_id, sorted(gardees - {""}))


def constater(
    poste: Poste, acte: Acte, brouillon: Brouillon, dossier: Dossier, personne_id: str, demande_id: str
) -> None:
    """Records each proof that is new, or whose date or scan changed."""
    deja = demandes.get(poste.base, demande_id)
    connus = {(c.piece, c.numerisation) for c in deja.constats} if deja else set()
    saisies = {piece.type: piece for piece in brouillon.pieces}
    for piece in dossier.justificatifs:
        saisie = saisies.get(piece.type)
        cle, nombre = (saisie.numerisation, saisie.pages) if saisie else ("", 0)
        if (piece, cle) in connus:
            continue
        corps: dict[str, object] = {
            "demande": demande_id,
            "type": piece.type,
            "date": piece.date.isoformat() if piece.date else None,
            "vu_le": piece.vu_le.isoformat() if piece.vu_le else None,
        }
        if cle:
            corps["numerisation"] = {"empreinte": bytes.fromhex(cle), "pages": nombre}
        acte.inscrire("justificatif.constater", personne_id, corps)
