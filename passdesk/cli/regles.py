"""`passdesk regles`: the règlement applied to dossiers, without a desk base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.dossier_json import decision_en_json, lire_dossiers
from passdesk.cli.simuler import simuler_cas
from passdesk.cli.sortie import OptionBaseDir, OptionJson, imprimer_json, lire_octets, lire_texte
from passdesk.domain.evaluation import evaluer
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.services.reglements_connus import reglements_livres


def enregistrer(app: typer.Typer) -> None:
    """Adds `regles` and its commands."""
    regles = typer.Typer(help="Applique le règlement d’attribution à des dossiers.", rich_markup_mode=None)
    # With a callback the group stays a group, even while it holds a single command.
    regles.callback()(groupe)
    regles.command("evaluer")(evaluer_dossiers)
    regles.command("simuler")(simuler_cas)
    app.add_typer(regles, name="regles")


def groupe() -> None:
    """Applique le règlement d’attribution à des dossiers."""


def evaluer_dossiers(
    dossiers: Annotated[
        Path, typer.Argument(metavar="DOSSIER.json", help="Un dossier, ou une liste ; - lit l’entrée.")
    ],
    reglement: Annotated[
        list[Path] | None,
        typer.Option(
            "--reglement", metavar="FICHIER.toml", help="Au lieu des règlements livrés ; plusieurs possibles."
        ),
    ] = None,
    base_dir: OptionBaseDir = None,  # noqa: ARG001
    json_: OptionJson = False,  # noqa: ARG001
) -> None:
    """Dit ce que le règlement donne à un dossier, ou à une liste. La réponse est toujours en JSON.

    Code de sortie : 0 pour un accord ou une liste, 1 pour un refus ou un dossier incomplet, 2 si le fichier
    ne se lit pas.
    """
    lus, en_liste = lire_dossiers(lire_texte(dossiers), dossiers.name)
    reglements = tuple(lire_reglement(lire_octets(f), f.name) for f in reglement) if reglement else reglements_livres()
    decisions = [evaluer(dossier, reglements) for dossier in lus]
    reponses = [decision_en_json(dossier, decision) for dossier, decision in zip(lus, decisions, strict=True)]
    imprimer_json(reponses if en_liste else reponses[0])
    if not en_liste and decisions[0].issue != "accord":
        raise typer.Exit(1)
