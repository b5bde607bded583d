"""What every command shares: its common options, where the desk's state lies, what it prints, how it asks a secret."""

from __future__ import annotations

import errno
import getpass
import io
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import platformdirs
import typer

from passdesk.domain.erreurs import KnownError, PanneAttendue, SaisieRefusee
from passdesk.domain.francais import typographie
from passdesk.storage.fichiers import reserver_les_fichiers
from passdesk.ui.messages import message

VARIABLE_PHRASE = "PASSDESK_PHRASE"
OCTETS_MAX = 256 * 1024 * 1024
"""Bytes read of one file: some 400 000 dossiers."""

_DISQUE_PLEIN = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

OptionBaseDir = Annotated[
    Path | None,
    typer.Option("--base-dir", metavar="DOSSIER", help="Dossier du poste : tout ce qu’il garde est là."),
]
OptionJson = Annotated[bool, typer.Option("--json", help="Répond en JSON.")]
OptionPhrase = Annotated[
    Path | None,
    typer.Option(
        "--phrase-file",
        metavar="FICHIER",
        help=f"Fichier qui contient la phrase secrète (sinon : {VARIABLE_PHRASE}, ou une question).",
    ),
]


def dossier_du_poste(base_dir: Path | None) -> Path:
    """The folder that holds the desk's state: the one given, or the platform's data folder. It is not created.

    What a command of the desk makes, there or where it is told to, is for its owner alone.
    """
    reserver_les_fichiers()
    return base_dir if base_dir is not None else platformdirs.user_data_path("PassDesk", appauthor=False)


def preparer_les_sorties() -> None:
    """UTF-8 on both outputs, whatever the locale (LANG=C, Windows); what cannot be written shows as an escape."""
    for flux in (sys.stdout, sys.stderr):
        if isinstance(flux, io.TextIOWrapper):
            flux.reconfigure(encoding="utf-8", errors="backslashreplace")


def imprimer(texte: str) -> None:
    """One or more lines for the person, on the standard output."""
    print(typographie(texte))


def imprimer_json(valeur: Any) -> None:
    """An answer for another program: JSON, two spaces of indent, accents as they are."""
    print(json.dumps(valeur, ensure_ascii=False, indent=2))


def signaler(trouble: KnownError) -> int:
    """Prints the sentences of a known trouble on the error output; the exit code comes back."""
    print(message(trouble.code, **trouble.faits), file=sys.stderr)
    return trouble.exit_code


def signaler_imprevu(bug: BaseException) -> int:
    """Prints the calm sentences of a bug of ours, with a number that says where it happened and nothing of the data."""
    print(message("imprevu", numero=numero_de_rapport(bug)), file=sys.stderr)
    return PanneAttendue.exit_code


def numero_de_rapport(bug: BaseException) -> str:
    """Module and line of ours nearest to the trouble ("evaluation-118"): no value, no name of a person."""
    racine = str(Path(__file__).resolve().parent.parent)
    notres = [pas for pas in traceback.extract_tb(bug.__traceback__) if pas.filename.startswith(racine)]
    return f"{Path(notres[-1].filename).stem}-{notres[-1].lineno}" if notres else "PassDesk-0"


def traduire_oserror(panne: OSError) -> KnownError:
    """What the system says of a file or a disk, as one of our troubles (exit 2 for what was named, 3 for the disk)."""
    fichier = Path(os.fsdecode(panne.filename)).name if isinstance(panne.filename, str | bytes) else "…"
    if panne.errno in _DISQUE_PLEIN:
        return PanneAttendue("disque_plein")
    if isinstance(panne, FileNotFoundError):
        return SaisieRefusee("fichier_introuvable", fichier=fichier)
    if isinstance(panne, IsADirectoryError):
        return SaisieRefusee("fichier_est_dossier", fichier=fichier)
    if isinstance(panne, PermissionError):
        return SaisieRefusee("fichier_protege", fichier=fichier)
    if panne.errno in (errno.EROFS, errno.EIO):
        return PanneAttendue("ecriture_impossible", fichier=fichier)
    return SaisieRefusee("fichier_non_lu", fichier=fichier)


def lire_octets(chemin: Path) -> bytes:
    """The bytes of a file named on the command line, or of the standard input for "-". Raises SaisieRefusee.

    A file that never ends (a device) or does not fit in memory is refused: "fichier_demesure".
    """
    if str(chemin) == "-":
        return _lire_borne(sys.stdin.buffer, "l’entrée standard")
    try:
        with chemin.open("rb") as flux:
            return _lire_borne(flux, chemin.name)
    except OSError as panne:
        if chemin.is_dir():
            raise SaisieRefusee("fichier_est_dossier", fichier=chemin.name or str(chemin)) from None
        raise traduire_oserror(panne) from None
    except ValueError:
        raise SaisieRefusee("fichier_introuvable", fichier=repr(str(chemin))) from None


def refuser_une_entree(sortie: Path, *entrees: Path | None) -> None:
    """Raises SaisieRefusee("sortie_est_entree") when the file to write is one of those to read, by whatever name."""
    for entree in entrees:
        if entree is not None and (sortie.resolve() == entree.resolve() or _meme_fichier(sortie, entree)):
            raise SaisieRefusee("sortie_est_entree", fichier=sortie.name)


def _meme_fichier(un: Path, autre: Path) -> bool:
    try:
        return un.samefile(autre)
    except OSError:
        return False


def _lire_borne(flux: BinaryIO, nom: str) -> bytes:
    """Piece by piece: a small file does not have room set aside for the largest."""
    lu = bytearray()
    while morceau := flux.read(1 << 20):
        lu += morceau
        if len(lu) > OCTETS_MAX:
            raise SaisieRefusee("fichier_demesure", fichier=nom, maximum=OCTETS_MAX >> 20)
    return bytes(lu)


def lire_texte(chemin: Path) -> str:
    """The text of a UTF-8 file named on the command line (a leading BOM is left out). Raises SaisieRefusee."""
    octets = lire_octets(chemin)
    nom = "l’entrée standard" if str(chemin) == "-" else chemin.name
    if not octets.strip():
        raise SaisieRefusee("fichier_vide", fichier=nom)
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise SaisieRefusee("encodage_inattendu", fichier=nom, octet=trouble.start + 1) from None


def lire_phrase(
    phrase_file: Path | None = None,
    *,
    nouvelle: bool = False,
    variable: str = VARIABLE_PHRASE,
    question: str = "Phrase secrète",
) -> str:
    """The agent's secret phrase: from the file, else from the variable, else asked without echo.

    `nouvelle`: asked twice when it is typed. The end of line of a file is left out. Raises SaisieRefusee
    ("phrase_absente" without any source, "phrase_vide", "phrases_differentes", or what is wrong with the file).
    """
    if phrase_file is not None:
        phrase = lire_texte(phrase_file).rstrip("\r\n")
    elif variable in os.environ:
        phrase = os.environ[variable]
    elif sys.stdin is not None and sys.stdin.isatty():
        phrase = _demander(question, nouvelle)
    else:
        raise SaisieRefusee("phrase_absente")
    if not phrase.strip():
        raise SaisieRefusee("phrase_vide")
    return phrase


def _demander(question: str, nouvelle: bool) -> str:
    phrase = getpass.getpass(typographie(f"{question} : "))
    if nouvelle and getpass.getpass(typographie("La même, une seconde fois : ")) != phrase:
        raise SaisieRefusee("phrases_differentes")
    return phrase
