"""Is what this desk keeps sound, and what mends it: looked at once a week by itself, when asked, and from the command.

Each thing that can be wrong has its remedy (`REMEDES`). The log is sound: what hangs on it is made again from it, after
a backup. The log or the pages of the file are not: back to the last good backup, with all that can be read of what was
recorded since. The rest is not in the log: it is taken away and asked for again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from passdesk.domain.erreurs import KnownError, SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.services import consultations, restauration
from passdesk.services.poste import Poste
from passdesk.services.sauvegarde import dossier_choisi, sauvegarder_au_poste, sauvegardes_de
from passdesk.storage import brouillons, demandes, numerisations, personnes
from passdesk.storage import poste as identite
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, Base
from passdesk.storage.integrite import (
    REFAITS,
    Probleme,
    VerificationArretee,
    compter_operations,
    tout_refaire,
    verifier_appareil,
    verifier_base,
)
from passdesk.storage.sauvegarde import origine

__all__ = [
    "PERIODE",
    "Verification",
    "VerificationArretee",
    "ailleurs",
    "derniere_sauvegarde",
    "derniere_verification",
    "examiner",
    "proposer",
    "refaire",
    "remede",
    "retirer_scans",
    "revenir",
    "scans_abimes",
    "verifier",
    "verifier_si_utile",
]
PERIODE = timedelta(days=7)
_ETAT = "verification_etat"
Remede = Literal["rien", "renvoyer", "retirer", "relier", "refaire", "revenir"]
"""From the lightest on: send again, take the damaged scans away, link the desk anew, make again what hangs on the log,
go back to a backup."""
REMEDES: Mapping[str, Remede] = {
    "acquit_falsifie": "renvoyer",
    "numerisation_abimee": "retirer",
    "cles_appareil_absentes": "relier",
    **dict.fromkeys(REFAITS, "refaire"),
    **dict.fromkeys(
        ("page_abimee", "structure_abimee", "lecture_impossible", "chaine_rompue", "tete_differente",
         "journal_tronque", "corps_change", "corps_absent", "rejeu_impossible"),
        "revenir",
    ),
}  # fmt: skip
"""What mends each thing that a check can find."""
_ORDRE = get_args(Remede)


@dataclass(frozen=True, slots=True)
class Verification:
    """What the last check found. `faite_le` (UTC): None before the first; `actes`: how many it read."""

    faite_le: datetime | None
    actes: int
    problemes: tuple[Probleme, ...]

    @property
    def saine(self) -> bool:
        """True when a check was made and found nothing."""
        return self.faite_le is not None and not self.problemes

    @property
    def remede(self) -> Remede:
        """What mends all that it found."""
        return remede(self.problemes)


def remede(problemes: Iterable[Probleme]) -> Remede:
    """The heaviest one that something asks for; what another program found and this one does not know: a backup."""
    demandes: list[Remede] = [REMEDES.get(probleme.code, "revenir") for probleme in problemes]
    return max(demandes, key=_ORDRE.index, default="rien")


def examiner(base: Base, cle: bytes, horloge: Horloge, arreter: Callable[[], bool] = lambda: False) -> Verification:
    """Checks everything and writes nothing. Raises PanneAttendue("base_occupee"), VerificationArretee."""
    # A page that does not decipher makes the connection that met it useless: what was found could not be noted.
    temoin = Base.ouvrir(base.dossier, cle, horloge)
    try:
        problemes = verifier_base(temoin, arreter)
    finally:
        temoin.fermer()
    problemes += verifier_appareil(base, cle)
    return Verification(horloge.maintenant(), compter_operations(base), problemes)


def verifier(poste: Poste, arreter: Callable[[], bool] = lambda: False) -> Verification:
    """The same, and what was found is noted."""
    faite = examiner(poste.base, poste.cle, poste.horloge, arreter)
    # A base that is damaged may not let itself be written to: what was found is told all the same.
    with contextlib.suppress(KnownError):
        identite.ecrire_texte(poste.base, _ETAT, json.dumps(_noter(faite)))
    return faite


def verifier_si_utile(poste: Poste, arreter: Callable[[], bool] = lambda: False) -> bool:
    """Once a week; True when a check was made. Raises PanneAttendue; stopped, it is made another time."""
    derniere = derniere_verification(poste).faite_le
    if derniere is not None and abs(poste.horloge.maintenant() - derniere) < PERIODE:
        return False
    try:
        verifier(poste, arreter)
    except VerificationArretee:
        return False
    return True


def derniere_verification(poste: Poste) -> Verification:
    """What the last one found, here or from the command."""
    lu = identite.lire_texte(poste.base, _ETAT)
    return _lire(json.loads(lu)) if lu else Verification(None, 0, ())


def refaire(poste: Poste) -> Verification:
    """A backup first; then every table, the search and the indexes are made again from the log; then checked again.

    Raises PanneAttendue: as `sauvegarder_au_poste` (no backup, nothing is touched), "base_occupee"; and what a log that
    cannot be replayed raises, the tables then staying as they were.
    """
    trouves = verifier_base(poste.base)
    sauvegarder_au_poste(poste)
    tout_refaire(poste.base, trouves)
    return verifier(poste)


@dataclass(frozen=True, slots=True)
class ScanAbime:
    """A scan that is not the one that was joined. `personne`: whose; "" for a visit not recorded yet."""

    demande_id: str
    empreinte: str = field(repr=False)
    personne_id: str
    personne: str = field(repr=False)
    type: str


def scans_abimes(poste: Poste) -> tuple[ScanAbime, ...]:
    """The damaged scans, each with its person and its kind of paper."""
    with poste.base.lecture() as db:
        trouves = numerisations.abimees(db)
    return tuple(_situer(poste, *trouve) for trouve in trouves)


def retirer_scans(poste: Poste) -> tuple[ScanAbime, ...]:
    """Takes the damaged scans away: nothing makes them again. The journal says so, about each person; the proof stays
    seen, on the day it was, and its paper may be scanned again. Raises PanneAttendue."""
    retires = scans_abimes(poste)
    for scan in retires:
        with poste.base.ecriture():
            numerisations.retirer(poste.base, scan.demande_id, scan.empreinte)
            if scan.personne_id:
                consultations.noter(poste, scan.personne_id, consultations.SCAN_RETIRE)
    derniere = derniere_verification(poste)
    restent = tuple(probleme for probleme in derniere.problemes if REMEDES.get(probleme.code) != "retirer")
    identite.ecrire_texte(poste.base, _ETAT, json.dumps(_noter(replace(derniere, problemes=restent))))
    return retires


def _situer(poste: Poste, demande_id: str, empreinte: str) -> ScanAbime:
    demande, brouillon = demandes.get(poste.base, demande_id), brouillons.get(poste.base, demande_id)
    nommes = [(c.piece.type, c.numerisation) for c in demande.constats] if demande else []
    nommes += [(piece.type, piece.numerisation) for piece in brouillon.pieces] if brouillon else []
    personne_id = (demande.personne_id if demande else brouillon.personne_id if brouillon else None) or ""
    personne = personnes.get(poste.base, personne_id) if personne_id else None
    genre = next((genre for genre, cle in nommes if cle == empreinte), "")
    return ScanAbime(demande_id, empreinte, personne_id, personne.nom_complet if personne else "", genre)


def revenir(
    dossier: Path, phrase: str, horloge: Horloge, ailleurs: Path | None = None
) -> tuple[Path, restauration.Apercu]:
    """Back to the last good backup of the desk's folder, or of `ailleurs`; nobody may have the base open.

    Raises SaisieRefusee("sauvegarde_aucune_bonne"), and as `restauration.restaurer` for what no other backup would
    change (the passphrase, the role, the disk).
    """
    for fichier in sauvegardes_de(dossier / DOSSIER_SAUVEGARDES, ailleurs):
        try:
            return fichier, restauration.restaurer(dossier, fichier, phrase, horloge)
        except SaisieRefusee as refus:
            if refus.code not in restauration.MAUVAISES:
                raise
    raise SaisieRefusee("sauvegarde_aucune_bonne")


def proposer(
    dossier: Path, phrase: str, horloge: Horloge, fichier: Path | None = None
) -> tuple[Path, restauration.Apercu]:
    """The last good backup of the desk's folder, or the one named, and what it would bring back; nothing is changed.

    Raises as `revenir` and `restauration.apercevoir`.
    """
    if fichier is not None:
        return fichier, restauration.apercevoir(dossier, fichier, phrase, horloge)
    for trouve in sauvegardes_de(dossier / DOSSIER_SAUVEGARDES):
        try:
            return trouve, restauration.apercevoir(dossier, trouve, phrase, horloge)
        except SaisieRefusee as refus:
            if refus.code not in restauration.MAUVAISES:
                raise
    raise SaisieRefusee("sauvegarde_aucune_bonne")


def derniere_sauvegarde(poste: Poste) -> Path | None:
    """The last backup of this desk, here or where the copies go; only its head is read."""
    try:
        sienne = origine(poste.base)
    except KnownError:
        sienne = b""
    return next(iter(sauvegardes_de(poste.dossier / DOSSIER_SAUVEGARDES, ailleurs(poste), origine=sienne)), None)


def ailleurs(poste: Poste) -> Path | None:
    """Where the second copies go; None when nothing says so any more."""
    try:
        return dossier_choisi(poste)
    except KnownError:
        return None


def _noter(faite: Verification) -> dict[str, Any]:
    quand = int(faite.faite_le.timestamp() * 1000) if faite.faite_le else 0
    return {"faite_ms": quand, "actes": faite.actes, "problemes": list(_objets(faite.problemes))}


def _objets(problemes: tuple[Probleme, ...]) -> Iterator[tuple[str, dict[str, str | int]]]:
    for probleme in problemes:
        yield probleme.code, dict(probleme.faits)


def _lire(lu: dict[str, Any]) -> Verification:
    quand = datetime.fromtimestamp(lu["faite_ms"] / 1000, UTC)
    return Verification(quand, lu["actes"], tuple(Probleme(code, faits) for code, faits in lu["problemes"]))
