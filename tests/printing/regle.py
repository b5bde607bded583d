"""A ruler laid on the ink: where each symbol of a carnet really is, how large, and what lies round it and near a cut.

The places are those of the paper's own description (ui/paper §2–§5), written again here: what draws the sheets is not
asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from PIL import Image, ImageDraw

from passdesk.domain.dessin import HAUTEUR_A4, LARGEUR_A4, MM_PAR_POINT
from passdesk.domain.gabarit import Bande, Gabarit

JEU = 0.1
"""What a symbol, or an edge of one of its modules, may be away from its place, mm."""
LIBRE = 3.2
"""No ink nearer to a cut, mm; but for the line that shows it, within `TRAIT` of it."""
TRAIT = 0.4
ZONE_BLANCHE = 4
"""Modules of white round a symbol."""
FIN, GROS = 600, 300
"""Points an inch: to measure, to look for ink."""
X_DECHIRURE = 58.0
EN_TETE = 9.3
"""On a sheet cut beforehand, what says which sheet it is stands in its first strip, down to here, mm."""
BORDS_BANDE = (10.0, 200.0)
MILIEUX = {"ordinaire": 27.0, "bandes-74": 37.125, "bandes-99": 49.5, "gros": 45.0, "gros-99": 52.0}
"""From the top of a strip to the middle of the symbol of its pass, mm."""
MILIEUX_CERTIFICAT = MILIEUX | {"gros": 27.5, "gros-99": 34.5}


@dataclass(frozen=True)
class Place:
    """Where a symbol is to be. `x`, `y`: its top left corner, mm; `modules` a side, each of `module` points."""

    nom: str
    x: float
    y: float
    modules: int
    module: float

    @property
    def pas(self) -> float:
        """One module, mm."""
        return self.module * MM_PAR_POINT

    @property
    def cote(self) -> float:
        """The side, mm."""
        return self.modules * self.pas


def places(gabarit: Gabarit, taille: int) -> Iterator[tuple[int, Place]]:
    """Each symbol of a carnet, and the rank of its page from 0."""
    for page, bandes in enumerate(gabarit.feuilles(taille)):
        for rang, contenu in enumerate(bandes):
            haut = gabarit.haut + gabarit.pas * rang
            if isinstance(contenu, int):
                yield page, _place(f"pass {contenu}", 41, 2.4, 194.61, haut + MILIEUX[gabarit.cle])
            elif contenu is (Bande.CERTIFICAT if gabarit.gros else Bande.DONNEES):
                yield page, _place("certificat", 57, 1.92, 194.60, haut + MILIEUX_CERTIFICAT[gabarit.cle])


def _place(nom: str, modules: int, module: float, droite: float, milieu: float) -> Place:
    cote = modules * module * MM_PAR_POINT
    return Place(nom, droite - cote, milieu - cote / 2, modules, module)


def ecarts(pdf: bytes, gabarit: Gabarit, taille: int) -> list[str]:
    """What is not where it should be on the printed sheets, in words; nothing when all is right."""
    with pypdfium2.PdfDocument(pdf) as document:
        trouves = [
            f"{place.nom} : {ecart}"
            for page, place in places(gabarit, taille)
            for ecart in _symbole(document[page], place)
        ]
        for page, bandes in enumerate(gabarit.feuilles(taille)):
            trouves += [f"feuille {page + 1} : {ecart}" for ecart in _coupes(document[page], gabarit, bandes)]
        nombre = len(document)
    return trouves if nombre == gabarit.nombre_feuilles(taille) else [f"{nombre} feuilles", *trouves]


def _symbole(page: pypdfium2.PdfPage, place: Place) -> Iterator[str]:
    """One symbol: its four sides, each edge of its timing patterns (one a module), the white round it."""
    blanc = ZONE_BLANCHE * place.pas
    gauche, haut = place.x - blanc, place.y - blanc
    image = _extrait(page, gauche, haut, place.x + place.cote + blanc, place.y + place.cote + blanc)
    mm = 25.4 / FIN
    # Looked for one module around: what lies further is ink where white should be.
    loin = round((blanc - place.pas) / mm)
    coeur = image.crop((loin, loin, image.width - loin, image.height - loin))
    boite = coeur.point([255] * 128 + [0] * 128).getbbox()
    if boite is None:
        yield "absent"
        return
    x, y, droite, bas = ((bord + loin) * mm + debut for bord, debut in zip(boite, (gauche, haut) * 2, strict=True))
    cotes = {
        "gauche": x - place.x,
        "haut": y - place.y,
        "largeur": droite - x - place.cote,
        "hauteur": bas - y - place.cote,
    }
    yield from (f"{nom} à {ecart:+.2f} mm" for nom, ecart in cotes.items() if abs(ecart) > JEU)
    # The sixth row and column alternate, one module dark, one white, between the corners.
    axe = round((6.5 * place.pas + blanc) / mm)
    bords = [0, *range(7, place.modules - 6), place.modules]
    for nom, ligne, debut, origine in (
        ("colonne", image.crop((0, axe, image.width, axe + 1)), gauche, place.x),
        ("rang", image.crop((axe, 0, axe + 1, image.height)), haut, place.y),
    ):
        gris = ligne.tobytes()
        vus = [rang * mm + debut for rang, (a, b) in enumerate(pairwise(gris), 1) if (a < 128) != (b < 128)]
        if len(vus) != len(bords):
            yield f"{nom} : {len(vus)} bords au lieu de {len(bords)}"
            continue
        pire = max((vu - origine - bord * place.pas for vu, bord in zip(vus, bords, strict=True)), key=abs)
        if abs(pire) > JEU:
            yield f"{nom} : un module à {pire:+.2f} mm"
    # What is left once the symbol and the grey of its own edge are taken away.
    jeu = round(JEU / mm)
    image.paste(255, (boite[0] + loin - jeu, boite[1] + loin - jeu, boite[2] + loin + jeu, boite[3] + loin + jeu))
    if image.getextrema() != (255, 255):
        yield "encre dans la zone blanche"


def _coupes(page: pypdfium2.PdfPage, gabarit: Gabarit, bandes: tuple[Bande | int, ...]) -> Iterator[str]:
    """Ink too near to a cut, to a perforation, to the line where a coupon is torn off its stub."""
    image = page.render(scale=GROS / 72, grayscale=True).to_pil().convert("L")
    points = GROS / 25.4
    encre = ImageDraw.Draw(image)

    def couvrir(x1: float, y1: float, x2: float, y2: float) -> None:
        encre.rectangle((x1 * points, y1 * points, x2 * points, y2 * points), fill=255)

    def tache(x1: float, y1: float, x2: float, y2: float) -> bool:
        zone = image.crop((round(x1 * points), round(y1 * points), round(x2 * points), round(y2 * points)))
        return zone.getextrema() != (255, 255)

    dechirures = [
        (max(gabarit.haut + gabarit.pas * rang, EN_TETE), gabarit.haut + gabarit.pas * (rang + 1))
        for rang, contenu in enumerate(bandes)
        if isinstance(contenu, int)
    ]
    for haut, bas in dechirures:
        couvrir(X_DECHIRURE - TRAIT, haut, X_DECHIRURE + TRAIT, bas)
    gauche, droite = (0.0, LARGEUR_A4) if gabarit.perfore else BORDS_BANDE
    coupes = gabarit.coupes(len(bandes))
    for y in coupes:
        if not gabarit.perfore:
            couvrir(0, y - TRAIT, LARGEUR_A4, y + TRAIT)
        # Above the first cut and under the last one of plain paper is the margin, which says what sheet this is.
        haut = y if not gabarit.perfore and y == coupes[0] else y - LIBRE
        bas = y if not gabarit.perfore and y == coupes[-1] else min(y + LIBRE, HAUTEUR_A4)
        if tache(gauche, haut, droite, bas):
            yield f"encre près de la coupe à {y} mm"
    for haut, bas in dechirures:
        if tache(X_DECHIRURE - LIBRE, haut + TRAIT, X_DECHIRURE + LIBRE, bas - TRAIT):
            yield f"encre près de la ligne à déchirer, entre {haut} et {bas} mm"


def _extrait(page: pypdfium2.PdfPage, x1: float, y1: float, x2: float, y2: float) -> Image.Image:
    """A part of the page, mm from its top left corner, fine enough to be measured."""
    largeur, hauteur = page.get_size()
    bords = (x1 / MM_PAR_POINT, hauteur - y2 / MM_PAR_POINT, largeur - x2 / MM_PAR_POINT, y1 / MM_PAR_POINT)
    return page.render(scale=FIN / 72, grayscale=True, crop=bords).to_pil().convert("L")
