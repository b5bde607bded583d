"""The coupon in large print: a strip of 190 × 90 mm, 20 points and more, the QR at its usual size (ui/paper §4)."""

from __future__ import annotations

from passdesk.domain.dessin import MM_PAR_POINT, Cadre, Cellules, Element, Matrice, Mesure, Texte, Trait
from passdesk.domain.francais import ESPACE
from passdesk.printing.carnet_imprime import CarnetImprime, PassImprime
from passdesk.printing.feuille_coupons import FIN_TEXTE, X_COUPON, X_QR, X_TALON, trait_dechirure, valeur
from passdesk.printing.mise_en_page import (
    EXEMPLE,
    Morceau,
    cartouche_exemple,
    corps_qui_tient,
    largeur_ligne,
    ligne,
    morceaux_date,
)
from passdesk.printing.pictogrammes import pictogramme
from passdesk.printing.qr import MODULE_PASS, matrice_pass

HAUTEUR = 90.0
CORPS = 20.0
X_CADRE, LARGEUR_CADRE = 112.0, 42.0


def bande_pass(carnet: CarnetImprime, un_pass: PassImprime, y: float, mesure: Mesure) -> list[Element]:
    """Stub and coupon; `y`: top of the strip."""
    return [
        trait_dechirure(y, HAUTEUR),
        *_talon(carnet, un_pass, y, mesure),
        *_coupon(carnet, un_pass, y, mesure),
    ]


def _talon(carnet: CarnetImprime, un_pass: PassImprime, y: float, mesure: Mesure) -> list[Element]:
    """The serial stands on three lines, the key after the last."""
    campagne, numero, rang = un_pass.serie.split(" ")
    derniers = _chiffres(X_TALON, y + 57, rang, 0.60)
    mot = Texte(X_TALON + derniers.largeur + 2.4, y + 57, "clé", CORPS)
    sur = [Morceau(str(un_pass.rang), 36, True), Morceau(f"sur {carnet.taille}", CORPS, avance=1.8)]
    elements: list[Element] = [
        Texte(X_TALON, y + 13, "À garder", CORPS),
        *ligne(X_TALON, y + 29, sur, mesure),
        _chiffres(X_TALON, y + 41, campagne, 0.60),
        _chiffres(X_TALON, y + 49, numero, 0.60),
        derniers,
        mot,
        _chiffres(mot.x + mesure.largeur(f"clé{ESPACE}", CORPS), y + 57, un_pass.cle, 0.60),
        Texte(X_TALON, y + 68, "Utilisé le", CORPS),
        Trait(X_TALON + 0.2, y + 82, 54, y + 82, 0.9),
    ]
    if carnet.sans_valeur:
        elements.append(Texte(X_TALON, y + 86, EXEMPLE, 9, gras=True))
    return elements


def _coupon(carnet: CarnetImprime, un_pass: PassImprime, y: float, mesure: Mesure) -> list[Element]:
    matrice = matrice_pass(un_pass.qr_texte)
    cote = len(matrice) * MODULE_PASS * MM_PAR_POINT
    titre = "Pass numérique"
    rang = [Morceau(str(un_pass.rang), 36, True), Morceau(f"sur {carnet.taille}", CORPS, avance=2.0)]
    milieu = X_CADRE + LARGEUR_CADRE / 2 - largeur_ligne(rang, mesure) / 2
    elements: list[Element] = [
        *pictogramme("ordinateur", 63.8, y + 6.4, 10),
        Texte(77.2, y + 14, titre, corps_qui_tient(titre, 24, True, FIN_TEXTE - 77.2, mesure), gras=True),
        *valeur(63.2, y + 37, carnet.valeur_cents, 60, X_CADRE - 4, mesure),
        Cadre(X_CADRE, y + 20.4, LARGEUR_CADRE, 18.6, 1.6, rayon=2),
        *ligne(milieu, y + 34.2, rang, mesure),
        Texte(X_COUPON, y + 49, "Valable jusqu’au", CORPS),
        *ligne(X_COUPON, y + 58, morceaux_date(carnet.dernier_jour, 24), mesure),
        *_numero(y, un_pass, mesure),
        Matrice(X_QR, y + (HAUTEUR - cote) / 2, MODULE_PASS, matrice),
    ]
    if carnet.sans_valeur:
        elements += cartouche_exemple(147.6, y + 4.2, 47, 13.4, 16)
        elements += cartouche_exemple(147.6, y + 69, 47, 16.4, 16)
    return elements


def _numero(y: float, un_pass: PassImprime, mesure: Mesure) -> list[Element]:
    """Serial on one line; key and code under it."""
    serie = _chiffres(X_COUPON + mesure.largeur(f"N°{ESPACE}", CORPS), y + 72, un_pass.serie)
    cle = _chiffres(X_COUPON + mesure.largeur(f"clé{ESPACE}", CORPS), y + 81, un_pass.cle)
    mot = Texte(cle.x + cle.largeur + 4, y + 81, "code", CORPS)
    x_code = mot.x + mesure.largeur(f"code{ESPACE}", CORPS)
    return [
        Texte(X_COUPON, y + 72, "N°", CORPS),
        serie,
        Texte(X_COUPON, y + 81, "clé", CORPS),
        cle,
        mot,
        Texte(x_code, y + 81, un_pass.code, CORPS, gras=True, interlettre=0.07),
    ]


def _chiffres(x: float, y: float, chiffres: str, cellule: float = 0.62) -> Cellules:
    return Cellules(x, y, chiffres, CORPS, gras=True, cellule=cellule)
