"""The command `passdesk`: French from the first option to the last sentence, exit codes of contracts §1."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Annotated

import typer
from typer import _click as click

from passdesk.cli.analyseur import franciser, traduire
from passdesk.cli.sortie import (
    OptionBaseDir,
    preparer_les_sorties,
    signaler,
    signaler_imprevu,
    traduire_oserror,
)
from passdesk.domain.erreurs import KnownError, SaisieRefusee

FAMILLES: Mapping[str, tuple[str, ...]] = {
    "demo": ("demo",),
    "regles": ("regles",),
    "verifier": ("verifier",),
    "personne": ("personne",),
    "lieux": ("lieux",),
    "poste": ("poste", "synchroniser"),
    "courrier": ("courrier",),
    "agent": ("agent",),
    "base": ("verifier-base",),
    "sauvegarde": ("sauvegarder", "restaurer"),
    "diagnostic": ("diagnostic",),
    "region": ("region",),
}
"""The modules beside this one and the commands that each brings, in the order of the help."""

ARRET_AU_CLAVIER = 130
"""What a shell expects of a program stopped by Ctrl-C; typer answers it too."""


def creer_application(commande: str | None = None) -> typer.Typer:
    """The tree of commands: the family that brings this one, which pays for no other; all of them when none does."""
    app = typer.Typer(name="passdesk", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True)(accueil)
    for nom in [nom for nom, siennes in FAMILLES.items() if commande in siennes] or FAMILLES:
        import_module(f"passdesk.cli.{nom}").enregistrer(app)
    return franciser(app)


def accueil(
    ctx: typer.Context,
    base_dir: OptionBaseDir = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Ouvre PassDesk avec des personnes inventées, sans rien garder.")
    ] = False,
) -> None:
    """Le pass numérique au guichet, avec ou sans réseau.

    Sans commande, PassDesk s’ouvre à l’écran.
    """
    if ctx.invoked_subcommand is not None:
        # Before the command these would be read and forgotten, and the desk's data would go elsewhere.
        for option, donnee in (("--base-dir", base_dir is not None), ("--demo", demo)):
            if donnee:
                raise SaisieRefusee("usage_mal_placee", option=option, aide="passdesk --help")
        return
    # The desktop program brings Qt: no other command pays for it.
    from passdesk.app import main as ouvrir

    raise typer.Exit(ouvrir(base_dir, demo))


def executer(arguments: Sequence[str]) -> int:
    """Runs one command line; the exit code comes back: 0, 1 a negative answer, 2 wrong use, 3 outage, 4 base closed."""
    try:
        premier = next(iter(arguments), "")
        connu = any(premier in siennes for siennes in FAMILLES.values())
        resultat = _analyseur(premier if connu else None).main(
            args=_deplier(arguments), prog_name="passdesk", standalone_mode=False
        )
        sys.stdout.flush()
    except Exception as trouble:
        return dire(trouble)
    if resultat == ARRET_AU_CLAVIER:
        signaler(SaisieRefusee("interruption"))
    return resultat if isinstance(resultat, int) else 0


@cache
def _analyseur(commande: str | None) -> click.Command:
    """What reads a command line that begins so. Kept: it takes longer to make than most commands take to run."""
    return typer.main.get_command(creer_application(commande))


def _deplier(arguments: Sequence[str]) -> list[str]:
    """As the parser wants them: `verifier` takes several files behind one option."""
    if arguments[:1] != ["verifier"]:
        return list(arguments)
    from passdesk.cli.verifier import une_option_par_fichier

    return une_option_par_fichier(arguments)


def dire(trouble: Exception) -> int:
    """Says in French what stopped the command, or the window; the exit code."""
    match trouble:
        case KnownError():
            return signaler(trouble)
        case click.exceptions.ClickException():
            return signaler(traduire(trouble))
        case typer.Abort():
            return signaler(SaisieRefusee("interruption"))
        case BrokenPipeError():
            # Whoever read our output has gone (`| head`): there is nobody left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        case OSError():
            return signaler(traduire_oserror(trouble))
    return signaler_imprevu(trouble)


def main() -> None:
    """Runs the command line of the process."""
    preparer_les_sorties()
    sys.exit(executer(sys.argv[1:]))
