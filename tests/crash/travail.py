"""A day at a desk in a process of its own: `python -m tests.crash.travail DOSSIER PERSONNES [GARDE ÔTÉE]`.

Each act is said on the standard output once the service has returned: what the screen calls « Enregistré ». "avant"
says so of nothing: it only tells where the log stood.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from passdesk.services import impression, remise, visite
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.storage import envoi
from passdesk.storage.engine import Base
from passdesk.storage.pilote import Database
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, visite_accord

JOUR = date(2026, 11, 23)
PAGES_PAR_REPORT = 60
"""Pages of the write-ahead log before it is folded into the base: many times in a day, as in a month at a desk."""
GARDES = ("synchronous", "commit", "intention")
LETTRES = "abcdefghijklmnopqrstuvwxyz"

Dire = Callable[[dict[str, Any]], None]


def nom_de(rang: int) -> str:
    """The birth name of a person of the day, unlike the others'."""
    return "Crash" + LETTRES[rang // 26 % 26] + LETTRES[rang % 26] * 3


def dire(faits: dict[str, Any]) -> None:
    """One line, one call to the system."""
    os.write(1, (json.dumps(faits) + "\n").encode())


def dire_acte(poste: Poste, quoi: str, qui: int, suite: Dire = dire, **faits: Any) -> None:
    """Says an act recorded, and where the log is then."""
    tete = envoi.tete(poste.base)
    suite({"quoi": quoi, "qui": qui, "seq": tete.seq, "hash": tete.hash.hex(), **faits})


def actes(poste: Poste, rang: int) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """The acts of one person's visit, each to be done when its turn comes; every third person lacks papers."""
    brouillon = visite_accord(poste, nom_naissance=nom_de(rang))

    def noter(etape: int) -> dict[str, Any]:
        visite.noter(poste, replace(brouillon, note=f"étape {etape}"))
        return {"brouillon": brouillon.brouillon_id, "etape": etape}

    def garder() -> dict[str, Any]:
        visite.garder(poste, replace(brouillon, pieces=()))
        return {}

    yield "noter", lambda: noter(1)
    yield "noter", lambda: noter(2)
    if rang % 3 == 2:
        yield "garder", garder
        return
    carnet: tuple[int, int] = (0, 0)
    imprimante = impression.ImprimanteFichier(poste.dossier / impression.DOSSIER_PAPIER)
    travaux: list[impression.TravailImpression] = []

    def attribuer() -> dict[str, Any]:
        nonlocal carnet
        donne = visite.attribuer(poste, brouillon).carnet
        carnet = (donne.campagne, donne.numero)
        return {"carnet": carnet}

    def lancer() -> dict[str, Any]:
        travaux.append(impression.lancer_impression(poste, *carnet))
        return {"carnet": carnet}

    def papier() -> dict[str, Any]:
        impression.mettre_sur_papier(travaux[-1], imprimante)
        return {"carnet": carnet}

    def repondre() -> dict[str, Any]:
        impression.repondre(poste, *carnet, "tout")
        return {"carnet": carnet}

    def remettre() -> dict[str, Any]:
        remise.remettre(poste, *carnet, JOUR)
        return {"carnet": carnet}

    for geste in (attribuer, lancer, papier, repondre, remettre):
        yield geste.__name__, geste


def ouvrir(dossier: Path) -> Poste:
    """The desk, its log folded often."""
    poste = ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    poste.base.db.execute(f"PRAGMA wal_autocheckpoint = {PAGES_PAR_REPORT}")
    return poste


def main(dossier: str, personnes: str, garde: str = "") -> None:
    """The whole day, then the desk is closed."""
    poste = ouvrir(Path(dossier))
    oter_garde(poste, garde)
    dire_acte(poste, "avant", -1)
    for rang in range(int(personnes)):
        for quoi, faire in actes(poste, rang):
            dire_acte(poste, quoi, rang, **faire())
    poste.fermer()


def oter_garde(poste: Poste, garde: str) -> None:
    """Breaks the program in one place, to see whether the campaign sees it."""
    if garde == "synchronous":
        poste.base.db.execute("PRAGMA synchronous = OFF")
    if garde == "commit":
        ecriture = Base.ecriture

        @contextmanager
        def trop_tot(self: Base) -> Iterator[Database]:
            with ecriture(self) as db:
                yield db
                # Said before it is on disk.
                dire_acte(poste, "trop tôt", -1)

        Base.ecriture = trop_tot  # type: ignore[method-assign]
    if garde == "intention":
        lancer = impression.lancer_impression

        def papier_d_abord(poste: Poste, campagne: int, numero: int) -> impression.TravailImpression:
            carnet = impression._carnet(poste, campagne, numero)
            papier = impression.papier_carnet(impression.contenu_imprime(poste, carnet))
            nom = f"{impression._nom_fichier(carnet)}.pdf"
            impression.ImprimanteFichier(poste.dossier / impression.DOSSIER_PAPIER).sortir(papier, nom)
            dire({"quoi": "papier", "qui": -1, "carnet": [campagne, numero]})
            return lancer(poste, campagne, numero)

        impression.lancer_impression = papier_d_abord  # type: ignore[assignment]


if __name__ == "__main__":
    main(*sys.argv[1:])
