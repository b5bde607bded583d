"""`passdesk verifier`: checks pass without network and without any desk base (contracts §3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.sortie import OptionBaseDir, OptionJson, imprimer, imprimer_json, lire_octets
from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import date_longue
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.printing.lecture import lire_image, lire_pdf
from passdesk.protocol.confiance import Confiance, lire_confiance
from passdesk.protocol.verdict import Verdict, verifier_code
from passdesk.services.verification import trier
from passdesk.ui.messages import message
from passdesk.ui.messages.verdicts import cle_verdict

_EXTRAIT = 60


def enregistrer(app: typer.Typer) -> None:
    """Adds the command to the program."""
    app.command("verifier")(verifier)


def verifier(
    racine: Annotated[
        Path, typer.Option("--racine", metavar="FICHIER", help="Clé publique de la Région : 64 caractères.")
    ],
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="PASS", help="Texte lu sur un pass ou sur une couverture.")
    ] = None,
    images: Annotated[list[Path] | None, typer.Option("--image", metavar="FICHIER", help="Photo ou scan.")] = None,
    pdf: Annotated[list[Path] | None, typer.Option("--pdf", metavar="FICHIER", help="Carnet en PDF.")] = None,
    confiance: Annotated[
        Path | None,
        typer.Option("--confiance", metavar="FICHIER", help="Liste signée de la Région : pertes et annulations."),
    ] = None,
    le: Annotated[
        str | None, typer.Option("--le", metavar="AAAA-MM-JJ", help="Jour de la vérification (sinon : aujourd’hui).")
    ] = None,
    base_dir: OptionBaseDir = None,
    en_json: OptionJson = False,
) -> None:
    """Vérifie des pass sans réseau : un verdict par pass.

    Sans la liste de la Région, la couverture du carnet suffit à vérifier la signature, mais ni perte ni annulation.
    """
    del base_dir  # Every command takes it (contracts §1); a place that checks pass has no desk.
    if not (codes or images or pdf):
        raise SaisieRefusee("verdict_rien_demande")
    jour = _jour(le) if le is not None else None
    racine_publique = _racine(racine)
    liste = _confiance(confiance, racine_publique) if confiance else None
    jour = jour or _aujourdhui(liste)
    textes, certificats = trier(codes or (), _codes_des_fichiers(images or (), pdf or ()))
    verdicts = [verifier_code(texte, racine_publique, liste, certificats, jour) for texte in textes]
    if en_json:
        imprimer_json([verdict.en_json() for verdict in verdicts])
    else:
        for ligne in _lignes(verdicts):
            imprimer(ligne)
    raise typer.Exit(0 if verdicts and all(verdict.verdict == "valide" for verdict in verdicts) else 1)


def une_option_par_fichier(arguments: Sequence[str]) -> list[str]:
    """`--pdf A B C` as `--pdf A --pdf B --pdf C`, so that `--pdf *.pdf` means what it says (contracts §1).

    Behind such an option, what has a file's suffix or is a file is one; the rest are codes.
    """
    depliees: list[str] = []
    option, attendu = None, False
    for argument in arguments:
        if argument in ("--pdf", "--image"):
            option, attendu = argument, True
        elif argument.startswith("-"):
            option = None
        elif option is not None and attendu:
            attendu = False
        elif option is not None and (Path(argument).suffix or Path(argument).is_file()):
            depliees.append(option)
        depliees.append(argument)
    return depliees


def _codes_des_fichiers(images: Iterable[Path], pdfs: Iterable[Path]) -> list[str]:
    lus: list[str] = []
    for fichier in images:
        lus += _codes(fichier, lire_image, "image_illisible")
    for fichier in pdfs:
        lus += _codes(fichier, lire_pdf, "pdf_illisible")
    return lus


def _codes(fichier: Path, lecteur: Callable[[bytes], list[str]], illisible: str) -> list[str]:
    octets = lire_octets(fichier)
    try:
        return lecteur(octets)
    except SaisieRefusee as refus:
        code = illisible if refus.code == "fichier_illisible" else refus.code
        raise SaisieRefusee(code, fichier=fichier.name) from None


def _aujourdhui(liste: Confiance | None) -> date:
    """Today; the day of the list where the clock is behind it, which would make an expired pass good again."""
    jour = HorlogeSysteme().aujourdhui()
    return max(jour, liste.faite_le) if liste is not None else jour


def _jour(le: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", le, re.ASCII):
            raise ValueError(le)
        return date.fromisoformat(le)
    except ValueError:
        raise SaisieRefusee("jour_illisible", jour=_extrait(le)) from None


def _racine(fichier: Path) -> bytes:
    texte = lire_octets(fichier).decode("ascii", "replace").strip()
    if not re.fullmatch(r"[0-9a-fA-F]{64}", texte):
        raise SaisieRefusee("racine_illisible", fichier=fichier.name)
    return bytes.fromhex(texte)


def _confiance(fichier: Path, racine: bytes) -> Confiance:
    octets = lire_octets(fichier)
    try:
        return lire_confiance(octets, racine)
    except SaisieRefusee as refus:
        raison = str(refus.faits.get("raison"))
        precise = raison in ("version", "racine", "lien_expire")
        raise SaisieRefusee(
            f"confiance_refusee_{raison}" if precise else "confiance_refusee", fichier=fichier.name
        ) from None


def _lignes(verdicts: list[Verdict]) -> list[str]:
    if not verdicts:
        return [str(message("verdict_aucun"))]
    lignes: list[str] = []
    for rang, verdict in enumerate(verdicts, 1):
        lignes.append(f"{rang}. {_titre(verdict)}")
        lignes.append(f"   {message(cle_verdict(verdict.verdict, verdict.raison))}")
    bons = sum(verdict.verdict == "valide" for verdict in verdicts)
    liste = verdicts[0].liste_du
    lignes.append(
        f"{bons} pass {'valides' if bons > 1 else 'valide'} sur {len(verdicts)}. "
        + (f"Liste du {date_longue(liste)}." if liste else "Sans liste de la Région.")
    )
    return lignes


def _titre(verdict: Verdict) -> str:
    if verdict.carnet is None or verdict.valable_jusqu_au is None:
        lu = _extrait(verdict.code)
        return f"Lu : « {lu} »" if lu else "Rien n’a été lu."
    exemple = "EXEMPLE, sans valeur · " if verdict.campagne == CAMPAGNE_DEMONSTRATION else ""
    numero = f"n°\u00a0{verdict.carnet} {verdict.rang:02d}"
    jour = date_longue(verdict.valable_jusqu_au)
    return f"{exemple}Pass {verdict.rang} sur {verdict.sur} · {numero} · valable jusqu’au {jour}"


def _extrait(texte: str) -> str:
    """What was read, short, without anything that a terminal would obey."""
    propre = "".join(c if c.isprintable() else " " for c in texte.strip())
    return propre if len(propre) <= _EXTRAIT else propre[:_EXTRAIT] + "…"
