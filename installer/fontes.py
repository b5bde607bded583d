"""Derive "PassDesk Lisible" from Atkinson Hyperlegible Next: the same face with a plain zero (ui/paper §1.3).

    python installer/fontes.py            # writes resources/fonts/PassDeskLisible-*.ttf
    python installer/fontes.py --verifier # derives again and compares with the files kept; exit 1 if they differ

The same source gives the same bytes. The OFL allows it under another name; no name was reserved.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTES = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FAMILLE = "PassDesk Lisible"
AVIS = " Modified for PassDesk, 2026: plain zero, renamed."
GRAISSES = ("Regular", "Bold")

Contour = list[tuple[str, tuple[tuple[float, float], ...]]]


def contours(fonte: TTFont, glyphe: str) -> list[Contour]:
    """The closed contours of a glyph as pen calls, in file order."""
    stylo = DecomposingRecordingPen(fonte.getGlyphSet())
    fonte.getGlyphSet()[glyphe].draw(stylo)
    tous: list[Contour] = []
    for operation, points in stylo.value:
        if operation in ("moveTo", "qCurveTo") and (not tous or tous[-1][-1][0] == "closePath"):
            tous.append([])
        tous[-1].append((operation, points))
    return tous


def etendue(lot: list[Contour]) -> tuple[float, float, float, float]:
    """xMin, yMin, xMax, yMax over the points of several contours, in font units."""
    points = [p for contour in lot for _, ps in contour for p in ps if p is not None]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def zero_nu(fonte: TTFont) -> None:
    """Keep the zero's outer contour; its counter becomes O's, stretched over the room of the two slashed halves."""
    dehors, *moities = contours(fonte, "zero")
    (oeil,) = contours(fonte, "O")[1:]
    gauche, bas, droite, haut = etendue(moities)
    source = etendue([oeil])
    largeur = (droite - gauche) / (source[2] - source[0])
    hauteur = (haut - bas) / (source[3] - source[1])
    stylo = TTGlyphPen(None)
    cale = TransformPen(stylo, (largeur, 0, 0, hauteur, gauche - source[0] * largeur, bas - source[1] * hauteur))
    for plume, contour in ((stylo, dehors), (cale, oeil)):
        for operation, points in contour:
            getattr(plume, operation)(*points)
    fonte["glyf"]["zero"] = stylo.glyph()


def renommer(fonte: TTFont, graisse: str) -> None:
    """Every name of the face becomes ours; the copyright and licence of the original stay."""
    postscript = f"{FAMILLE.replace(' ', '')}-{graisse}"
    noms = {
        1: FAMILLE,
        2: graisse,
        3: f"2.001;PassDesk;{postscript}",
        4: f"{FAMILLE} {graisse}".removesuffix(" Regular"),
        6: postscript,
        25: FAMILLE.replace(" ", ""),
    }
    table = fonte["name"]
    for nom in list(table.names):
        if nom.nameID in noms:
            nom.string = noms[nom.nameID]
        elif nom.nameID == 0:
            nom.string = nom.toUnicode() + AVIS


def deriver(graisse: str) -> bytes:
    """The derived TTF of one weight ("Regular", "Bold"), always the same bytes."""
    fonte = TTFont(FONTES / f"AtkinsonHyperlegibleNext-{graisse}.ttf", recalcTimestamp=False)
    zero_nu(fonte)
    renommer(fonte, graisse)
    sortie = io.BytesIO()
    fonte.save(sortie, reorderTables=None)
    return sortie.getvalue()


def main(arguments: list[str]) -> int:
    """Write the derived files, or compare them with what is kept."""
    ecarts = 0
    for graisse in GRAISSES:
        cible = FONTES / f"PassDeskLisible-{graisse}.ttf"
        octets = deriver(graisse)
        if "--verifier" not in arguments:
            cible.write_bytes(octets)
        elif not cible.exists() or cible.read_bytes() != octets:
            print(f"{cible.name} diffère de sa source.")
            ecarts += 1
    return 1 if ecarts else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
