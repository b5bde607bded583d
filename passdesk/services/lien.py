"""Which device this desk is for the Region, and whether it has to be linked again (decision 0090)."""

from __future__ import annotations

from passdesk.services.poste import APPAREIL
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base

APPAREIL_D_AVANT = "appareil_d_avant"
"""The device that this desk was until it left its keys, and is again once the Region has said so."""
A_RELIER = "a_relier"
"""Set while the Region refuses this computer: the code of its refusal."""
REVOQUE = "appareil_revoque"
REFUS_DEFINITIFS = (REVOQUE, "appareil_inconnu", "signature_refusee")
"""Refusals after which a desk may be linked again. The last one is said of a request that the line changed too, and the
next is then heard; and of each one, by a Region put back to a backup of before this computer was linked."""


def appareil_de(base: Base) -> str | None:
    """The device id under which the Region knows what was recorded here, also while the desk waits to be linked again;
    None before it was ever linked."""
    return identite.lire_texte(base, APPAREIL) or identite.lire_texte(base, APPAREIL_D_AVANT)


def noter_refus(base: Base, code: str) -> None:
    """The Region refused what this desk sent, with this code; one of REFUS_DEFINITIFS is remembered. Revoked, it stays
    so until it is heard or linked again, whatever else is said."""
    if code in REFUS_DEFINITIFS and not retire(base):
        identite.ecrire_texte(base, A_RELIER, code)


def retire(base: Base) -> bool:
    """True once the Region said that it has revoked this computer: the numbers left here are void."""
    return identite.lire_texte(base, A_RELIER) == REVOQUE
