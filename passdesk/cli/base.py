"""`passdesk verifier-base`: is what this desk keeps sound?"""

from __future__ import annotations

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
from passdesk.domain.erreurs import BaseFermee
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.storage.cles import ouvrir_trousseau, trousseau_existe
from passdesk.storage.engine import Base
from passdesk.storage.integrite import Probleme, compter_operations, verifier_appareil, verifier_base
from passdesk.ui.messages import message


def enregistrer(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("verifier-base")(verifier)


def verifier(base_dir: OptionBaseDir = None, phrase_file: OptionPhrase = None, json: OptionJson = False) -> int:
    """Vérifie les données du poste : fichier, chaîne des actes, tables, recherche.

    Rien n’est changé. Répond 0 quand tout est sain, 1 quand quelque chose ne va pas, 4 quand le poste ne s’ouvre pas.
    """
    dossier = dossier_du_poste(base_dir)
    if not trousseau_existe(dossier):
        # Before the passphrase is asked for nothing.
        raise BaseFermee("base_absente")
    _, cle = ouvrir_trousseau(dossier, lire_phrase(phrase_file))
    base = Base.ouvrir(dossier, cle, HorlogeSysteme())
    try:
        problemes = (*verifier_base(base), *verifier_appareil(base, cle))
        operations = compter_operations(base)
    finally:
        base.fermer()
    if json:
        imprimer_json({"saine": not problemes, "operations": operations, "problemes": [_objet(p) for p in problemes]})
    else:
        for probleme in problemes:
            imprimer(_phrase(probleme))
        if not problemes:
            imprimer(str(message("donnees_saines", operations=operations)))
    return 1 if problemes else 0


def _phrase(probleme: Probleme) -> str:
    return str(message(probleme.code, **probleme.faits))


def _objet(probleme: Probleme) -> dict[str, object]:
    return {"code": probleme.code, "faits": dict(probleme.faits), "texte": _phrase(probleme)}
