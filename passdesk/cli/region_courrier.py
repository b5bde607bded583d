"""`passdesk region courrier`: what a desk sent on a stick, and the answer to give back to who brought it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.region_acces import OptionBase, OptionRegion, dire, ouvrir
from passdesk.cli.region_texte import annonce
from passdesk.cli.sortie import OptionJson, lire_octets
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.courrier import recevoir_courrier
from passdesk.server.fichiers import ecrire_public, verifier_ecriture

SUFFIXE_REPONSE = ".reponse"


def groupe() -> typer.Typer:
    """`region courrier recevoir`."""
    app = typer.Typer(help="Le courrier des postes sans réseau.")
    # A group of one command would take its place.
    app.callback()(_groupe)
    app.command("recevoir")(recevoir)
    return app


def _groupe() -> None:
    """Le courrier des postes sans réseau."""


def recevoir(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le courrier d’un poste.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FICHIER", help="La réponse à rapporter (sinon : à côté, en .reponse)."),
    ] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> int:
    """Reçoit le courrier d’un poste sans réseau et écrit la réponse, que ce poste seul peut ouvrir.

    Le même courrier apporté deux fois ne compte qu’une fois.
    """
    reponse = out or fichier.with_name(fichier.name.removesuffix(".courrier") + SUFFIXE_REPONSE)
    if reponse.exists() or reponse.is_symlink():
        raise SaisieRefusee("courrier_existe", fichier=reponse.name)
    with ouvrir(base_dir, base) as region:
        # Received for good, its answer has to go somewhere.
        verifier_ecriture(reponse)
        recu = recevoir_courrier(region, lire_octets(fichier))
    ecrire_public(reponse, recu.reponse)
    faits: dict[str, object] = {
        "poste": recu.poste,
        "reponse": str(reponse),
        "actes": recu.actes,
        "litiges": recu.litiges,
        "en_attente": recu.en_attente,
        "refus": recu.refus,
    }
    code = "courrier_deja_recu" if recu.deja else "courrier_refuse" if recu.refus else "courrier_recu"
    raison = annonce(recu.refus) if recu.refus else ""
    dire(json, faits, annonce(code, poste=recu.poste, actes=recu.actes, fichier=reponse.name, cause=raison))
    return 1 if recu.deja or recu.refus else 0
