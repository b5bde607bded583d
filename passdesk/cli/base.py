"""`passdesk verifier-base`: is what this desk keeps sound, and what mends it?"""

from __future__ import annotations

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
from passdesk.domain.erreurs import BaseFermee, KnownError
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.ui.apercu_sauvegarde import lignes_apercu, lignes_scans
from passdesk.ui.messages import message

if TYPE_CHECKING:
    from passdesk.services.integrite import Verification
    from passdesk.storage.integrite import Probleme

# The services bring the base: no other command pays for it.


def enregistrer(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("verifier-base")(verifier)


def verifier(
    reparer: Annotated[
        bool,
        typer.Option(
            "--reparer",
            help="Répare ce qui peut l’être : refait les tables, ou revient à la dernière bonne sauvegarde.",
        ),
    ] = False,
    base_dir: OptionBaseDir = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> int:
    """Vérifie les données du poste : fichier, chaîne des actes, tables, recherche.

    Sans --reparer, rien n’est changé. Avec, la fenêtre doit être fermée. Répond 0 quand tout est sain, 1 quand quelque
    chose ne va pas, 4 quand le poste ne s’ouvre pas.
    """
    from passdesk.services.departs import poste_existe
    from passdesk.storage.verrou import tenir_seul

    dossier = dossier_du_poste(base_dir)
    if not poste_existe(dossier):
        # Before the passphrase is asked for nothing.
        raise BaseFermee("base_absente")
    phrase = lire_phrase(phrase_file)
    if not reparer:
        return _dire(_verifier(dossier, phrase), None, json)
    with tenir_seul(dossier):
        faite, gestes = _reparer(dossier, phrase)
    return _dire(faite, gestes, json)


def _verifier(dossier: Path, phrase: str) -> Verification:
    """Looks, and writes nothing: not even when."""
    from passdesk.services.integrite import examiner
    from passdesk.storage.essais import ouvrir_trousseau
    from passdesk.storage.ouverture import ouvrir_sous_la_cle

    _, cle = ouvrir_trousseau(dossier, phrase, HorlogeSysteme())
    horloge = HorlogeSysteme()
    base = ouvrir_sous_la_cle(dossier, cle, horloge)
    try:
        return examiner(base, cle, horloge)
    finally:
        base.fermer()


def _reparer(dossier: Path, phrase: str) -> tuple[Verification, list[str]]:
    """What the desk is like in the end, and what was done, in sentences."""
    from passdesk.services.integrite import ailleurs, derniere_verification, refaire, retirer_scans, revenir
    from passdesk.services.integrite import verifier as faire
    from passdesk.services.poste import SANS_DONNEES, ouvrir_poste

    horloge, autre = HorlogeSysteme(), None
    try:
        poste = ouvrir_poste(dossier, phrase, horloge)
    except BaseFermee as fermee:
        if fermee.code not in SANS_DONNEES:
            raise
    else:
        try:
            faite, autre = faire(poste), ailleurs(poste)
            trouves = [_phrase(probleme) for probleme in faite.problemes]
            gestes: list[str] = []
            if faite.remede == "refaire":
                faite, gestes = refaire(poste), [*trouves, str(message("reparation_refaite"))]
            abimes = any(probleme.code == "numerisation_abimee" for probleme in faite.problemes)
            # A base that is to be left for a backup is kept as it is: scans made since are nowhere else.
            if abimes and faite.remede != "revenir":
                gestes += lignes_scans(retirer_scans(poste))
                faite = derniere_verification(poste)
            if faite.remede != "revenir":
                return faite, gestes or trouves or [str(message("reparation_inutile"))]
        except KnownError as trouble:
            if trouble.code not in ("page_illisible", "sauvegarde_non_bonne"):
                raise
        finally:
            poste.fermer()
    fichier, apercu = revenir(dossier, phrase, horloge, autre)
    gestes = [*lignes_apercu(apercu), str(message("reparation_revenue", fichier=fichier.name))]
    return _verifier(dossier, phrase), gestes


def _dire(faite: Verification, gestes: list[str] | None, json: bool) -> int:
    """`gestes`: what the repair did, None when none was asked for."""
    if json:
        objet = {
            "saine": not faite.problemes,
            "operations": faite.actes,
            "problemes": [_objet(probleme) for probleme in faite.problemes],
        }
        imprimer_json(objet if gestes is None else {**objet, "reparations": gestes})
    else:
        for ligne in (*(gestes or ()), *(_phrase(probleme) for probleme in faite.problemes)):
            imprimer(ligne)
        if not faite.problemes:
            imprimer(str(message("donnees_saines", operations=faite.actes)))
    return 1 if faite.problemes else 0


def _phrase(probleme: Probleme) -> str:
    return str(message(probleme.code, **probleme.faits))


def _objet(probleme: Probleme) -> dict[str, object]:
    return {"code": probleme.code, "faits": dict(probleme.faits), "texte": _phrase(probleme)}
