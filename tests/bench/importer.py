"""People from a spreadsheet of 200 000 rows: looked at within a coffee's time, in bounded memory, recorded at once.

Processor time, not the clock: what a laptop that does something else meanwhile would still have to spend.
"""

from __future__ import annotations

import csv
import random
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from passdesk.app import load_communes
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.services.importer import Analyse, reperes
from passdesk.services.importer_actes import Suivi, inscrire
from passdesk.services.importer_colonnes import proposer_colonnes
from passdesk.services.importer_communes import RepertoireCommunes
from passdesk.services.poste import creer_poste
from passdesk.services.tableur import ouvrir_tableau
from tests.bench import Mesure
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE

LIGNES = 200_000
SECONDES_MAX, MEGAOCTETS_MAX, INSCRIPTION_MAX = 60, 400, 10
_SYLLABES = ("ba", "ro", "ti", "len", "mar", "gui", "vel", "dou", "sar", "pin", "cor", "val")


def mesurer(bref: bool) -> Iterator[Mesure]:
    """A CSV in Windows-1252 of 200 000 people (20 000 when brief), each row with nine cells."""
    lignes = LIGNES // 10 if bref else LIGNES
    with tempfile.TemporaryDirectory() as lieu:
        fichier = Path(lieu) / "personnes.csv"
        _ecrire(fichier, lignes)
        poste = creer_poste(
            Path(lieu) / "poste", PHRASE, "Claire Mabille", HorlogeSysteme(), cout_index=INDEX_LEGER,
            cout_phrase=PHRASE_LEGERE,
        )  # fmt: skip
        communes = RepertoireCommunes(load_communes())
        with fichier.open(encoding="cp1252", newline="") as flux:
            nu = _duree(lambda: sum(1 for _ in csv.reader(flux, delimiter=";")))
        avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        debut = time.process_time()
        tableau = ouvrir_tableau(fichier)
        analyse = Analyse(tableau, proposer_colonnes(tableau), reperes(poste), communes, poste.horloge.aujourdhui())
        while not analyse.avancer():
            pass
        duree = time.process_time() - debut
        memoire = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant) / 1024
        yield Mesure(
            "import_essai", duree, f"s of processor, {lignes} rows", "bare csv.reader", duree / nu,
            f"<= {SECONDES_MAX} s", duree <= SECONDES_MAX,
        )  # fmt: skip
        yield Mesure(
            "import_memoire", memoire, "MiB above the start", None, None, f"<= {MEGAOCTETS_MAX}",
            memoire <= MEGAOCTETS_MAX,
        )  # fmt: skip
        choisies = [ligne for ligne in analyse.lignes if ligne.personne is not None]
        suivi = Suivi(threading.Event())
        duree = _duree(lambda: inscrire(poste, tableau, choisies, suivi))
        yield Mesure(
            "import_inscription", duree, f"s of processor, {len(choisies)} people in one transaction", None, None,
            f"<= {INSCRIPTION_MAX}", duree <= INSCRIPTION_MAX,
        )  # fmt: skip
        poste.fermer()


def _duree(geste: Callable[[], object]) -> float:
    debut = time.process_time()
    geste()
    return time.process_time() - debut


def _ecrire(fichier: Path, lignes: int) -> None:
    hasard = random.Random(1)

    def mot() -> str:
        return "".join(hasard.choice(_SYLLABES) for _ in range(3)).capitalize()

    with fichier.open("w", encoding="cp1252", newline="") as flux:
        redaction = csv.writer(flux, delimiter=";")
        redaction.writerow(("Nom", "Prénom", "Né le", "Adresse", "CP", "Commune", "Téléphone", "Mail", "Note"))
        for rang in range(lignes):
            jour = f"{hasard.randint(1, 28):02d}/{hasard.randint(1, 12):02d}/{hasard.randint(1930, 2007)}"
            telephone = f"06{hasard.randint(0, 99_999_999):08d}"
            ou = (f"{rang} rue du Four", "59600", "Maubeuge", telephone, f"p{rang}@exemple.fr", "préfère le matin")
            redaction.writerow((mot(), mot(), jour, *ou))
