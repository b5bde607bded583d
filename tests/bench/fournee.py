"""Many carnets in a row on a real desk: the peak of memory does not follow the height of the pile.

Each way to paper (one file, a printer) has a process of its own, which looks at its peak after a few carnets, then
after all of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import Mesure
from tests.bench.carnet import memoire

PILE, PILE_BREVE, PREMIERS = 200, 40, 20
CROISSANCE_MAX = 1.05
"""Peak after all of them over the peak after the first ones."""


def mesurer(bref: bool) -> Iterator[Mesure]:
    """One file, then a printer."""
    nombre = PILE_BREVE if bref else PILE
    for voie, mots in (("fichier", "en un fichier"), ("imprimante", "à l’imprimante")):
        commande = [sys.executable, "-m", "tests.bench.fournee", voie, str(nombre)]
        ecran = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        sortie = subprocess.run(commande, stdout=subprocess.PIPE, text=True, env=ecran, check=True).stdout
        debut, fin, chacun = map(float, sortie.split()[-3:])
        versus = f"après {PREMIERS} carnets"
        but = f"≤ {CROISSANCE_MAX} fois"
        rapport = fin / debut
        yield Mesure(f"{nombre} carnets {mots}, mémoire", fin, "Mio", versus, rapport, but, rapport <= CROISSANCE_MAX)
        yield Mesure(f"{nombre} carnets {mots}, chacun", chacun, "ms")


def _imprimer(voie: str, nombre: int, dossier: Path) -> tuple[float, float, float]:
    """Peaks (MiB) after the first ones and after all, and the mean of a carnet (ms), its act included."""
    from PySide6.QtGui import QGuiApplication

    from passdesk.domain.gabarit import Support
    from passdesk.services.fournee import FichierFournee, lancer_de_la_fournee, voir_fournee
    from passdesk.services.impression import Imprimante, ImprimanteFichier, mettre_sur_papier
    from passdesk.services.visite import attribuer
    from passdesk.ui.papier.systeme import ImprimanteSysteme
    from passdesk.ui.police import load_polices
    from tests.builders import terrain, visite_accord
    from tests.ui.parc import ParcPdf

    application = QGuiApplication([])
    load_polices()
    with terrain(dossier) as lieu:
        poste = lieu.nouveau_poste(carnets_5=0, carnets_10=nombre)
        for rang in range(nombre):
            nom = "".join(chr(97 + rang // 26**puissance % 26) for puissance in (2, 1, 0))
            attribuer(poste, visite_accord(poste, nom_naissance=f"Nom{nom}", prenoms=f"Prénom{nom}"))
        pile = voir_fournee(poste).a_imprimer
        assert len(pile) == nombre
        sorties = dossier / "sorties"
        sorties.mkdir()
        fichier = FichierFournee(sorties, "banc")
        imprimante: Imprimante = fichier
        if voie == "imprimante":
            systeme = ImprimanteSysteme(sorties, ImprimanteFichier(sorties), ParcPdf(sorties, "Accueil"))
            systeme.choisir("Accueil")
            imprimante = systeme
        premiers, debut = 0.0, time.perf_counter()
        for rang, suivant in enumerate(pile, 1):
            travail = lancer_de_la_fournee(poste, "banc", suivant, Support.ORDINAIRE, "Accueil")
            mettre_sur_papier(travail, imprimante)
            if rang == PREMIERS:
                premiers = memoire()
        fichier.finir()
        chacun = (time.perf_counter() - debut) * 1000 / nombre
        mesures = premiers, memoire(), chacun
    application.quit()
    return mesures


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as lieu_du_banc:
        sys.stdout.write(" ".join(map(str, _imprimer(sys.argv[1], int(sys.argv[2]), Path(lieu_du_banc)))))
