"""The typefaces of the paper: registration, coverage, fallback by run of text, and widths.

The PDF library drops a missing glyph in silence ("Nguy n"): no text reaches it before `troncons` has split it.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from passdesk.domain.dessin import MM_PAR_POINT
from passdesk.ressources import chemin

FONTES = {
    ("principale", False): ("PassDesk", "PassDeskLisible-Regular.ttf"),
    ("principale", True): ("PassDesk-Gras", "PassDeskLisible-Bold.ttf"),
    ("secours", False): ("DejaVu", "DejaVuSans.ttf"),
    ("secours", True): ("DejaVu-Gras", "DejaVuSans-Bold.ttf"),
}
TAILLE_SECOURS = 0.92
"""DejaVu is drawn at 92 % of the size, so that both faces look as tall (ui/paper §1.2)."""

_verrou = threading.Lock()


@dataclass(frozen=True, slots=True)
class Troncon:
    """A run of text in one face: `police` is its registered name, `taille` the part of the size it is drawn at."""

    police: str
    texte: str
    taille: float = 1.0


@cache
def enregistrer() -> None:
    """Read the four faces once for the whole process."""
    for nom, fichier in FONTES.values():
        pdfmetrics.registerFont(TTFont(nom, str(chemin("fonts", fichier))))


def police(nom: str) -> TTFont:
    """A registered face by its name ("PassDesk", "DejaVu-Gras"…)."""
    with _verrou:
        enregistrer()
    return pdfmetrics.getFont(nom)


def _connait(nom: str, signes: str) -> bool:
    glyphes = police(nom).face.charToGlyph
    return all(ord(signe) in glyphes for signe in signes)


def _hors_de_portee(signe: str) -> bool:
    """What comes out wrong letter after letter: from right to left, or with vowels that move round their consonant.

    Beyond U+FFFF the PDF library writes a text nobody can search or copy.
    """
    mobile = unicodedata.category(signe) in ("Mn", "Mc") and not unicodedata.combining(signe)
    return ord(signe) > 0xFFFF or mobile or unicodedata.bidirectional(signe) in ("R", "AL")


def _grappes(texte: str) -> Iterator[str]:
    """Each letter with its combining marks, composed where Unicode can; blanks become plain, invisible marks leave."""
    grappe = ""
    for signe in unicodedata.normalize("NFC", texte):
        genre = unicodedata.category(signe)
        if genre == "Cf":
            continue
        if signe in "\t\n\r\v\f\u2028\u2029" or (genre == "Zs" and signe != "\u00a0"):
            signe = " " if signe != "\u202f" else "\u00a0"
        if grappe and unicodedata.combining(signe):
            grappe += signe
            continue
        if grappe:
            yield grappe
        grappe = signe
    if grappe:
        yield grappe


@lru_cache(maxsize=4096)
def _choisir(grappe: str, gras: bool) -> tuple[str, str, float]:
    """Face, text and part of the size for one letter; marks that are not composed need the face that places them."""
    principale, secours = FONTES["principale", gras][0], FONTES["secours", gras][0]
    if not any(_hors_de_portee(signe) for signe in grappe):
        if len(grappe) == 1 and _connait(principale, grappe):
            return principale, grappe, 1.0
        if _connait(secours, grappe):
            return secours, grappe, TAILLE_SECOURS
    numeros = "".join(f"[U+{ord(signe):04X}]" for signe in grappe)
    return principale, numeros, 1.0


@lru_cache(maxsize=8192)  # a layout measures the same words at each size and at each sheet
def troncons(texte: str, gras: bool = False) -> tuple[Troncon, ...]:
    """The text cut into runs of one face. What no face can draw is written by its number, "[U+1F600]"."""
    faits: list[Troncon] = []
    for grappe in _grappes(texte):
        nom, signes, taille = _choisir(grappe, gras)
        if faits and faits[-1].police == nom:
            faits[-1] = Troncon(nom, faits[-1].texte + signes, taille)
        else:
            faits.append(Troncon(nom, signes, taille))
    return tuple(faits)


def sans_glyphe(texte: str, gras: bool = False) -> tuple[str, ...]:
    """The characters that would be printed by their number, once each, in order: warn on screen before printing."""
    manquants: dict[str, None] = {}
    for grappe in _grappes(texte):
        if _choisir(grappe, gras)[1] != grappe:
            manquants.update(dict.fromkeys(grappe))
    return tuple(manquants)


class Metriques:
    """Widths from the shipped faces, fallback included (the `Mesure` of the layouts)."""

    def largeur(self, texte: str, corps: float, gras: bool = False, interlettre: float = 0.0) -> float:
        """Width in mm, without kerning, as both back ends draw it."""
        points = 0.0
        for troncon in troncons(texte, gras):
            points += pdfmetrics.stringWidth(troncon.texte, troncon.police, corps * troncon.taille)
            points += len(troncon.texte) * interlettre * corps
        return float(points) * MM_PAR_POINT
