"""`passdesk courrier`: what a desk without a network hands over on a stick, and the answer brought back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.ouverture import ouvert
from passdesk.cli.poste import FIN_EXIT
from passdesk.cli.sortie import OptionBaseDir, OptionJson, OptionPhrase, imprimer, imprimer_json, lire_octets
from passdesk.domain.francais import typographie
from passdesk.ui.mots_courrier import phrase_lu, phrase_prepare

# The services bring the base: they are imported by the command that runs.


def enregistrer(app: typer.Typer) -> None:
    """Adds `passdesk courrier …`."""
    groupe = typer.Typer(help="Envoyer sans réseau : une clé USB porte les actes à la Région, et rapporte sa réponse.")
    groupe.command("preparer")(preparer)
    groupe.command("recevoir")(recevoir)
    app.add_typer(groupe, name="courrier")


def preparer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier à écrire, sur la clé.")],
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Écrit dans un fichier ce qui attend d’être envoyé. La Région seule peut l’ouvrir ; rien ne quitte le poste.

    Perdu, il n’apprend rien à qui le trouve : préparez-en un autre. Apporté deux fois, il ne compte qu’une fois.
    """
    from passdesk.services.courrier import preparer as faire

    with ouvert(base_dir, phrase_file) as poste:
        fait = faire(poste, fichier)
    if en_json:
        imprimer_json({"fichier": str(fichier), "actes": fait.actes, "restent": fait.restent})
        return
    imprimer(phrase_prepare(fait))


def recevoir(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="La réponse de la Région.")],
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    en_json: OptionJson = False,
) -> None:
    """Lit la réponse de la Région au dernier courrier préparé : ce qu’elle a reçu, et ce qu’elle a à dire."""
    from passdesk.services.courrier import recevoir as faire

    octets = lire_octets(fichier)
    with ouvert(base_dir, phrase_file) as poste:
        bilan = faire(poste, octets)
    if en_json:
        imprimer_json(
            {"fin": bilan.fin, "raison": bilan.raison, "envoyes": bilan.envoyes, "restent": bilan.restent,
             "recus": bilan.recus, "litiges": bilan.litiges, "en_attente": bilan.en_attente}
        )  # fmt: skip
    elif bilan.fin == "fini":
        imprimer(phrase_lu(bilan))
    else:
        print(typographie(phrase_lu(bilan)), file=sys.stderr)
    raise typer.Exit(FIN_EXIT[bilan.fin])
