"""What a backup would bring back, and why one was not made, in sentences; for pages and the command, without any Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from passdesk.domain.francais import date_longue, heure
from passdesk.ui.messages import Message, message
from passdesk.ui.messages.motifs import PIECES

if TYPE_CHECKING:
    from passdesk.services.integrite import ScanAbime
    from passdesk.services.restauration import Apercu


def moment_sauvegarde(apercu: Apercu) -> str:
    """ "25 novembre 2026 à 8 h 42", local time: a desk may keep several of one day."""
    faite = apercu.faite_le.astimezone()
    return f"{date_longue(faite.date())} à\u00a0{heure(faite)}"


def suite_gardee(apercu: Apercu, *, suite: bool = True) -> bool:
    """True when nothing recorded since is left aside."""
    return apercu.depuis == 0 or (apercu.depuis is not None and suite and apercu.lisible)


def depuis_la_sauvegarde(apercu: Apercu, *, suite: bool = True) -> Message:
    """What becomes of what was recorded since. `suite`: with it, if it reads."""
    if apercu.depuis is None:
        return message("apercu_inconnu")
    if not apercu.depuis:
        return message("apercu_rien_depuis")
    code = "apercu_laisse" if not suite else "apercu_repris" if apercu.lisible else "apercu_en_partie"
    faits = {"depuis": apercu.depuis, "carnets": apercu.carnets, "effacements": apercu.effacements}
    return message(code, reviennent=apercu.reviennent, **faits)


def ce_qu_elle_contient(apercu: Apercu) -> Message:
    """Its day, its acts, its persons."""
    return message("apercu_sauvegarde", jour=moment_sauvegarde(apercu), actes=apercu.actes, personnes=apercu.personnes)


def a_savoir(apercu: Apercu) -> list[Message]:
    """What else is to be known of the file and of this computer; nothing for most."""
    lignes = []
    if apercu.cle_d_avant:
        lignes.append(message("apercu_cle_d_avant"))
    elif apercu.copie in ("abimee", "etrangere"):
        # Under another key of the same desk, it is no other desk's.
        lignes.append(message(f"apercu_copie_{apercu.copie}"))
    if apercu.autre_ordinateur:
        lignes.append(message("apercu_autre_ordinateur"))
    return lignes


def lignes_apercu(apercu: Apercu, *, suite: bool = True) -> list[str]:
    """All of it. `suite`: with what was recorded since, if it reads."""
    lignes = [ce_qu_elle_contient(apercu), depuis_la_sauvegarde(apercu, suite=suite), *a_savoir(apercu)]
    return [str(ligne) for ligne in lignes]


def lignes_scans(retires: Iterable[ScanAbime]) -> list[str]:
    """Which papers were taken away, and whose."""
    return [str(message("scan_retire", piece=piece_du_scan(scan), personne=qui_du_scan(scan))) for scan in retires]


def piece_du_scan(scan: ScanAbime) -> str:
    """ "Attestation de stage"; "papier" for one that nothing names any more."""
    return PIECES.get(scan.type, "papier")


def qui_du_scan(scan: ScanAbime) -> str:
    """The name of the person; a visit that is not recorded yet has none."""
    return scan.personne or "visite commencée"


def refus_de_sauvegarde(code: str) -> Message:
    """Why the last one could not be made, or copied: a folder that does not answer is the one of the copy."""
    return message("sauvegarde_copie_impossible" if code == "disque_muet" else code)
