"""A desk's window in a process of its own that prints many carnets: `python -m tests.e2e.enfant_fournee POINT DOSSIER`.

It is driven by keys, as by a mediator, and stops for ever at the point named; "regarder" only opens the window again
and says what is asked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from passdesk.domain.carnet import Carnet
from passdesk.domain.erreurs import KnownError
from passdesk.domain.tirage import Sortie
from passdesk.services import fournee, impression
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier, TravailImpression
from passdesk.services.poste import ouvrir_poste
from passdesk.storage.acte import Acte
from passdesk.tasks import TaskRunner
from passdesk.ui.carnets import PageCarnets
from passdesk.ui.fournee import PageFournee, travail
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.theme import Theme
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe
from tests.e2e.processus import annoncer, attendre_la_fin
from tests.gallery.studio import Mains
from tests.ui.guichet import CTRL, Guichet, guichet
from tests.ui.parc import ParcPdf

TROISIEME = 3


class Parc(ParcPdf):
    """Printers that say each job, and stop inside the third one."""

    mortel = False

    def ouvrir(self, nom: str) -> object:  # type: ignore[override]
        appareil = super().ouvrir(nom)
        annoncer(point="travail", rang=len(self.ouvertes))
        if self.mortel and len(self.ouvertes) == TROISIEME:
            attendre_la_fin()
        return appareil


def apres_l_acte() -> None:
    """Killed once the third carnet is committed, before any of it is drawn."""
    vrai, faits = impression.mettre_sur_papier, 0

    def mettre_sur_papier(quoi: TravailImpression, imprimante: impression.Imprimante) -> Path | None:
        nonlocal faits
        faits += 1
        if faits == TROISIEME:
            annoncer(point="lance", numero=quoi.carnet.numero)
            attendre_la_fin()
        return vrai(quoi, imprimante)

    travail.mettre_sur_papier = mettre_sur_papier  # type: ignore[attr-defined]


def en_ecrivant() -> None:
    """Killed when the disk is asked to keep the file of them all."""

    vrai = os.fsync

    def fsync(descripteur: int) -> None:
        # The second copy of the acts is kept by the same call.
        if Path(f"/proc/self/fd/{descripteur}").readlink().suffix == ".partiel":
            annoncer(point="fichier")
            attendre_la_fin()
        vrai(descripteur)

    os.fsync = fsync  # type: ignore[assignment]


def en_repondant() -> None:
    """Killed in the middle of the answer, two carnets of it written."""
    vrai, faits = impression.inscrire_sortie, 0

    def inscrire_sortie(acte: Acte, carnet: Carnet, sortie: Sortie, feuille: int | None) -> None:
        nonlocal faits
        faits += 1
        if faits == TROISIEME:
            annoncer(point="reponse")
            attendre_la_fin()
        vrai(acte, carnet, sortie, feuille)

    fournee.inscrire_sortie = inscrire_sortie  # type: ignore[attr-defined]


def rien() -> None:
    """The printer itself is where it dies, or nothing is."""


POINTS: dict[str, Callable[[], None]] = {
    "imprimante": rien,
    "acte": apres_l_acte,
    "fichier": en_ecrivant,
    "reponse": en_repondant,
    "regarder": rien,
}


def jouer(g: Guichet, point: str) -> None:
    """Alt+3, Tab to the button, Ctrl+Entrée; the answer when it is about the answer."""
    g.touche(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert isinstance(g.page, PageCarnets)
    g.calme()
    if point == "regarder":
        annoncer(point="carnets", textes=g.textes())
        g.aller_a("Confirmer l’impression")
    else:
        g.aller_a("Imprimer plusieurs carnets")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    page = g.page
    assert isinstance(page, PageFournee)
    if point == "regarder":
        annoncer(point="question", textes=g.textes(), carnets=[rangee.titre for rangee in page.liste.rangees])
        attendre_la_fin()
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: page.question is not None)
    g.touche(Qt.Key.Key_1)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: page.question is None)


def main(point: str, dossier: str) -> None:
    application = QApplication(["passdesk"])
    theme = Theme("clair", 1.0)
    theme.installer(application)
    troubles: list[BaseException] = []
    taches = TaskRunner(KnownError, troubles.append, troubles.append)
    poste = ouvrir_poste(Path(dossier), PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    POINTS[point]()
    fichier = ImprimanteFichier(poste.dossier / DOSSIER_PAPIER)
    imprimante: impression.Imprimante = fichier
    if point != "fichier":
        sorties = Path(dossier).parent / "sorties"
        sorties.mkdir(exist_ok=True)
        parc = Parc(sorties, "Accueil")
        parc.mortel = point == "imprimante"
        systeme = ImprimanteSysteme(poste.dossier, fichier, parc)
        systeme.choisir("Accueil")
        imprimante = systeme
    with guichet(poste, theme, taches, Mains(), imprimante) as g:
        g.bureau.commencer()
        g.calme()
        jouer(g, point)


if __name__ == "__main__":
    main(*sys.argv[1:])
