"""`passdesk personne`: the persons of the desk from the command line; `importer` takes them from a spreadsheet."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passdesk.cli.droits import effacer, exporter
from passdesk.cli.ouverture import existant, tenu
from passdesk.cli.sortie import OptionBaseDir, OptionJson, OptionPhrase, imprimer, imprimer_json
from passdesk.domain.commune import lire_communes
from passdesk.ressources import chemin
from passdesk.ui.messages import message
from passdesk.ui.messages.importer import VERDICTS, raison

if TYPE_CHECKING:
    from passdesk.services.importer import Analyse, LigneAnalysee
    from passdesk.services.poste import Poste

# The services bring the base and the spreadsheet reader: no other command pays for them.


def enregistrer(app: typer.Typer) -> None:
    """Adds `personne` and its commands."""
    personne = typer.Typer(help="Les personnes du poste.", rich_markup_mode=None)
    # With a callback the group stays a group, even while it holds a single command.
    personne.callback()(groupe)
    personne.command("importer")(importer)
    personne.command("exporter")(exporter)
    personne.command("effacer")(effacer)
    app.add_typer(personne, name="personne")


def groupe() -> None:
    """Les personnes du poste."""


def importer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Un tableau .csv, .ods ou .xlsx.")],
    feuille: Annotated[
        str | None, typer.Option("--feuille", metavar="NOM", help="La feuille à lire, si le fichier en a plusieurs.")
    ] = None,
    essai: Annotated[
        bool, typer.Option("--essai", help="Dit ce que deviendrait chaque ligne ; n’inscrit rien.")
    ] = False,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> int:
    """Inscrit les personnes d’un tableau, toutes ensemble ou aucune.

    Les lignes illisibles, déjà au poste, en double, d’une fiche effacée, d’un homonyme possible, ou qui ressemblent à
    une fiche d’ici sont laissées. Répond 0 quand rien n’est laissé à revoir, 1 sinon, 2 quand le fichier ne se lit
    pas. Aucun nom n’est affiché.
    """
    from passdesk.services.importer_colonnes import proposer_colonnes
    from passdesk.services.tableur import ouvrir_tableau

    existant(base_dir)
    # A file that cannot be read is told before the passphrase is asked for.
    tableau = ouvrir_tableau(fichier, feuille)
    colonnes = proposer_colonnes(tableau)
    with tenu(base_dir, phrase_file) as poste:
        from passdesk.services.importer import analyser
        from passdesk.services.importer_colonnes import colonnes_retenues
        from passdesk.services.importer_communes import RepertoireCommunes

        communes = RepertoireCommunes(lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8")))
        analyse = analyser(poste, tableau, colonnes_retenues(poste, colonnes), communes)
        inscrites = 0 if essai else _inscrire(poste, analyse)
    if json:
        imprimer_json(_objet(analyse, inscrites, essai))
    else:
        _dire(analyse, inscrites, essai)
    return 1 if any(_a_revoir(ligne) for ligne in analyse.lignes) else 0


def _inscrire(poste: Poste, analyse: Analyse) -> int:
    from passdesk.services.importer import A_COMPLETER, A_INSCRIRE
    from passdesk.services.importer_actes import Suivi, inscrire, preparer

    choisies = [ligne for ligne in analyse.lignes if ligne.verdict in (A_INSCRIRE, A_COMPLETER)]
    # Minutes, when there are many: not inside the transaction.
    preparer(poste, choisies, 0, float("inf"))
    return inscrire(poste, analyse.tableau, choisies, Suivi(threading.Event())) if choisies else 0


_AU_CHOIX = ("ressemble", "meme_cle", "effacee")
"""Rows that only a person may take, on the screen where the names are seen."""


def _a_revoir(ligne: LigneAnalysee) -> bool:
    return ligne.verdict in (*_AU_CHOIX, "illisible", "plus_tard")


def _explications(ligne: LigneAnalysee) -> list[dict[str, str]]:
    return [
        {"code": remarque.code, "case": remarque.cellule, "texte": message(remarque.code).quoi}
        for remarque in ligne.remarques
    ]


def _objet(analyse: Analyse, inscrites: int, essai: bool) -> dict[str, object]:
    return {
        "essai": essai,
        "inscrites": inscrites,
        "comptes": {verdict: analyse.comptes()[verdict] for verdict in VERDICTS},
        "lignes": [
            {"ligne": ligne.numero, "reponse": ligne.verdict, "autre_ligne": ligne.autre or None,
             "raison": raison(ligne.verdict, ligne.autre), "explications": _explications(ligne)}
            for ligne in analyse.lignes
        ],
    }  # fmt: skip


def _dire(analyse: Analyse, inscrites: int, essai: bool) -> None:
    for ligne in analyse.lignes:
        if _a_revoir(ligne) or ligne.remarques:
            phrases = [raison(ligne.verdict, ligne.autre)] if _a_revoir(ligne) else []
            phrases += [f"{e['case']} : {e['texte']}" if e["case"] else e["texte"] for e in _explications(ligne)]
            imprimer(f"Ligne {ligne.numero} : {VERDICTS[ligne.verdict]}. {' '.join(filter(None, phrases))}".rstrip())
    for verdict, nombre in analyse.comptes().items():
        imprimer(f"{nombre} ligne{'s' if nombre > 1 else ''} : {VERDICTS[verdict]}")
    if any(ligne.verdict in _AU_CHOIX for ligne in analyse.lignes):
        imprimer("Pour prendre une ligne laissée : dans PassDesk, Personnes, « Depuis un tableau ».")
    if not analyse.lignes:
        imprimer("Ce tableau n’a aucune ligne à lire.")
    if essai:
        imprimer("C’était un essai : personne n’a été inscrit.")
    else:
        imprimer(f"Inscriptions faites : {inscrites}.")
