"""A pass on paper: a strip of 190 × 54 mm, a stub to keep and a coupon to give (ui/paper §2)."""

from __future__ import annotations

from passdesk.domain.dessin import MM_PAR_POINT, Cadre, Element, Matrice, Mesure, Texte, Trait
from passdesk.domain.francais import ESPACE, euros
from passdesk.printing.carnet_imprime import CarnetImprime, PassImprime
from passdesk.printing.mise_en_page import (
    BANDE,
    EXEMPLE,
    Morceau,
    bande_exemple,
    cartouche_exemple,
    cellules,
    largeur_ligne,
    ligne,
    morceaux_date,
)
from passdesk.printing.pictogrammes import pictogramme
from passdesk.printing.qr import MODULE_PASS, matrice_pass

X_DECHIRURE, X_TALON, X_COUPON, FIN_TEXTE = 58.0, 19.0, 64.0, 154.0
X_QR, Y_QR = 159.90, 9.64


def bande_pass(carnet: CarnetImprime, un_pass: PassImprime, y: float, mesure: Mesure) -> list[Element]:
    """Stub and coupon; `y`: top of the strip."""
    return [trait_dechirure(y, BANDE), *talon(carnet, un_pass, y, mesure), *coupon(carnet, un_pass, y, mesure)]


def trait_dechirure(y: float, hauteur: float) -> Trait:
    """The line along which the coupon is torn off; it stops short of the cuts."""
    return Trait(X_DECHIRURE, y + 2.5, X_DECHIRURE, y + hauteur - 2.5, 0.7, (2, 2))


def talon(carnet: CarnetImprime, un_pass: PassImprime, y: float, mesure: Mesure) -> list[Element]:
    """The stub at the left of the tear line; nothing is printed where the staples go (x 10–19)."""
    carnet_seul, deux_chiffres = un_pass.serie[:-3], un_pass.serie[-2:]
    derniers = cellules(X_TALON, y + 34.4, deux_chiffres, cellule=0.60)
    mot_cle = Texte(X_TALON + derniers.largeur + 2.2, y + 34.4, "clé", 12)
    x_cle = mot_cle.x + mesure.largeur(f"clé{ESPACE}", 12)
    elements: list[Element] = [
        Texte(X_TALON, y + 11.8, "À garder", 12),
        *_rang_sur(X_TALON, y + 22.4, un_pass.rang, carnet.taille, 14, mesure),
        cellules(X_TALON, y + 29.2, carnet_seul, cellule=0.60),
        derniers,
        mot_cle,
        cellules(x_cle, y + 34.4, un_pass.cle, cellule=0.60),
        Texte(X_TALON, y + 41.2, "Utilisé le", 11, gras=True),
        Trait(38.6, y + 41.8, 54, y + 41.8, 0.9),
        Texte(X_TALON, y + 48.8, "Lieu", 11, gras=True),
        Trait(28.6, y + 49.4, 54, y + 49.4, 0.9),
    ]
    if carnet.sans_valeur:
        elements.append(Texte(X_TALON, y + 6.4, EXEMPLE, 9, gras=True))
    return elements


def coupon(carnet: CarnetImprime, un_pass: PassImprime, y: float, mesure: Mesure) -> list[Element]:
    """The coupon: value, rank, date, number; the QR alone on white at the right."""
    elements: list[Element] = [
        *pictogramme("ordinateur", 63.4, y + 5.4, 8.4),
        Texte(74.4, y + 11.8, "Pass numérique", 18, gras=True),
        *valeur(63.2, y + 28.6, carnet.valeur_cents, 44, 102, mesure),
        Cadre(104, y + 17.2, 50, 12.4, 1.6, 2),
        *_rang_encadre(y + 26.9, un_pass.rang, carnet.taille, mesure),
        *ligne(
            X_COUPON,
            y + 38,
            [Morceau("Valable jusqu’au ", 14), *morceaux_date(carnet.dernier_jour, 14)],
            mesure,
        ),
        *_numero(y + 48.8, un_pass, mesure),
        Matrice(X_QR, y + Y_QR, MODULE_PASS, matrice_pass(un_pass.qr_texte)),
    ]
    if carnet.sans_valeur:
        elements += cartouche_exemple(126, y + 4.4, FIN_TEXTE - 126, 11, 12)
        elements += bande_exemple(X_COUPON, y + 39.9, FIN_TEXTE - X_COUPON, 4.6, 12, mesure)
    return elements


def _rang_sur(x: float, y: float, rang: int, taille: int, corps: float, mesure: Mesure) -> list[Texte]:
    return ligne(x, y, [Morceau(str(rang), 30, True), Morceau(f"sur {taille}", corps, avance=2.0)], mesure)


def _rang_encadre(y: float, rang: int, taille: int, mesure: Mesure) -> list[Texte]:
    morceaux = [
        Morceau("n°", 16),
        Morceau(str(rang), 30, True, avance=1.8),
        Morceau(f"sur {taille}", 16, avance=1.8),
    ]
    return ligne(129 - largeur_ligne(morceaux, mesure) / 2, y, morceaux, mesure)


def valeur(x: float, y: float, cents: int, corps: float, fin: float, mesure: Mesure) -> list[Texte]:
    """ "10 €" with a narrow space: 0.14 em; smaller when it would go past `fin` (mm)."""
    nombre, signe = euros(cents).rsplit(ESPACE, 1)
    large = mesure.largeur(nombre + signe, corps, True) + 0.14 * corps * MM_PAR_POINT
    corps *= min(1.0, (fin - x) / large)
    blanc = 0.14 * corps * MM_PAR_POINT
    return ligne(x, y, [Morceau(nombre, corps, True), Morceau(signe, corps, True, avance=blanc)], mesure)


def _numero(y: float, un_pass: PassImprime, mesure: Mesure) -> list[Element]:
    x = X_COUPON
    elements: list[Element] = []
    for mot, chiffres in (("N°", un_pass.serie), ("clé", un_pass.cle)):
        elements.append(Texte(x, y, mot, 12))
        x += mesure.largeur(f"{mot}{ESPACE}", 12)
        nombre = cellules(x, y, chiffres)
        elements.append(nombre)
        x += nombre.largeur + 2.4
    elements.append(Texte(x, y, "code", 12))
    x += mesure.largeur(f"code{ESPACE}", 12)
    elements.append(Texte(x, y, un_pass.code, 12, gras=True, interlettre=0.07))
    return elements
