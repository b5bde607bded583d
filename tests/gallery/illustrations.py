"""The pictures of the manual, taken from the gallery's own scenes.

    python -m tests.gallery.illustrations [NAME…]

writes `resources/aide/images/NAME.png` for each line of ILLUSTRATIONS (all of them by default): light theme, 100 %, cut
to what the page speaks of, in few colours. Look at them, then commit those that changed for a reason. A screen that
changes its look is taken again; `tests/ui/test_aide.py` sees that each picture is used and has its scene.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from PySide6.QtWidgets import QApplication

from passdesk.ui.fenetre import TAILLE
from tests.gallery.__main__ import SCENES_DE
from tests.gallery.studio import SCENES, Studio
from tests.house.lecture import RACINE

IMAGES = RACINE / "resources" / "aide" / "images"
POIDS_MAX = 60_000
"""Bytes of one picture."""
COULEURS = (64, 48, 32, 24, 16)
"""As many as the weight allows."""
MARGE = 12
NAVIGATION, BANDE = 240, 40
"""What is the same on every screen, in pixels, and left out."""

Coupe = tuple[int, int, int, int]
PAGE: Coupe = (NAVIGATION, 0, TAILLE[0], TAILLE[1] - BANDE)
"""The page alone: left, top, right, bottom."""
SEUIL: Coupe = (0, 0, *TAILLE)
"""Before the desk is open, there is nothing else."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """`scene`: a function of the gallery; `photo`: one of its pictures; `coupe`: what is kept of it."""

    scene: str
    photo: str
    coupe: Coupe = PAGE


ILLUSTRATIONS = {
    "premier-depart": Illustration("premier_depart", "depart-premier", SEUIL),
    "ouvrir": Illustration("deverrouiller", "ouvrir", SEUIL),
    "feuille-de-secours": Illustration("feuille_de_secours", "secours-groupe"),
    "relier": Illustration("relier", "relier-six-mots"),
    "aujourdhui": Illustration("aujourdhui", "aujourdhui"),
    "rappels": Illustration("rappels", "rappels"),
    "visite": Illustration("visite", "visite-accord"),
    "decision": Illustration("visite", "visite-incomplet", (940, 64, TAILLE[0], TAILLE[1] - BANDE)),
    "impression": Illustration("impression", "impression-arrete-a-la-3"),
    "remise": Illustration("remise", "remise"),
    "personnes": Illustration("personnes", "personnes-fiche"),
    "ressemblances": Illustration("visite_deja_servie", "visite-ressemblance"),
    "reunir": Illustration("deux_fiches", "reunir-apercu"),
    "carnets": Illustration("carnets", "carnets"),
    "fournee": Illustration("fournee", "fournee-choix"),
    "verifier": Illustration("verifier", "verifier-falsifie"),
    "a-verifier": Illustration("a_verifier", "a-verifier-litige"),
    "droits": Illustration("droits", "droits"),
    "conservation": Illustration("conservation", "conservation"),
    "importer": Illustration("importer", "importer-lignes"),
    "journal": Illustration("journal", "journal"),
    "envoi": Illustration("bandes", "bande-envoi-long", (0, TAILLE[1] - BANDE, *TAILLE)),
    "reglages": Illustration("reglages", "reglages"),
    "imprimante": Illustration("reglage_imprimante", "mesures-bonnes"),
    "lieux": Illustration("lieux", "lieux-un"),
    "agents": Illustration("agents", "agents-deux"),
    "sauvegardes": Illustration("verification", "verification-saine"),
    "restaurer": Illustration("restauration", "restauration-apercu"),
    "problemes": Illustration("reprise", "reprise", SEUIL),
}
"""By name of file, without its end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Takes them; the exit code."""
    analyse = argparse.ArgumentParser(prog="python -m tests.gallery.illustrations")
    analyse.add_argument("noms", nargs="*", metavar="NAME")
    voulues = set(analyse.parse_args(arguments).noms) or set(ILLUSTRATIONS)
    charger()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    atelier = Path(tempfile.mkdtemp(prefix="illustrations-"))
    try:
        prises = atelier / "images"
        prises.mkdir()
        studio = Studio(atelier, prises, ("clair",))
        for nom in {ILLUSTRATIONS[nom].scene: None for nom in ILLUSTRATIONS if nom in voulues}:
            studio.tenter(SCENES[nom], 1.0)
        IMAGES.mkdir(parents=True, exist_ok=True)
        for nom in sorted(voulues):
            prise = prises / f"{ILLUSTRATIONS[nom].photo}-clair-100.png"
            (IMAGES / f"{nom}.png").write_bytes(reduire(Image.open(prise), ILLUSTRATIONS[nom].coupe))
    finally:
        shutil.rmtree(atelier, ignore_errors=True)
    del application
    for faute in studio.resultat.fautes:
        print(faute, file=sys.stderr)
    return 1 if studio.resultat.fautes else 0


def charger() -> None:
    """Knows every scene."""
    for module in SCENES_DE:
        importlib.import_module(f"tests.gallery.{module}")


def reduire(image: Image.Image, coupe: Coupe) -> bytes:
    """The part that is kept, without empty borders, as a PNG of few colours. Raises ValueError: too heavy."""
    page = image.convert("RGB").crop(coupe)
    fond = Image.new("RGB", page.size, page.getpixel((0, page.height - 1)))
    plein = ImageChops.difference(page, fond).getbbox()
    if plein is not None:
        gauche, haut, droite, bas = plein
        fin = (min(page.width, droite + MARGE), min(page.height, bas + MARGE))
        page = page.crop((max(0, gauche - MARGE), max(0, haut - MARGE), *fin))
    for couleurs in COULEURS:
        sortie = BytesIO()
        page.quantize(couleurs, dither=Image.Dither.NONE).save(sortie, "PNG", optimize=True)
        if sortie.tell() <= POIDS_MAX:
            return sortie.getvalue()
    raise ValueError("too heavy")


if __name__ == "__main__":
    sys.exit(main())
