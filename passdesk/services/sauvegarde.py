"""Backups of the desk: made once a day by itself or when asked, verified, turned over, the last good one told."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from passdesk import __version__
from passdesk.domain.erreurs import KnownError, SaisieRefusee
from passdesk.domain.rotation import DUREE, a_garder
from passdesk.services.poste import Poste, est_responsable
from passdesk.storage import cles, envoi
from passdesk.storage import poste as identite
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, Base
from passdesk.storage.sauvegarde import PARTIEL, SUFFIXE, Entete, ecrire_sauvegarde, lire_entete, origine, recopier

DOSSIER = "sauvegarde_dossier"
"""Where the desk keeps the folder chosen for a second copy (a stick, a shared folder)."""
_ETAT = "sauvegarde_etat"
ALERTE = timedelta(days=7)
"""Acts older than this in no backup are told."""
PLACE_MINIMALE = 500_000_000
"""Bytes free on the desk's disk below which it is told, while there is still room to work for weeks."""
_INSTANT = "%Y%m%dT%H%M%S"
_NOM = re.compile(r"^passdesk-(?P<origine>[0-9a-f]{8})-(?P<quand>\d{8}T\d{6})" + re.escape(SUFFIXE) + "$")
_AVANT = re.compile(r"^poste-(?P<quand>\d{8}T\d{6})-")


@dataclass(frozen=True, slots=True)
class Sauvegarde:
    """A backup that was verified when it was made. `actes`: how many it holds; `faite_le`: UTC."""

    chemin: Path
    faite_le: datetime
    actes: int


@dataclass(frozen=True, slots=True)
class EtatSauvegardes:
    """What the desk says of its backups, without looking at any disk but its own.

    `derniere`: the last one in the desk's folder; `ailleurs`: the last one in the folder chosen, `dossier`, None when
    none is chosen; `panne`: code of what prevented the last copy there. `jours_sans`: days for which acts have stood in
    no backup, or not in the folder chosen; 0 below a week. `place_basse`: megabytes left when they are few, else None;
    `place_ailleurs`: the same in the folder chosen, as it was at the last copy.
    """

    derniere: Sauvegarde | None
    ailleurs: Sauvegarde | None
    dossier: Path | None
    panne: str
    jours_sans: int
    place_basse: int | None
    place_ailleurs: int | None
    peut_regler: bool
    ici: Path
    """The desk's own folder of backups."""


def sauvegarder(poste: Poste, chemin: Path) -> Sauvegarde:
    """Writes one backup into the file named, which must be none yet.

    Raises SaisieRefusee("sauvegarde_existe" | "sauvegarde_dossier_absent"), PanneAttendue as `ecrire_sauvegarde`.
    """
    if chemin.exists() or chemin.is_symlink():
        raise SaisieRefusee("sauvegarde_existe", fichier=chemin.name)
    if not _present(chemin.parent):
        raise SaisieRefusee("sauvegarde_dossier_absent")
    return _decrire(ecrire_sauvegarde(poste.base, poste.cle, chemin, __version__), chemin)


def sauvegarder_au_poste(poste: Poste) -> EtatSauvegardes:
    """A backup in the desk's folder now, a second copy in the folder chosen, and old ones go.

    That the second copy cannot be made is told by the state (`panne`), not raised: the first one is there. Raises
    PanneAttendue as `ecrire_sauvegarde`.
    """
    ici = poste.dossier / DOSSIER_SAUVEGARDES
    nom = nom_de_sauvegarde(poste.base)
    entete = ecrire_sauvegarde(poste.base, poste.cle, ici / nom, __version__)
    etat = _lire(poste) | {"ici": _ecrire(entete, ici / nom)}
    tourner(ici, poste.horloge.maintenant())
    dossier = dossier_choisi(poste)
    if dossier is not None:
        try:
            recopier(ici / nom, dossier / nom)
            etat |= {"ailleurs": _ecrire(entete, dossier / nom), "panne": ""}
            tourner(dossier, poste.horloge.maintenant(), entete.origine)
            etat["place_ailleurs"] = _place_basse(dossier)
        except KnownError as panne:
            etat |= {"panne": panne.code}
            if panne.code == "disque_plein":
                etat["place_ailleurs"] = _place_basse(dossier)
    identite.ecrire_texte(poste.base, _ETAT, json.dumps(etat))
    return etat_sauvegardes(poste)


