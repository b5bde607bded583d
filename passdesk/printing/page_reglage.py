"""The calibration page of a printer: two rulers, a cross, the corners, black, type, and a code worth nothing
(ui/paper §7)."""

from __future__ import annotations

from passdesk.domain.dessin import (
    HAUTEUR_A4,
    LARGEUR_A4,
    MM_PAR_POINT,
    Ancre,
    Cadre,
    Chemin,
    Element,
    Matrice,
    Mesure,
    Page,
    Papier,
    Texte,
    Trait,
    cercle,
)
from passdesk.domain.francais import typographie
from passdesk.domain.reglage_imprimante import CROIX, REGLE
from passdesk.printing.fontes import Metriques
from passdesk.printing.mise_en_page import HAUTEUR_CAPITALE
from passdesk.printing.pose import poser
from passdesk.printing.qr import MODULE_CERTIFICAT, MODULE_PASS, matrice_pass
from passdesk.printing.toile_pdf import ecrire_pdf
from passdesk.protocol.essai import code_d_essai

TITRE = "Page de réglage de l’imprimante"
COINS = (5.0, 8.0, 10.0)
"""How far from the edges each corner mark stands, mm."""
MODULES = (
    (42.0, MODULE_PASS, "2,4 pt : carnet"),
    (94.8, MODULE_CERTIFICAT, "1,92 pt : couverture"),
    (140.5, 1.44, "1,44 pt : essai"),
)
"""x of each code, side of its module in points, what is written under it."""
PIED_CODES = 256.0
CONSIGNES = (
    (50.0, 30.0, "Mesurez les deux traits avec une règle. Ils doivent faire 100 mm."),
    (101.0, 60.0, "Mesurez du centre de la croix au bord du papier."),
    (134.0, 60.0, "Dans les coins, entourez le plus petit chiffre visible."),
    (174.3, 30.0, "Le noir doit être plein, sans raie. Le texte doit rester net."),
    (212.3, 30.0, "Scannez les trois carrés. Le plus grand doit toujours passer."),
)
"""The five steps: centre of the circle from the top, left of the circle, the sentence."""


def papier_reglage() -> Papier:
    """The page as a PDF and as a page for a printer; same bytes every time, and no printer moves it."""
    page = page_reglage(Metriques())
    return Papier("PassDesk page de reglage", ecrire_pdf([page], TITRE, [0]), (poser(page),), brut=True)


def page_reglage(mesure: Mesure) -> Page:
    """The sheet. Nothing on it is a pass: its code is signed under key number 0."""
    essai = "Page d’essai, sans valeur. Imprimez-la à 100 %, sans « ajuster à la page »."
    elements: list[Element] = [
        Texte(30, 30, TITRE, 20, gras=True),
        Texte(30, 36.8, typographie(essai), 12),
        *(element for rang, consigne in enumerate(CONSIGNES, start=1) for element in _consigne(rang, *consigne)),
        *_coins(),
        *_regles(),
        *_mesures_a_noter(),
        *_noir_et_texte(),
        *_codes(),
        *_pied(mesure),
    ]
    return Page(tuple(elements))


def _consigne(rang: int, y: float, x: float, phrase: str) -> list[Element]:
    base = y + HAUTEUR_CAPITALE * 14 * MM_PAR_POINT / 2
    return [
        cercle(x + 4.3, y, 4.3, 1.4),
        Texte(x + 4.3, base, str(rang), 14, gras=True, ancre=Ancre.CENTRE),
        Texte(x + 12, y + 2, phrase, 12),
    ]


def _coins() -> list[Element]:
    """Three brackets in each corner: what the printer cannot reach does not come out."""
    elements: list[Element] = []
    for bord in COINS:
        for droite in (False, True):
            for bas in (False, True):
                x = LARGEUR_A4 - bord if droite else bord
                y = HAUTEUR_A4 - bord if bas else bord
                vers_x, vers_y = (-9 if droite else 9), (-9 if bas else 9)
                elements += [Trait(x, y, x + vers_x, y, 0.5), Trait(x, y, x, y + vers_y, 0.5)]
                ancre = Ancre.DROITE if droite else Ancre.GAUCHE
                elements.append(Texte(x + vers_x + (-1.2 if droite else 1.2), y + 1.1, f"{bord:.0f}", 9, ancre=ancre))
    return elements


