"""`passdesk diagnostic`: what who helps needs to know of a desk, in one file that says nothing of anybody."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.sortie import (
    VARIABLE_PHRASE,
    OptionBaseDir,
    OptionJson,
    OptionPhrase,
    dossier_du_poste,
    imprimer,
    imprimer_json,
    lire_phrase,
    refuser_une_entree,
)
from passdesk.domain.erreurs import BaseFermee, KnownError
from passdesk.domain.horloge import HorlogeSysteme


def enregistrer(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("diagnostic")(diagnostic)


def diagnostic(
    out: Annotated[Path, typer.Option("--out", metavar="FICHIER", help="Le fichier de texte à écrire.")],
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> None:
    """Écrit un fichier à donner au support : des états, des nombres, les dernières lignes du journal technique.

    Aucun nom, aucune donnée d’une personne n’y est. Sans phrase secrète (fichier ou variable), rien n’est demandé : les
    nombres du poste manquent alors, le reste y est. De même si les données ne s’ouvrent pas : le fichier dit pourquoi.
    """
    from passdesk.services.departs import poste_existe
    from passdesk.services.diagnostic import diagnostiquer, ecrire_diagnostic
    from passdesk.services.poste import Poste, ouvrir_poste
    from passdesk.ui.mots_diagnostic import texte

    dossier, horloge = dossier_du_poste(base_dir), HorlogeSysteme()
    if not poste_existe(dossier):
        raise BaseFermee("base_absente")
    refuser_une_entree(out, phrase_file, *(fichier for fichier in dossier.rglob("*") if fichier.is_file()))
    poste: Poste | None = None
    fermee = ""
    if phrase_file is not None or VARIABLE_PHRASE in os.environ:
        phrase = lire_phrase(phrase_file)
        try:
            poste = ouvrir_poste(dossier, phrase, horloge)
        except KnownError as trouble:
            fermee = trouble.code
    try:
        lu = diagnostiquer(dossier, horloge, poste, base_fermee=fermee)
    finally:
        if poste is not None:
            poste.fermer()
    ecrire_diagnostic(out, texte(lu))
    if json:
        imprimer_json({"fichier": str(out), "poste_lu": lu.nombres is not None, "base_fermee": lu.base_fermee})
    else:
        imprimer(f"Diagnostic écrit : {out}")
        imprimer("Lisez-le avant de le donner : il ne dit rien de personne.")