def nom_de_sauvegarde(base: Base) -> str:
    """What a backup made by itself now is called: whose it is, and when."""
    quand = base.horloge.maintenant().strftime(_INSTANT)
    return f"passdesk-{origine(base).hex()[:8]}-{quand}{SUFFIXE}"


def sauvegarder_si_utile(poste: Poste) -> bool:
    """The first time of a day that something has been recorded since the last backup, or as soon as a passphrase or the
    sheet has changed; True when one was made.

    Otherwise those of the desk's folder that are too old go all the same.

    Raises PanneAttendue.
    """
    etat = _lire(poste)
    ici = etat.get("ici")
    aujourdhui = poste.horloge.aujourdhui()
    faite = ici is not None and _instant(ici).astimezone().date() == aujourdhui
    # A stick that was not there this morning may be there now.
    attendue = dossier_choisi(poste) is not None and bool(etat.get("panne")) and _present(dossier_choisi(poste))
    # On another computer the backup opens with the keys that it carries: those of a sheet printed today too.
    autres_cles = ici is not None and ici.get("cles", "") != _empreinte(cles.lire_trousseau(poste.dossier))
    if attendue or autres_cles or (not faite and _en_retard(poste, ici)):
        sauvegarder_au_poste(poste)
        return True
    # A desk where nothing is recorded for a while keeps nothing for longer either.
    tourner(poste.dossier / DOSSIER_SAUVEGARDES, poste.horloge.maintenant())
    return False


def etat_sauvegardes(poste: Poste) -> EtatSauvegardes:
    """How the desk's backups stand."""
    etat, dossier = _lire(poste), dossier_choisi(poste)
    suivies = ["ici"] if dossier is None else ["ici", "ailleurs"]
    jours = max((_jours_sans(poste, etat.get(lieu)) for lieu in suivies), default=0)
    return EtatSauvegardes(
        derniere=_relire(etat.get("ici")),
        ailleurs=_relire(etat.get("ailleurs")) if dossier is not None else None,
        dossier=dossier,
        panne=str(etat.get("panne", "")) if dossier is not None else "",
        jours_sans=jours if jours >= ALERTE.days else 0,
        place_basse=_place_basse(poste.dossier),
        place_ailleurs=etat.get("place_ailleurs") if dossier is not None else None,
        peut_regler=est_responsable(poste),
        ici=poste.dossier / DOSSIER_SAUVEGARDES,
    )


def choisir_dossier(poste: Poste, dossier: Path | None) -> None:
    """Where a second copy goes from now on; None: nowhere.

    Raises SaisieRefusee: "sauvegarde_reservee", "sauvegarde_dossier_absent", "sauvegarde_dossier_du_poste" (it would
    share its fate).
    """
    if not est_responsable(poste):
        raise SaisieRefusee("sauvegarde_reservee")
    if dossier is not None:
        if not _present(dossier):
            raise SaisieRefusee("sauvegarde_dossier_absent")
        if dossier.resolve().is_relative_to(poste.dossier.resolve()):
            raise SaisieRefusee("sauvegarde_dossier_du_poste")
    etat = {nom: valeur for nom, valeur in _lire(poste).items() if nom == "ici"}
    with poste.base.ecriture():
        identite.ecrire_texte(poste.base, DOSSIER, str(dossier.absolute()) if dossier is not None else None)
        identite.ecrire_texte(poste.base, _ETAT, json.dumps(etat))


def tourner(dossier: Path, maintenant: datetime, origine: bytes = b"") -> None:
    """Removes the backups that are not to be kept, those left unfinished, and the month-old copies of a migration.

    `origine`: those of this desk only, in a folder that several desks share.
    """
    with contextlib.suppress(OSError):
        # A stick pulled out, a power cut: what was not finished is no backup, and would stay for ever.
        for chemin in dossier.glob(f"passdesk-{origine.hex()[:8] or '*'}-*{SUFFIXE}*{PARTIEL}"):
            chemin.unlink(missing_ok=True)
        siennes = dict(_siennes(dossier, origine.hex()[:8]))
        gardes = a_garder(siennes.values(), maintenant)
        # One that a wrong clock dated in the future would stay for years, with whom was erased since: it goes with
        # those that were made after it.
        trop_vieilles = (chemin for chemin, quand in siennes.items() if maintenant - quand > DUREE)
        seuil = max((_tete(chemin) for chemin in trop_vieilles), default=(0, 0))
        for chemin, quand in siennes.items():
            if quand not in gardes or (quand > maintenant and _tete(chemin) <= seuil):
                chemin.unlink(missing_ok=True)
        for chemin in () if origine else dossier.glob("poste-*.db*"):
            faite = _quand(_AVANT, chemin)
            if faite is not None and maintenant - faite > DUREE:
                chemin.unlink(missing_ok=True)


