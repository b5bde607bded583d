"""What who helps needs to know of a desk, and nothing that tells who anybody is: only what is known to be ours is kept.

Nothing is taken out of a text: a line of the log or of a report is kept when it has the shape of those that the program
writes, and left out whole otherwise.
"""

from __future__ import annotations

import platform
import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from passdesk import __version__
from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.domain.horloge import Horloge
from passdesk.services.departs import JOURNAL, RAPPORTS
from passdesk.services.etat_region import ecart_depuis
from passdesk.services.poste import Poste, etat_poste
from passdesk.services.sauvegarde import etat_sauvegardes
from passdesk.storage import envoi
from passdesk.storage.comptage import compter

LIGNES, DERNIERS = 200, 5
"""Lines of the log and reports that are taken, the latest."""
OCTETS_LUS = 256_000
PAQUETS = ("PySide6-Essentials", "sqlcipher3", "sqlite-utils", "cryptography", "reportlab", "zxing-cpp")
FICHIERS = (
    "poste.db", "poste.db-wal", "poste.db-shm", "actes.copie", "poste.cles", "appareil.cles", "affichage.json",
    "journal.log",
)  # fmt: skip
DOSSIERS = ("sauvegardes", "papier", "rapports", "cache")
MODELES = (
    "exchange: %s, %d sent, %d left", "no backup: %s", "report %s: %s", "desk locked",
    "data key changed by %s",
    "desk open", "desk unlocked by %s", "agent added: %s", "agent removed: %s", "passphrase changed: %s",
    "passphrase given: %s",
    "recovery sheet made by %s", "recovery sheet used for %s", "starts without an orderly end: %d", "safe start",
    "state digest: equal again", "state digest: differs from %d, %s",
)  # fmt: skip
"""All that the program writes to its log. A test holds this list to the sources."""
_TYPES = "Error|Exception|Exit|Interrupt|Iteration|Warning|Refuse|Refusee|Interdite|Inconnue|Fermee|Attendue|Imprevus"
_VALEURS = {"%s": rf"(?:[a-z0-9_-]{{1,64}}|[0-9A-F]{{4}}|[A-Za-z]{{0,60}}(?:{_TYPES}))", "%d": r"\d{1,12}"}
"""An id, a code, the number of a report, the type of a trouble; a word that begins with a capital is none of them."""
_MESSAGE = "|".join(
    "".join(_VALEURS.get(mot, re.escape(mot)) for mot in re.split(r"(%[sd])", modele)) for modele in MODELES
)
_LIGNE = re.compile(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d{{3}} [A-Z]{{4,8}} passdesk[a-z_.]*  ?(?:{_MESSAGE})")
_RAPPORT = re.compile(
    r"PassDesk [0-9A-Za-z.+]{1,20}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d|"
    r"[A-Za-z_][A-Za-z0-9_.]{0,79}|  [a-z0-9_.<>]{1,60}\.py:\d{1,6} [A-Za-z0-9_<>]{1,80}",
)
NOM_RAPPORT = re.compile(r"\d{4}-\d\d-\d\d-[0-9A-F]{4}\.txt")


@dataclass(frozen=True, slots=True)
class Rapport:
    """A report of a bug of ours: its number, its lines."""

    numero: str
    lignes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`etats`, `nombres`: None while the desk is closed. `ecartees`: lines left out of the log and of the reports.

    `base_fermee`: code of what keeps the base from opening, "" when nothing does. Sizes in bytes.
    """

    le: datetime
    programme: tuple[tuple[str, str], ...]
    fichiers: tuple[tuple[str, int], ...]
    place_libre: int | None
    etats: tuple[tuple[str, str], ...] | None
    nombres: tuple[tuple[str, int], ...] | None
    journal: tuple[str, ...]
    rapports: tuple[Rapport, ...]
    ecartees: int
    base_fermee: str = ""


def diagnostiquer(dossier: Path, horloge: Horloge, poste: Poste | None = None, *, base_fermee: str = "") -> Diagnostic:
    """Gathers it; what cannot be read is not there. Changes nothing, raises nothing known."""
    etats = nombres = None
    if poste is not None:
        try:
            etats, nombres = _etats(poste), tuple(compter(poste.base).items())
        except KnownError as trouble:
            base_fermee = trouble.code
    lignes, ecartees = _trier(_fin(dossier / JOURNAL), _LIGNE)
    rapports = []
    for chemin in _derniers_rapports(dossier / RAPPORTS):
        gardees, de_trop = _trier(_fin(chemin), _RAPPORT)
        ecartees += de_trop
        rapports.append(Rapport(chemin.stem[-4:], gardees))
    return Diagnostic(
        horloge.maintenant(),
        _programme(),
        _tailles(dossier),
        _place(dossier),
        etats,
        nombres,
        lignes[-LIGNES:],
        tuple(rapports),
        ecartees,
        base_fermee,
    )


def ecrire_diagnostic(fichier: Path, texte: str) -> None:
    """Writes it where the agent asked. Raises PanneAttendue("ecriture_impossible")."""
    try:
        fichier.write_text(texte, encoding="utf-8")
    except OSError:
        raise PanneAttendue("ecriture_impossible", fichier=fichier.name) from None


def _programme() -> tuple[tuple[str, str], ...]:
    """Versions; the name of the machine is not asked: it often bears that of its owner."""
    dits = [
        ("PassDesk", __version__),
        ("Python", platform.python_version()),
        (platform.system(), platform.release()),
        ("processeur", platform.machine()),
    ]
    for paquet in PAQUETS:
        try:
            dits.append((paquet, version(paquet)))
        except PackageNotFoundError:
            dits.append((paquet, "absent"))
    return tuple(dits)


def _etats(poste: Poste) -> tuple[tuple[str, str], ...]:
    etat, copies, tete = etat_poste(poste), etat_sauvegardes(poste), envoi.tete(poste.base)
    contact = etat.dernier_contact.isoformat(timespec="minutes") if etat.dernier_contact else ""
    return (
        ("relie", "oui" if etat.enrole else "non"),
        ("campagne", str(etat.campagne.numero) if etat.campagne else ""),
        ("dernier_contact", contact),
        ("actes_a_envoyer", str(etat.actes_a_envoyer)),
        ("tete", f"{tete.epoch}/{tete.seq}"),
        ("cle_attendue", "oui" if etat.cle_attendue else "non"),
        ("carnets_5", str(etat.carnets_5)),
        ("carnets_10", str(etat.carnets_10)),
        ("papiers_en_attente", str(etat.papiers_en_attente)),
        ("dossiers_a_verifier", str(etat.litiges)),
        ("differe_depuis", ecart_depuis(poste.base) or ""),
        ("jours_d_ecart", str(etat.jours_d_ecart)),
        ("derniere_sauvegarde", copies.derniere.faite_le.isoformat(timespec="minutes") if copies.derniere else ""),
        ("copie_ailleurs", copies.panne or ("oui" if copies.ailleurs else "non")),
    )


def _tailles(dossier: Path) -> tuple[tuple[str, int], ...]:
    """Files by names of ours; folders by how many files they hold: their names are not looked at."""
    tailles = []
    for nom in FICHIERS:
        try:
            tailles.append((nom, (dossier / nom).stat().st_size))
        except OSError:
            continue
    for nom in DOSSIERS:
        try:
            tailles.append((f"{nom}/", sum(1 for _ in (dossier / nom).iterdir())))
        except OSError:
            continue
    return tuple(tailles)


def _place(dossier: Path) -> int | None:
    try:
        return shutil.disk_usage(dossier).free
    except OSError:
        return None


def _fin(chemin: Path) -> list[str]:
    """The last lines of a text file; none when it cannot be read."""
    try:
        with chemin.open("rb") as flux:
            flux.seek(max(0, chemin.stat().st_size - OCTETS_LUS))
            return flux.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []


def _trier(lignes: list[str], forme: re.Pattern[str]) -> tuple[tuple[str, ...], int]:
    """The lines of this shape, and how many have another."""
    gardees = tuple(ligne for ligne in lignes if forme.fullmatch(ligne))
    return gardees, len(lignes) - len(gardees)


def _derniers_rapports(dossier: Path) -> list[Path]:
    try:
        trouves = [chemin for chemin in dossier.iterdir() if NOM_RAPPORT.fullmatch(chemin.name)]
        return sorted(trouves, key=lambda chemin: chemin.stat().st_mtime)[-DERNIERS:]
    except OSError:
        return []
