"""Sentences that flow: words set on lines of one width, blocks kept whole, and as many pages as it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from passdesk.domain.dessin import MM_PAR_POINT, Element, Mesure, Page
from passdesk.printing.mise_en_page import Morceau, largeur_ligne, ligne

Phrase = tuple[tuple[str, bool], ...]
"""A sentence in pieces: words, and whether they are bold. Data stands in it as it is: nothing is read as markup."""

_Ligne = list[list[Morceau]]
"""The words of a line, each in its pieces."""
SEUL = 0.2
"""A last line shorter than this part of the width is a word alone."""
_ANNEE = re.compile(r"(19|20)\d\d\b")
_PREMIER = re.compile(r"(?<!\w)1er(?!\w)")


def simple(texte: str) -> Phrase:
    """A sentence all in the regular cut."""
    return ((texte, False),)


def grasse(texte: str) -> Phrase:
    """A sentence all in bold."""
    return ((texte, True),)


def en_lignes(phrase: Phrase, corps: float, largeur: float, mesure: Mesure) -> list[list[Morceau]]:
    """The sentence on lines of at most `largeur` mm, cut at plain spaces; only a word too long is cut inside.

    No number is left at the end of a line without what it counts, no year goes without its month, and no short word is
    alone on the last line.
    """
    lignes: list[_Ligne] = []
    courante: _Ligne = []
    for mot in _mots(phrase, corps):
        for partie in _tenir(mot, largeur, mesure):
            if courante and largeur_ligne(_unir([*courante, partie], corps), mesure) > largeur:
                lignes.append(courante)
                courante = _emporter(courante, partie) if partie[0] is mot[0] else []
                if courante and largeur_ligne(_unir([*courante, partie], corps), mesure) > largeur:
                    lignes[-1], courante = [*lignes[-1], *courante], []
            courante = [*courante, partie]
    if courante:
        lignes.append(courante)
    _accompagner_le_dernier(lignes, corps, largeur, mesure)
    return [_fondre(_unir(posee, corps)) for posee in lignes]


def _unir(mots: _Ligne, corps: float) -> list[Morceau]:
    """The words of a line with a space between them."""
    return [m for rang, mot in enumerate(mots) for m in ([Morceau(" ", corps)] if rang else []) + mot]


def _emporter(ligne_: _Ligne, suivant: list[Morceau]) -> _Ligne:
    """Takes off the end of a line the word that must stand beside the one that follows."""
    return [ligne_.pop()] if len(ligne_) > 1 and (_nombre(ligne_[-1]) or _annee(suivant)) else []


def _nombre(mot: list[Morceau]) -> bool:
    return _lu(mot) == "1er" or (_lu(mot).isdecimal() and not _annee(mot))


def _annee(mot: list[Morceau]) -> bool:
    return _ANNEE.match(_lu(mot)) is not None


def _lu(mot: list[Morceau]) -> str:
    return "".join(morceau.texte for morceau in mot)


def _accompagner_le_dernier(lignes: list[_Ligne], corps: float, largeur: float, mesure: Mesure) -> None:
    """The last word comes down with those before it, until it is a line that one sees."""
    if len(lignes) < 2:
        return
    avant, derniere = lignes[-2:]
    while len(avant) > 2 and largeur_ligne(_unir(derniere, corps), mesure) < SEUL * largeur:
        venus = [avant.pop()]
        venus = [*_emporter(avant, venus[0]), *venus]
        if largeur_ligne(_unir([*venus, *derniere], corps), mesure) > largeur:
            avant += venus
            return
        derniere[:0] = venus


def _fondre(morceaux: Sequence[Morceau]) -> list[Morceau]:
    """Neighbours of one style as one piece: the words of a line are one text to copy or to search."""
    fondus: list[Morceau] = []
    for morceau in morceaux:
        fondus = _coller(fondus, morceau)
    return fondus


def _mots(phrase: Phrase, corps: float) -> Iterator[list[Morceau]]:
    """Each word with its pieces: a bold date and the full stop after it stay together."""
    mot: list[Morceau] = []
    for texte, gras in phrase:
        for rang, partie in enumerate(re.split(r"[ \n\t]+", texte)):
            if rang and mot:
                yield mot
                mot = []
            if partie:
                mot += _premier_du_mois(partie, corps, gras)
    if mot:
        yield mot


def _premier_du_mois(texte: str, corps: float, gras: bool) -> list[Morceau]:
    """ "1er" with its *er* raised and smaller (ui/paper §1.6)."""
    morceaux: list[Morceau] = []
    debut = 0
    for trouve in _PREMIER.finditer(texte):
        morceaux += [
            Morceau(texte[debut : trouve.start() + 1], corps, gras),
            Morceau("er", corps * 0.62, gras, hausse=0.30 / 0.62),
        ]
        debut = trouve.end()
    return [*morceaux, Morceau(texte[debut:], corps, gras)] if texte[debut:] else morceaux


def _tenir(mot: list[Morceau], largeur: float, mesure: Mesure) -> Iterator[list[Morceau]]:
    """The word whole when it fits, else in pieces that do."""
    if largeur_ligne(mot, mesure) <= largeur:
        yield mot
        return
    reste: list[Morceau] = []
    for morceau in mot:
        for signe in morceau.texte:
            lettre = Morceau(signe, morceau.corps, morceau.gras, morceau.hausse)
            if reste and largeur_ligne([*reste, lettre], mesure) > largeur:
                yield reste
                reste = []
            reste = _coller(reste, lettre)
    if reste:
        yield reste


def _coller(morceaux: list[Morceau], lettre: Morceau) -> list[Morceau]:
    dernier = morceaux[-1] if morceaux else None
    if dernier is not None and (dernier.corps, dernier.gras, dernier.hausse) == (
        lettre.corps, lettre.gras, lettre.hausse,
    ):  # fmt: skip
        return [*morceaux[:-1], Morceau(dernier.texte + lettre.texte, lettre.corps, lettre.gras, lettre.hausse)]
    return [*morceaux, lettre]


def interligne(corps: float) -> float:
    """From a baseline to the next, mm: 6.4 at 13 points."""
    return corps * MM_PAR_POINT * 1.4


@dataclass(slots=True)
class Flux:
    """Pages filled from the top: `y` is where the next thing starts; nothing is drawn below `bas` (mm)."""

    haut: float
    bas: float
    mesure: Mesure
    y: float = 0.0
    _pages: list[list[Element]] = field(default_factory=lambda: [[]])

    @property
    def hauteur_de_page(self) -> float:
        """What a fresh page holds, mm."""
        return self.bas - self.haut

    def reserver(self, hauteur: float) -> None:
        """Goes to the next page when `hauteur` mm do not fit on this one and would on a fresh one."""
        if self.y + hauteur > self.bas and self.y > self.haut:
            self._pages.append([])
            self.y = self.haut

    def tracer(self, *elements: Element) -> None:
        """Draws on the present page."""
        self._pages[-1] += elements

    def lignes(self, x: float, lignes: Sequence[Sequence[Morceau]], corps: float) -> None:
        """Sets lines one under the other, each on the next page when it must."""
        pas = interligne(corps)
        for morceaux in lignes:
            self.reserver(pas)
            self.tracer(*ligne(x, self.y + pas * 0.72, morceaux, self.mesure))
            self.y += pas

    def pages(self) -> list[list[Element]]:
        """What was drawn, page by page."""
        return self._pages


def en_pages(pages: Sequence[Sequence[Element]]) -> tuple[Page, ...]:
    """Drawing lists as pages."""
    return tuple(Page(tuple(elements)) for elements in pages)