def sauvegardes_de(*dossiers: Path | None, origine: bytes = b"") -> tuple[Path, ...]:
    """The backups that stand in these folders, the one that goes furthest in the log first.

    Not by the hour in its name: a clock that was wrong one day would put that day's before all the others. `origine`:
    those of this desk only; without it those of other desks too, told apart when read.
    """
    trouvees: list[tuple[tuple[int, int], datetime, Path]] = []
    for dossier in dossiers:
        with contextlib.suppress(OSError):
            siennes = _siennes(dossier, origine.hex()[:8]) if dossier is not None else ()
            trouvees += [(_tete(chemin), quand, chemin) for chemin, quand in siennes]
    return tuple(chemin for *_, chemin in sorted(trouvees, reverse=True))


def _tete(chemin: Path) -> tuple[int, int]:
    try:
        entete = lire_entete(chemin)
    except (OSError, SaisieRefusee):
        return (0, 0)
    return (entete.epoch, entete.seq)


def _siennes(dossier: Path, origine: str) -> Iterator[tuple[Path, datetime]]:
    for chemin in dossier.iterdir():
        quand, lu = _quand(_NOM, chemin), _NOM.match(chemin.name)
        if quand is not None and lu is not None and lu["origine"].startswith(origine):
            yield chemin, quand


def _quand(motif: re.Pattern[str], chemin: Path) -> datetime | None:
    lu = motif.match(chemin.name)
    try:
        return datetime.strptime(lu["quand"], _INSTANT).replace(tzinfo=UTC) if lu else None
    except ValueError:
        return None


def dossier_choisi(poste: Poste) -> Path | None:
    """Where the second copies go, whether it is there or not; None when no folder is chosen."""
    lu = identite.lire_texte(poste.base, DOSSIER)
    return Path(lu) if lu else None


def _present(dossier: Path | None) -> bool:
    try:
        return dossier is not None and dossier.is_dir()
    except OSError:
        return False


def _lire(poste: Poste) -> dict[str, Any]:
    lu = identite.lire_texte(poste.base, _ETAT)
    return json.loads(lu) if lu else {}


def _ecrire(entete: Entete, chemin: Path) -> dict[str, Any]:
    return {
        "chemin": str(chemin),
        "faite_ms": entete.faite_ms,
        "actes": entete.actes,
        "tete": [entete.epoch, entete.seq],
        "cles": _empreinte(entete.trousseau),
    }


def _empreinte(trousseau: bytes) -> str:
    return hashlib.sha256(trousseau).hexdigest()[:16]


def _instant(lu: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(lu["faite_ms"] / 1000, UTC)


def _relire(lu: dict[str, Any] | None) -> Sauvegarde | None:
    return Sauvegarde(Path(lu["chemin"]), _instant(lu), lu["actes"]) if lu else None


def _decrire(entete: Entete, chemin: Path) -> Sauvegarde:
    return Sauvegarde(chemin, entete.faite_le, entete.actes)


def _en_retard(poste: Poste, lu: dict[str, Any] | None) -> bool:
    """True when something was recorded since."""
    tete = envoi.tete(poste.base)
    return lu is None or tuple(lu["tete"]) != (tete.epoch, tete.seq)


def _jours_sans(poste: Poste, lu: dict[str, Any] | None) -> int:
    if not _en_retard(poste, lu):
        return 0
    depuis = _instant(lu) if lu else envoi.premier_acte(poste.base)
    return max(0, (poste.horloge.maintenant() - depuis).days) if depuis is not None else 0


def _place_basse(dossier: Path) -> int | None:
    try:
        libre = shutil.disk_usage(dossier).free
    except OSError:
        return None
    return libre // 1_000_000 if libre < PLACE_MINIMALE else None
