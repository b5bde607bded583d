"""`passdesk personne exporter` and `effacer`: all that is held on one person, handed over or erased."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.domain.horloge import HorlogeSysteme
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
    from passdesk.services.departs import poste_existe
    from passdesk.services.dossier_personne import dossier_personne
    from passdesk.services.dossier_personne import exporter as ecrire
    from passdesk.services.poste import ouvrir_poste
    from passdesk.storage.verrou import tenir_seul
    from passdesk.ui.mots_dossier import dossier_papier

    dossier = dossier_du_poste(base_dir)
    if not poste_existe(dossier):
        raise BaseFermee("base_absente")
    poste = ouvrir_poste(dossier, lire_phrase(phrase_file), HorlogeSysteme())
    try:
        with tenir_seul(poste.dossier):
            lu = dossier_personne(poste, identifiant)
    finally:
        poste.fermer()
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
    from passdesk.services.departs import poste_existe
    from passdesk.services.effacement import apercu_effacement, effacer_personne
    from passdesk.services.poste import ouvrir_poste
    from passdesk.storage.verrou import tenir_seul

    dossier = dossier_du_poste(base_dir)
    if not poste_existe(dossier):
        raise BaseFermee("base_absente")
    poste = ouvrir_poste(dossier, lire_phrase(phrase_file), HorlogeSysteme())
    try:
        with tenir_seul(poste.dossier):
            vu = apercu_effacement(poste, identifiant)
            if vu is None:
                raise SaisieRefusee("personne_absente")
            if not json:
                _dire(vu)
            if essai:
                return _essayer(vu, json=json)
            if vu.obstacle is None and not oui and not _confirme():
                imprimer("Rien n’a été effacé.")
                return 1
            propre = effacer_personne(poste, identifiant, motif)
    finally:
        poste.fermer()
    if json:
        imprimer_json({"effacee": True, "pass_comptes": vu.passes, "a_envoyer": vu.relie, "fichier_nettoye": propre})
    else:
        imprimer(suites(vu.relie, propre))
    return 0


def _essayer(vu: ApercuEffacement, *, json: bool) -> int:
    """0 when it could be erased, 1 when something is in the way; nothing was changed."""
    if json:
        imprimer_json({"effacee": False, "obstacle": vu.obstacle, "pass_comptes": vu.passes})
    elif vu.obstacle is not None:
        imprimer(str(message(vu.obstacle)))
    else:
        imprimer("Rien n’a été effacé.")
    return 0 if vu.obstacle is None else 1


def _dire(vu: ApercuEffacement) -> None:
    imprimer("Ce qui s’efface :")
    for ligne in part(vu):
        imprimer(f"  - {ligne}")
    imprimer("Ce qui reste, et pourquoi :")
    for ligne in reste(vu):
        imprimer(f"  - {ligne}")


def _confirme() -> bool:
    """Asked where somebody can answer; a script said it by calling (contracts §1: `effacer ID` alone erases)."""
    if not sys.stdin.isatty():
        return True
    imprimer("On ne peut pas revenir en arrière. Pour effacer, tapez oui :")
    return sys.stdin.readline().strip().lower() == OUI
