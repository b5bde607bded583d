"""The typeface: loaded once from the shipped files, asked for by family and weight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from passdesk.ressources import chemin

FAMILLE = "Atkinson Hyperlegible Next"


@dataclass(frozen=True, slots=True)
class Style:
    """Size in pixels at 100 % and weight."""

    taille: int
    graisse: int


STYLES = {
    "number": Style(40, 600),
    "h1": Style(28, 600),
    "headline": Style(26, 600),
    "h2": Style(20, 600),
    "strong": Style(16, 600),
    "body": Style(16, 400),
    "button": Style(16, 500),
    "primary": Style(16, 600),
    "label": Style(15, 500),
    "small": Style(15, 400),
    "smallstrong": Style(15, 600),
    "key": Style(14, 500),
}


def load_polices() -> None:
    """Registers every shipped weight, once per process; a missing weight would be faked by Qt."""
    if FAMILLE in QFontDatabase.families():
        return
    # The second for letters the first lacks, the third for what is printed.
    for motif in ("AtkinsonHyperlegibleNext-*.ttf", "DejaVuSans*.ttf", "PassDeskLisible-*.ttf"):
        for fichier in sorted(chemin("fonts").glob(motif)):
            QFontDatabase.addApplicationFont(str(fichier))


def police(role: str, echelle: float) -> QFont:
    """The font of a role of STYLES, in pixels times the text scale, without hinting (guide §10.13)."""
    return QFont(_police(role, echelle))


@lru_cache(maxsize=256)
def metrique(role: str, echelle: float) -> QFontMetricsF:
    """Its measures: a page asks for them some hundreds of times."""
    return QFontMetricsF(_police(role, echelle))


@lru_cache(maxsize=256)
def _police(role: str, echelle: float) -> QFont:
    style = STYLES[role]
    fonte = QFont(FAMILLE)
    fonte.setPixelSize(round(style.taille * echelle))
    fonte.setWeight(QFont.Weight(style.graisse))
    fonte.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return fonte
