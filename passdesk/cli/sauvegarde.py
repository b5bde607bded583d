"""`passdesk sauvegarder` and `restaurer`: one verified backup into the file named, and back to it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passdesk.cli.ouverture import ouvert
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
from passdesk.ui.apercu_sauvegarde import lignes_apercu
from passdesk.ui.messages import message

if TYPE_CHECKING:
    from passdesk.services.restauration import Apercu

# The services bring the base: no other command pays for it.


def enregistrer(app: typer.Typer) -> None:
    """Adds the two commands."""
    app.command("sauvegarder")(sauvegarder)
    app.command("restaurer")(restaurer)


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
    from passdesk.services.sauvegarde import sauvegarder as faire

    with ouvert(base_dir, phrase_file) as poste:
        faite = faire(poste, fichier)
    if json:
        imprimer_json({"fichier": str(fichier), "actes": faite.actes, "faite_le": faite.faite_le.isoformat()})
    else:
        imprimer(str(message("sauvegarde_faite", actes=faite.actes)))


def restaurer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Une sauvegarde de PassDesk.")],
    essai: Annotated[bool, typer.Option("--essai", help="Dit ce qui reviendrait ; ne change rien.")] = False,
    sans_suite: Annotated[
        bool, typer.Option("--sans-suite", help="Laisse de côté ce qui a été enregistré depuis la sauvegarde.")
    ] = False,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> None:
    """Remet le poste à une sauvegarde, avec ce qui a été enregistré depuis quand cela se lit.

    La fenêtre doit être fermée. Les données remplacées sont gardées un mois à côté. Un responsable seul peut le faire.
    Phrase perdue ? La clé de la feuille de secours se donne à sa place ; « agent retrouver » choisit ensuite une
    nouvelle phrase.
    """
    from passdesk.services.restauration import apercevoir
    from passdesk.services.restauration import restaurer as faire
    from passdesk.storage.verrou import tenir_seul

    dossier = dossier_du_poste(base_dir)
    phrase = lire_phrase(phrase_file, question="Phrase secrète, ou clé de la feuille de secours")
    with tenir_seul(dossier):
        if essai:
            apercu = apercevoir(dossier, fichier, phrase, HorlogeSysteme())
        else:
            apercu = faire(dossier, fichier, phrase, HorlogeSysteme(), suite=not sans_suite)
    if json:
        imprimer_json({"essai": essai, **_objet(apercu)})
        return
    for ligne in lignes_apercu(apercu, suite=not sans_suite):
        imprimer(ligne)
    if not essai:
        imprimer(str(message("restauration_faite")))


def _objet(apercu: Apercu) -> dict[str, object]:
    return {**asdict(apercu), "faite_le": apercu.faite_le.isoformat()}