def _regles() -> list[Element]:
    """Two rulers of 100 mm, a tick a millimetre."""
    x0, y0, x1, y1 = 60.0, 68.0, 32.0, 62.0
    elements: list[Element] = [Trait(x0, y0, x0 + REGLE, y0, 0.7), Trait(x1, y1, x1, y1 + REGLE, 0.7)]
    for mm in range(int(REGLE) + 1):
        dizaine = mm % 10 == 0
        trait = 6.0 if dizaine else 4.0 if mm % 5 == 0 else 2.2
        epaisseur = 0.7 if dizaine else 0.35
        elements.append(Trait(x0 + mm, y0, x0 + mm, y0 - trait, epaisseur))
        elements.append(Trait(x1, y1 + mm, x1 + trait, y1 + mm, epaisseur))
        if dizaine:
            elements.append(Texte(x0 + mm, 60.7, str(mm), 9, ancre=Ancre.CENTRE))
            elements.append(Texte(x1 + 8.2, y1 + mm + 1.1, str(mm), 9))
    return elements


def _mesures_a_noter() -> list[Element]:
    """The boxes to write in, beside what they ask; and the cross."""
    x, y = CROIX
    elements: list[Element] = [
        Texte(60, 79, "Trait couché (mm)", 12),
        Cadre(102, 73, 26, 8, 0.9),
        Texte(60, 89, "Trait debout (mm)", 12),
        Cadre(102, 83, 26, 8, 0.9),
        Texte(134, 79, "Moins de 98 ou plus de", 12),
        Texte(134, 84.8, typographie("102 : on n’imprime pas."), 12),
        Trait(x - 5, y, x + 5, y, 0.5),
        Trait(x, y - 5, x, y + 5, 0.5),
        Texte(92, 113.2, typographie("bord gauche : 80 mm"), 12),
        Cadre(140, 107.4, 26, 8, 0.9),
        Texte(92, 122.4, typographie("bord haut : 115 mm"), 12),
        Cadre(140, 116.6, 26, 8, 0.9),
    ]
    for debut, mots, colonnes in ((72.0, "En haut :", (92.0, 99.3, 106.4)), (121.6, "En bas :", (139.8, 147.0, 154.0))):
        elements.append(Texte(debut, 143.2, typographie(mots), 12))
        elements += [Texte(colonne, 143.2, f"{bord:.0f}", 12) for colonne, bord in zip(colonnes, COINS, strict=True)]
    return elements


def _noir_et_texte() -> list[Element]:
    carre = Chemin((("M", (42, 181)), ("L", (58, 181)), ("L", (58, 197)), ("L", (42, 197)), ("Z", ())))
    elements: list[Element] = [carre]
    for y, epaisseur, mots in (
        (182.7, 0.25, "0,25 pt"),
        (186.9, 0.5, "0,5 pt"),
        (191.1, 1.0, "1 pt"),
        (195.4, 2.0, "2 pt"),
    ):
        elements += [Trait(66, y, 86, y, epaisseur), Texte(88, y + 1, mots, 8)]
    for y, corps in ((183.6, 8), (187.3, 9), (191.3, 10), (195.9, 12), (201.2, 14)):
        elements.append(Texte(106, y, f"{corps} pt  Île, œuf, n° 0 O, 1 l I, 8 B", corps))
    return elements


def _codes() -> list[Element]:
    """The same test code at three sizes, on one foot line."""
    matrice = matrice_pass(code_d_essai())
    elements: list[Element] = []
    for x, module, mots in MODULES:
        code = Matrice(x, PIED_CODES - len(matrice) * module * MM_PAR_POINT, module, matrice)
        elements += [code, Texte(x, 264.3, typographie(mots), 10)]
    return elements


def _pied(mesure: Mesure) -> list[Element]:
    """What the agent writes by hand, to find the sheet again."""
    elements: list[Element] = []
    for x, mots, fin in ((30.0, "Imprimante :", 100.0), (103.9, "Bac :", 130.0), (134.0, "Date :", 180.0)):
        texte = Texte(x, 277.5, typographie(mots), 11)
        debut = x + mesure.largeur(texte.texte, 11) + 1.4
        elements += [texte, Trait(debut, 278.2, fin, 278.2, 0.7)]
    return elements
