"""The option parser in French: help pages, usage lines, and every complaint about how the command was typed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, cast, get_args

import typer
from typer import _click as click
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import typographie

_AIDE = "Montre cette aide et s’arrête."
_NOMS_DES_TYPES = {"int": "NOMBRE", "float": "NOMBRE", "Path": "FICHIER", "datetime": "DATE", "date": "DATE"}
_EN_TROP = re.compile(r"\(s\) \((.*)\)$", re.DOTALL)


class Presentation(HelpFormatter):
    """A help page with French headings and spaces."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, prefix or typographie("Usage : "))

    def write_heading(self, heading: str) -> None:
        """The title of a section."""
        self.write(f"{'':>{self.current_indent}}{typographie(heading + ' :')}\n")


class Contexte(typer.Context):
    """A parsing context whose help pages are French."""

    formatter_class = Presentation


def _ecrire_aide(commande: click.Command, ctx: click.Context, page: HelpFormatter) -> None:
    """Usage, what the command does, its arguments, options and sub-commands."""
    commande.format_usage(ctx, page)
    if commande.help:
        page.write_paragraph()
        with page.indentation():
            page.write_text(typographie(inspect.cleandoc(commande.help)))
    parametres = commande.get_params(ctx)
    arguments = [_ligne_argument(p) for p in parametres if isinstance(p, TyperArgument) and not p.hidden]
    options = [_ligne_option(p) for p in parametres if isinstance(p, TyperOption) and not p.hidden]
    sections = [("Arguments", arguments), ("Options", options)]
    if isinstance(commande, TyperGroup):
        visibles = [(nom, sous) for nom, sous in commande.commands.items() if not sous.hidden]
        sections.append(("Commandes", [(nom, _resume(sous)) for nom, sous in visibles]))
    for titre, lignes in sections:
        if lignes:
            with page.section(titre):
                page.write_dl([(nom, typographie(texte)) for nom, texte in lignes])


def _ligne_argument(argument: TyperArgument) -> tuple[str, str]:
    suite = "" if argument.required else "[facultatif]"
    return _nom_affiche(argument), f"{argument.help or ''}  {suite}".strip()


def _ligne_option(option: TyperOption) -> tuple[str, str]:
    noms = ", ".join([*option.opts, *option.secondary_opts])
    if "--help" in option.opts:
        return noms, _AIDE
    valeur = "" if option.is_flag or option.count else f" {_nom_affiche(option)}"
    precisions = []
    if option.required:
        precisions.append("obligatoire")
    elif option.show_default and not option.is_flag and option.default not in (None, (), []):
        precisions.append(f"par défaut : {option.default}")
    if option.multiple:
        precisions.append("peut être répétée")
    suite = f"  [{' ; '.join(precisions)}]" if precisions else ""
    return noms + valeur, f"{option.help or ''}{suite}".strip()


def _nom_affiche(parametre: TyperArgument | TyperOption) -> str:
    """What stands for the value: its own name if it has one, the choices, or the kind of value."""
    if parametre.metavar is not None:
        return parametre.metavar
    descripteur = parametre.type_descriptor
    if descripteur.is_choice and descripteur.choices:
        return "|".join(str(getattr(choix, "value", choix)) for choix in descripteur.choices)
    if isinstance(parametre, TyperArgument):
        return parametre.name.upper().replace("_", "-")
    return _NOMS_DES_TYPES.get(_nom_du_type(parametre), "TEXTE")


def _nom_du_type(parametre: TyperArgument | TyperOption) -> str:
    annotation = parametre.type_descriptor.annotation
    interieur = next((a for a in get_args(annotation) if a is not type(None)), annotation)
    return getattr(interieur, "__name__", "")


def _resume(commande: click.Command) -> str:
    """The first sentence of what a command does."""
    texte = " ".join((commande.short_help or commande.help or "").split("\n\n")[0].split())
    return texte.partition(". ")[0].rstrip(".")


def _usage_argument(argument: TyperArgument) -> str:
    nom = _nom_affiche(argument) + ("…" if argument.nargs != 1 else "")
    return nom if argument.required else f"[{nom}]"


