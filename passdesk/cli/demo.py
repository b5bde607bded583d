"""`passdesk demo --out DIR`: the whole main job without a screen (contracts §1)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.sortie import (
    VARIABLE_PHRASE,
    OptionBaseDir,
    OptionJson,
    OptionPhrase,
    imprimer,
    imprimer_json,
    lire_phrase,
)
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeSysteme


def enregistrer(app: typer.Typer) -> None:
    """Adds `passdesk demo`."""
    app.command("demo")(demo)


def demo(
    out: Annotated[str, typer.Option("--out", metavar="DOSSIER", help="Dossier où écrire les carnets et le bilan.")],
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
    base_dir: OptionBaseDir = None,
) -> None:
    """Déroule tout le travail sans écran : inscrire, décider, imprimer, remettre, envoyer.

    Les personnes sont inventées.

    Rien de ce qui s’imprime n’a de valeur. Tout est écrit sous --out.
    """
    del base_dir  # Every command takes it (contracts §1); here everything lies under --out.
    # Brings the server, the printer and both desks: no other command pays for it.
    from passdesk.demonstration.deroule import PHRASE_PUBLIQUE, derouler

    choisie = phrase_file is not None or VARIABLE_PHRASE in os.environ
    phrase = lire_phrase(phrase_file) if choisie else PHRASE_PUBLIQUE
    dossier = Path(out)
    # "" would be the current folder, which nobody asked to fill.
    if not out.strip() or (dossier.exists() and not dossier.is_dir()):
        raise SaisieRefusee("dossier_demo_refuse", fichier=out)
    resultat = derouler(dossier, phrase, HorlogeSysteme(), _taire if en_json else imprimer)
    if en_json:
        imprimer_json(resultat.bilan)
        return
    bilan = resultat.bilan
    imprimer(f"Personnes inscrites : {bilan['personnes']}")
    imprimer(f"Pass imprimés : {bilan['pass']}, dont bloqués : {bilan['pass_bloques']}")
    imprimer(f"Dossiers à vérifier : {bilan['litiges']}")
    imprimer(f"Carnets en vigueur : {dossier / 'carnets'}")
    imprimer(f"Carnets bloqués : {dossier / 'litige'}")
    imprimer(f"Chiffres : {dossier / 'bilan.json'}")
    if not choisie:
        imprimer(f"Les postes s’ouvrent avec la phrase « {PHRASE_PUBLIQUE} ».")


def _taire(_: str) -> None:
    """With --json only the figures are written."""
