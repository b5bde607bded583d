"""What a backup would bring back, in sentences; for the page and for the command, without any Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passdesk.domain.francais import date_longue
from passdesk.ui.messages import message

if TYPE_CHECKING:
    from passdesk.services.restauration import Apercu


def lignes_apercu(apercu: Apercu, *, suite: bool = True) -> list[str]:
    """`suite`: with what was recorded since, if it reads."""
    jour = date_longue(apercu.faite_le.astimezone().date())
    lignes = [message("apercu_sauvegarde", jour=jour, actes=apercu.actes, personnes=apercu.personnes)]
    if apercu.depuis is None:
        lignes.append(message("apercu_inconnu"))
    elif not apercu.depuis:
        lignes.append(message("apercu_rien_depuis"))
    else:
        code = "apercu_laisse" if not suite else "apercu_repris" if apercu.lisible else "apercu_en_partie"
        faits = {
            "depuis": apercu.depuis, "carnets": apercu.carnets, "effacements": apercu.effacements,
            "reviennent": apercu.reviennent,
        }  # fmt: skip
        lignes.append(message(code, **faits))
    if apercu.copie in ("abimee", "etrangere"):
        lignes.append(message(f"apercu_copie_{apercu.copie}"))
    if apercu.autre_ordinateur:
        lignes.append(message("apercu_autre_ordinateur"))
    return [str(ligne) for ligne in lignes]
