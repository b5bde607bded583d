"""`passdesk lieux`: the directory of places from the command line; `importer` takes a list, `lister` says it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passdesk.cli.ouverture import ouvert, tenu
from passdesk.cli.sortie import OptionBaseDir, OptionJson, OptionPhrase, imprimer, imprimer_json
from passdesk.domain.commune import lire_communes
from passdesk.domain.lieu import LieuProche, texte_distance
from passdesk.ressources import chemin
from passdesk.ui.messages import message
from passdesk.ui.messages.lieux import VERDICTS

if TYPE_CHECKING:
    from passdesk.services.lieux_importer import AnalyseLieux, LigneLieu

# The services bring the base and the readers: no other command pays for them.


def enregistrer(app: typer.Typer) -> None:
    """Adds `lieux` and its commands."""
    lieux = typer.Typer(help="Les lieux où se dépensent les pass.", rich_markup_mode=None)
    lieux.command("importer")(importer)
    lieux.command("lister")(lister)
    app.add_typer(lieux, name="lieux")


def importer(
    fichier: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Une liste LaMednum (.csv), ou celle des France Services.")
    ],
    essai: Annotated[
        bool, typer.Option("--essai", help="Dit ce que devient chaque ligne ; n’enregistre rien.")
    ] = False,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> int:
    """Prend une liste de lieux : dit ce qui a été lu, réparé, refusé, puis enregistre.

    Ce qui a été corrigé au poste reste. Répond 0 quand tout est pris, 1 quand une ligne est refusée, 2 quand le
    fichier ne se lit pas.
    """
    from passdesk.services.lieux_importer import enregistrer as ecrire
    from passdesk.services.lieux_importer import preparer_analyse

    with tenu(base_dir, phrase_file) as poste:
        communes = lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8"))
        analyse = preparer_analyse(poste, fichier, communes)
        while not analyse.avancer():
            pass
        if not essai:
            ecrire(poste, analyse)
    if json:
        imprimer_json(_objet(analyse, essai))
    else:
        _dire(analyse, essai)
    return 1 if analyse.comptes()["refuse"] else 0


def lister(
    accepte: Annotated[
        bool, typer.Option("--accepte", help="Seulement ceux dont on sait qu’ils acceptent le pass.")
    ] = False,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> int:
    """Liste les lieux du poste, du plus proche au plus lointain.

    La distance est à vol d’oiseau, depuis la position du poste quand elle est réglée. Répond 1 quand il n’y en a aucun.
    """
    from passdesk.services.lieux import lieux_du_poste

    with ouvert(base_dir, phrase_file) as poste:
        proches = [p for p in lieux_du_poste(poste) if not accepte or p.lieu.accepte_pass]
    if json:
        imprimer_json([_lieu(proche) for proche in proches])
    else:
        for proche in proches:
            faits = (proche.lieu.ville, proche.lieu.telephone, _distance(proche))
            imprimer(" · ".join([proche.lieu.nom, *(fait for fait in faits if fait)]))
        if not proches:
            imprimer("Aucun lieu. Prenez une liste : passdesk lieux importer FICHIER")
    return 0 if proches else 1


def _distance(proche: LieuProche) -> str:
    return "" if proche.distance_km is None else texte_distance(proche.distance_km)


def _lieu(proche: LieuProche) -> dict[str, object]:
    lieu = proche.lieu
    return {
        "lieu": lieu.lieu_id,
        "nom": lieu.nom,
        "adresse": lieu.rue,
        "code_postal": lieu.code_postal,
        "commune": lieu.commune,
        "telephone": lieu.telephone,
        "horaires": str(lieu.horaires) if lieu.horaires else None,
        "accepte_pass": lieu.accepte_pass,
        "itinerant": lieu.itinerant,
        "accessible": lieu.accessible,
        "distance_km": None if proche.distance_km is None else round(proche.distance_km, 1),
    }


def _explications(ligne: LigneLieu) -> list[dict[str, str]]:
    return [
        {"code": code, "case": cases, "texte": message(code).quoi} for code, cases in ligne.lecture.par_code.items()
    ]


def _objet(analyse: AnalyseLieux, essai: bool) -> dict[str, object]:
    from passdesk.services.lieux_importer import EFFETS
    from passdesk.services.lieux_lecture import VERDICTS as ISSUES

    return {
        "essai": essai,
        "liste": analyse.forme.genre,
        "comptes": {verdict: analyse.comptes()[verdict] for verdict in ISSUES},
        "effets": {effet: analyse.effets()[effet] for effet in EFFETS},
        "lignes": [
            {
                "ligne": ligne.lecture.numero,
                "reponse": ligne.lecture.verdict,
                "nom": ligne.lecture.nom,
                "explications": _explications(ligne),
            }
            for ligne in analyse.lignes
            if ligne.lecture.remarques
        ],
    }


def _dire(analyse: AnalyseLieux, essai: bool) -> None:
    for ligne in analyse.lignes:
        lecture = ligne.lecture
        if lecture.remarques:
            phrases = [f"{e['case']} : {e['texte']}" if e["case"] else e["texte"] for e in _explications(ligne)]
            nom = f" ({lecture.nom})" if lecture.nom else ""
            imprimer(f"Ligne {lecture.numero}{nom} : {VERDICTS[lecture.verdict]}. {' '.join(phrases)}")
    comptes, effets = analyse.comptes(), analyse.effets()
    imprimer(
        f"{len(analyse.lignes)} lignes : {comptes['lu']} lues telles quelles, {comptes['repare']} réparées, "
        f"{comptes['refuse']} refusées."
    )
    faits = f"{effets['nouveau']} nouveaux, {effets['change']} changés, {effets['inchange']} inchangés."
    imprimer(f"C’était un essai. Lieux : {faits}" if essai else f"C’est enregistré. Lieux : {faits}")
