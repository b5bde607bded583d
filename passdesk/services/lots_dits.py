"""What the Region tells of the lots of this desk: a lot is received as it is heard, a lease once all is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from passdesk.domain.campagne import Lot
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.evenements import LotAttribue
from passdesk.services.poste import LOTS_A_LAISSER, Poste
from passdesk.storage import cle_pass, lots
from passdesk.storage import poste as identite
from passdesk.storage.acte import Acte
from passdesk.storage.engine import Base

BAUX_DITS = "baux_dits"
"""Name of the last lease heard of each lot that this desk had, among its values, while the Region has more to tell."""


def entendre(poste: Poste, acte: Acte, evenement: LotAttribue) -> None:
    """Receives a lot; of one that this desk has, keeps the lease for `conclure`.

    The Region says each lease again when it is heard anew, and those that it replaced with it: a lot called back, its
    value given back, would be alive from one page to the next, for weeks if the line drops there. Raises
    SaisieRefusee("lot_refuse") for numbers that this desk had before.
    """
    base = poste.base
    if identite.lire_texte(base, LOTS_A_LAISSER) is not None:
        # Received before the base was put back, perhaps awarded from: its numbers may be on paper.
        return
    if lots.get(base, evenement.lot) is not None:
        baux = {**_baux(base), evenement.lot: evenement.bail_jusqu_au.isoformat()}
        identite.ecrire_octets(base, BAUX_DITS, canonique.encode(baux))
        return
    if not cle_pass.signe_ce_lot(base, evenement.kid):
        # Of the epoch before, or of a copy of this desk.
        return
    if lots.chevauche(base, evenement.campagne, evenement.premier, evenement.dernier):
        # Numbers that this desk may have awarded already: never twice.
        raise SaisieRefusee("lot_refuse")
    lot = Lot(
        evenement.lot, evenement.campagne, evenement.pot, evenement.taille, evenement.premier, evenement.dernier,
        evenement.bail_jusqu_au,
    )  # fmt: skip
    _recevoir(acte, lot, evenement.kid)


def conclure(base: Base, acte: Acte) -> None:
    """All is told: the last lease heard of each lot is its lease. Lots that were given back, or left, have none."""
    baux = _baux(base)
    for lot_id, bail in baux.items():
        connu = lots.get(base, lot_id)
        if connu is not None and not connu.rendu and connu.lot.bail_jusqu_au.isoformat() != bail:
            _recevoir(acte, replace(connu.lot, bail_jusqu_au=date.fromisoformat(bail)), connu.kid)
    if baux:
        oublier(base)


def oublier(base: Base) -> None:
    """A new life of the Region tells everything again, and may have forgotten what this one heard of the former."""
    identite.ecrire_octets(base, BAUX_DITS, None)


def _recevoir(acte: Acte, lot: Lot, kid: int) -> None:
    acte.inscrire(
        "lot.recevoir",
        lot.lot_id,
        {
            "lot": lot.lot_id,
            "campagne": lot.campagne,
            "pot": lot.pot,
            "taille": lot.taille,
            "premier": lot.premier,
            "dernier": lot.dernier,
            "bail_jusqu_au": lot.bail_jusqu_au.isoformat(),
            "kid": kid,
        },
    )


def _baux(base: Base) -> dict[str, str]:
    octets = identite.lire_octets(base, BAUX_DITS)
    return {} if octets is None else canonique.decode(octets)
