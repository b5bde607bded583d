"""`passdesk personne exporter` and `effacer`: all that is held on one person, handed over or erased."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from passdesk.cli.ouverture import tenu
from passdesk.cli.sortie import OptionBaseDir, OptionJson, OptionPhrase, imprimer, imprimer_json
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import typographie
from passdesk.ressources import chemin
from passdesk.ui.messages import message
from passdesk.ui.messages.droits import MOTIFS, RANGER, part, reste, suites

if TYPE_CHECKING:
    from passdesk.domain.effacement import ApercuEffacement

Identifiant = Annotated[str, typer.Argument(metavar="ID", help="L’identifiant de la fiche.")]
OUI = "oui"


def exporter(
    identifiant: Identifiant,
    out: Annotated[Path, typer.Option("--out", metavar="DOSSIER", help="Où écrire les fichiers.")],
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> int:
    """Écrit tout ce que le poste garde d’une personne : un PDF à lui remettre, un JSON, ses numérisations.

    Rien n’y est sur une autre personne. Ces fichiers portent un nom : remettez-les, ne les laissez pas. Aucun nom n’est
    affiché.
    """
    from passdesk.domain.commune import lire_communes
    from passdesk.services.dossier_personne import dossier_personne
    from passdesk.services.dossier_personne import exporter as ecrire
    from passdesk.ui.mots_dossier import dossier_papier

    with tenu(base_dir, phrase_file) as poste:
        lu = dossier_personne(poste, identifiant)
    communes = lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8"))
    fichiers = ecrire(lu, dossier_papier(lu, communes), out)
    if json:
        imprimer_json({"fichiers": [str(fichier) for fichier in fichiers]})
    else:
        imprimer("Fichiers écrits :")
        for fichier in fichiers:
            imprimer(f"  - {fichier}")
        imprimer(RANGER)
    return 0


def effacer(
    identifiant: Identifiant,
    motif: Annotated[str, typer.Option("--motif", metavar="MOTIF", help=f"Pourquoi : {', '.join(MOTIFS)}.")] = next(
        iter(MOTIFS)
    ),
    essai: Annotated[
        bool, typer.Option("--essai", help="Dit ce qui s’effacerait et ce qui resterait ; n’efface rien.")
    ] = False,
    oui: Annotated[bool, typer.Option("--oui", help="Efface sans demander, même dans un terminal.")] = False,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> int:
    """Efface une personne : fiche, demandes, justificatifs, numérisations. On ne revient pas en arrière.

    Dit ce qui s’efface et ce qui reste. Dans un terminal, demande d’abord ; ailleurs, la commande vaut ordre : --essai
    dit avant ce qu’elle ferait. Répond 1 si rien n’a été effacé. Aucun nom n’est affiché.
    """
    from passdesk.services.effacement import apercu_effacement, effacer_personne

    with tenu(base_dir, phrase_file) as poste:
        vu = apercu_effacement(poste, identifiant)
        if vu is None:
            raise SaisieRefusee("personne_absente")
        demande = not (essai or oui or vu.obstacle) and sys.stdin.isatty()
        if not json or demande:
            # Beside the answer, when that is for another program.
            _dire(vu, sys.stderr if json else sys.stdout)
        if essai or vu.obstacle is not None or (demande and not _confirme()):
            return _rien(vu, json=json, essai=essai)
        propre = effacer_personne(poste, identifiant, motif)
    if json:
        imprimer_json({"effacee": True, "pass_comptes": vu.passes, "a_envoyer": vu.relie, "fichier_nettoye": propre})
    else:
        imprimer(suites(vu.relie, propre))
    return 0


def _rien(vu: ApercuEffacement, *, json: bool, essai: bool) -> int:
    """Nothing was changed: 0 for a trial of what could be erased, 1 otherwise."""
    if json:
        imprimer_json({"effacee": False, "obstacle": vu.obstacle, "pass_comptes": vu.passes})
    elif vu.obstacle is not None:
        imprimer(str(message(vu.obstacle)))
    else:
        imprimer("Rien n’a été effacé.")
    return 0 if essai and vu.obstacle is None else 1


def _dire(vu: ApercuEffacement, flux: TextIO) -> None:
    lignes = ["Ce qui s’efface :", *(f"  - {ligne}" for ligne in part(vu))]
    lignes += ["Ce qui reste, et pourquoi :", *(f"  - {ligne}" for ligne in reste(vu))]
    print(typographie("\n".join(lignes)), file=flux)


def _confirme() -> bool:
    """Asked where somebody can answer; a script said it by calling (contracts §1: `effacer ID` alone erases)."""
    print(typographie("On ne peut pas revenir en arrière. Pour effacer, tapez oui :"), file=sys.stderr)
    return sys.stdin.readline().strip().lower() == OUI