class Commande(TyperCommand):
    """A command whose help is French."""

    context_class = Contexte

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """What follows the name of the command in the usage line."""
        arguments = [_usage_argument(p) for p in self.params if isinstance(p, TyperArgument) and not p.hidden]
        return ["[OPTIONS]", *arguments]

    def format_help(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The whole help page."""
        _ecrire_aide(self, ctx, formatter)

    def _main_shell_completion(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: completion scripts speak English."""


class Groupe(TyperGroup):
    """A group of commands whose help is French."""

    context_class = Contexte

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """What follows the name of the group in the usage line."""
        return ["[OPTIONS]", "[COMMANDE]…" if self.invoke_without_command else "COMMANDE…"]

    def format_help(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The whole help page."""
        _ecrire_aide(self, ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named. Raises SaisieRefusee("usage_commande_inconnue") with the nearest names."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            proches = get_close_matches(args[0], list(self.commands))
            raise SaisieRefusee("usage_commande_inconnue", commande=args[0], proches=_proches(proches), aide=_aide(ctx))
        return super().resolve_command(ctx, args)

    def _main_shell_completion(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: completion scripts speak English."""


def franciser(app: typer.Typer) -> typer.Typer:
    """Gives every command and group of the tree its French class; the same application comes back."""
    app.info.cls = Groupe
    for commande in app.registered_commands:
        commande.cls = Commande
    for groupe in app.registered_groups:
        groupe.cls = Groupe
        if groupe.typer_instance is not None:
            franciser(groupe.typer_instance)
    return app


def traduire(plainte: click.exceptions.ClickException) -> SaisieRefusee:
    """What the parser complains about, as one of our refusals."""
    ctx = cast("click.Context | None", getattr(plainte, "ctx", None))
    aide = _aide(ctx)
    if isinstance(plainte, click.exceptions.NoSuchOption):
        return SaisieRefusee(
            "usage_option_inconnue",
            option=plainte.option_name,
            proches=_proches(plainte.possibilities or ()),
            aide=aide,
        )
    if isinstance(plainte, click.exceptions.MissingParameter):
        return SaisieRefusee("usage_argument_absent", nom=_nom(plainte.param), aide=aide)
    if isinstance(plainte, click.exceptions.BadParameter):
        return SaisieRefusee(
            "usage_valeur_refusee", nom=_nom(plainte.param), attendu=_attendu(plainte.param), aide=aide
        )
    if isinstance(plainte, click.exceptions.BadOptionUsage):
        # One class for both complaints, and no context to look the option up in: only the words tell them apart.
        code = "usage_valeur_en_trop" if "does not take" in plainte.message else "usage_valeur_absente"
        return SaisieRefusee(code, option=plainte.option_name, aide=aide)
    if type(plainte) is click.exceptions.UsageError and ctx is not None:
        if isinstance(ctx.command, TyperGroup):
            return SaisieRefusee("usage_commande_absente", aide=aide)
        if trouve := _EN_TROP.search(plainte.message):
            return SaisieRefusee("usage_argument_en_trop", valeur=trouve[1], aide=aide)
    return SaisieRefusee("usage_incompris", aide=aide)


def _aide(ctx: click.Context | None) -> str:
    return f"{ctx.command_path if ctx is not None else 'passdesk'} --help"


def _proches(noms: Sequence[str]) -> str:
    return f"Peut-être : {', '.join(f'« {nom} »' for nom in sorted(noms))}. " if noms else ""


def _nom(parametre: object) -> str:
    if isinstance(parametre, TyperOption):
        return f"l’option « {parametre.opts[-1]} »"
    if isinstance(parametre, TyperArgument):
        return f"l’argument « {_nom_affiche(parametre)} »"
    return "une valeur"


def _attendu(parametre: object) -> str:
    if not isinstance(parametre, TyperArgument | TyperOption):
        return ""
    if parametre.type_descriptor.is_choice:
        return f"Choix possibles : {_nom_affiche(parametre).replace('|', ', ')}. "
    if _nom_du_type(parametre) == "int":
        bornes = [str(b) for b in (parametre.min, parametre.max) if b is not None]
        return f"Un nombre entier est attendu{', de ' + ' à '.join(bornes) if len(bornes) == 2 else ''}. "
    return {"float": "Un nombre est attendu. ", "datetime": "Une date AAAA-MM-JJ est attendue. "}.get(
        _nom_du_type(parametre), ""
    )
