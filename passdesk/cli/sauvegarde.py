"""`passdesk sauvegarder`: one verified backup of the desk, into the file named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.sortie import (
    OptionBaseDir,
    OptionJson,
    OptionPhrase,
    dossier_du_poste,
    imprimer,
    imprimer_json,
    lire_phrase,
)
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.ui.messages import message

# The services bring the base: no other command pays for it.


def enregistrer(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sauvegarder")(sauvegarder)


def sauvegarder(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier à écrire ; il ne doit pas exister.")],
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> None:
    """Écrit une sauvegarde du poste, chiffrée, relue et vérifiée.

    Elle s’ouvre avec la phrase secrète du poste. Les clés propres à cet ordinateur n’y sont pas : remise ailleurs, elle
    se relie de nouveau à la Région. La fenêtre peut rester ouverte.
    """
    from passdesk.services.poste import ouvrir_poste
    from passdesk.services.sauvegarde import sauvegarder as faire

    poste = ouvrir_poste(dossier_du_poste(base_dir), lire_phrase(phrase_file), HorlogeSysteme())
    try:
        faite = faire(poste, fichier)
    finally:
        poste.fermer()
    if json:
        imprimer_json({"fichier": str(fichier), "actes": faite.actes, "faite_le": faite.faite_le.isoformat()})
    else:
        imprimer(str(message("sauvegarde_faite", actes=faite.actes)))
