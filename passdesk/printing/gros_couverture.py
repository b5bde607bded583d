"""The cover in large print: strips of 190 × 90 mm, 20 points and more (ui/paper §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from passdesk.domain.dessin import MM_PAR_POINT, Element, Matrice, Mesure, Texte, Trait
from passdesk.domain.francais import date_en_lettres, telephone, typographie
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.feuille_couverture import X_FIN, X_TEXTE
from passdesk.printing.gros_dessin import CORPS, numero
from passdesk.printing.gros_lieux import X_LIEU, PlaceLieu, dessin_lieu
from passdesk.printing.mise_en_page import (
    Morceau,
    bande_exemple,
    cartouche_exemple,
    corps_qui_tient,
    ligne,
    morceaux_date,
)
from passdesk.printing.nom_imprime import PLACE_GROS, lignes_nom
from passdesk.printing.pictogrammes import pictogramme
from passdesk.printing.qr import MODULE_CERTIFICAT, matrice_certificat

X_TITRE, X_AIDE, X_EXEMPLE = 51.0, 46.0, 141.6
HAUTEUR_LIEU = 42.0
Y_CERTIFICAT = 8.2

ETAPES = (
    ("repere", "Choisissez un lieu près de chez vous."),
    ("telephone", "Téléphonez pour prendre rendez-vous."),
    ("coupon_donne", "Apportez votre carnet. Donnez un pass."),
    ("aide", "Une personne vous aide à apprendre."),
)
DONNEES = (
    "Votre nom n’est pas dans les carrés noirs.",
    "Vous pouvez demander à voir votre dossier,",
    "à le corriger ou à l’effacer.",
)


def devant(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """Strip 1: what it is, until when, whose (if the person likes)."""
    lettres = f"({date_en_lettres(carnet.dernier_jour)})"
    # A long date goes back to the margin, under the calendar, before it would be made smaller.
    x_lettres = X_TITRE if mesure.largeur(lettres, CORPS) <= X_FIN - X_TITRE else X_TEXTE
    corps_lettres = corps_qui_tient(lettres, CORPS, False, X_FIN - x_lettres, mesure)
    elements: list[Element] = [
        *pictogramme("ordinateur", 22.9, y + 9.5, 22),
        Texte(X_TITRE, y + 19.4, f"Carnet de {carnet.taille}", 28, gras=True),
        Texte(X_TITRE, y + 31.4, "pass numériques", 28, gras=True),
        *pictogramme("calendrier", 25, y + 38.2, 18.6),
        Texte(X_TITRE, y + 46, "Valable jusqu’au", CORPS),
        *ligne(X_TITRE, y + 56, morceaux_date(carnet.dernier_jour, 26), mesure),
        Texte(x_lettres, y + 65, lettres, corps_lettres),
    ]
    if carnet.nom:
        elements += lignes_nom(carnet.nom, y, mesure, PLACE_GROS)
    else:
        invite = typographie("Mon nom, si je veux :")
        debut = X_TEXTE + mesure.largeur(invite, CORPS) + 2
        elements += [Texte(X_TEXTE, y + 81, invite, CORPS), Trait(debut, y + 81.9, 194, y + 81.9, 0.9)]
    return elements + _exemple(carnet, y + 8, 18)


def mode_d_emploi(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:  # noqa: ARG001
    """Strip 2: four steps, one a line."""
    elements: list[Element] = [Texte(X_TEXTE, y + 15.2, typographie("Comment utiliser vos pass ?"), 24, gras=True)]
    for rang, (image, phrase) in enumerate(ETAPES):
        milieu = y + 27.1 + 16.4 * rang
        elements += numero(X_TEXTE + 5.7, milieu, rang + 1)
        elements += pictogramme(image, 39.8, milieu - 6.8, 13.6)
        elements.append(Texte(58, milieu + 2.7, typographie(phrase), CORPS))
    return elements + _exemple(carnet, y + 5.4, 14.6)


def aide(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """Strip 3: help by telephone, then the person's data."""
    appel = telephone(carnet.telephone_aide)
    horaires = typographie(" ".join(carnet.horaires_aide[:2]))
    large = X_FIN - X_AIDE
    elements: list[Element] = [
        *pictogramme("telephone", 24, y + 7.4, 15),
        Texte(X_AIDE, y + 15, typographie("Besoin d’aide ? Carnet perdu ?"), 24, gras=True),
        # The example's frame stands at the right of the number.
        Texte(X_AIDE, y + 28, appel, corps_qui_tient(appel, 34, True, 98, mesure), gras=True),
        Texte(X_AIDE, y + 38, horaires, corps_qui_tient(horaires, CORPS, False, large, mesure)),
        Trait(X_TEXTE, y + 44.2, 194, y + 44.2, 0.9),
        *pictogramme("cadenas", 25.4, y + 48.4, 12.6),
        Texte(X_AIDE, y + 56, "Vos données", CORPS, gras=True),
    ]
    for rang, phrase in enumerate(DONNEES):
        elements.append(Texte(X_AIDE, y + 65 + 9 * rang, typographie(phrase), CORPS))
    return elements + _exemple(carnet, y + 18.8, 12.4)


def lieux(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """The two nearest places; without any, where to ask for the list."""
    if not carnet.lieux:
        return _liste_des_lieux(carnet, y, mesure)
    elements: list[Element] = []
    for rang, lieu in enumerate(carnet.lieux[:2]):
        place = PlaceLieu(y + 14.4 + HAUTEUR_LIEU * rang, 4, X_FIN - X_LIEU, adresse_seule=True)
        dessin = dessin_lieu(lieu, rang + 1, place, mesure)
        if rang == 0 and carnet.sans_valeur and _depasse(dessin, y + 24, y + 40, mesure):
            dessin = dessin_lieu(lieu, 1, replace(place, largeur=X_EXEMPLE - 3 - X_LIEU), mesure)
        elements += dessin
    if len(carnet.lieux) > 1:
        elements.append(Trait(X_TEXTE, y + 46.2, 194, y + 46.2, 0.9))
    if carnet.sans_valeur:
        # Between two lines of the place, and as far from both.
        elements += bande_exemple(X_EXEMPLE, y + 27.8, X_FIN - X_EXEMPLE, 6.4, 12, mesure)
    return elements


def _depasse(dessin: Sequence[Element], haut: float, bas: float, mesure: Mesure) -> bool:
    """True when a line between these heights reaches the frame of the example."""
    lignes = [element for element in dessin if isinstance(element, Texte) and haut < element.y < bas]
    return any(t.x + mesure.largeur(t.texte, t.corps, t.gras) > X_EXEMPLE - 3 for t in lignes)


def _liste_des_lieux(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    appel = telephone(carnet.telephone_aide)
    return [
        *pictogramme("repere", X_TEXTE, y + 30, 20),
        Texte(X_TITRE, y + 37, "Demandez la liste des lieux", CORPS),
        Texte(X_TITRE, y + 46, "au guichet,", CORPS),
        *ligne(X_TITRE, y + 56, [Morceau("ou au ", CORPS), Morceau(appel, 24, True), Morceau(".", CORPS)], mesure),
        *_exemple(carnet, y + 8, 16),
    ]


def certificat(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """The last strip: the third place, and the certificate that a place scans once."""
    matrice = matrice_certificat(carnet.certificat_texte)
    cote = len(matrice) * MODULE_CERTIFICAT * MM_PAR_POINT
    elements: list[Element] = [
        Matrice(X_FIN - cote, y + Y_CERTIFICAT, MODULE_CERTIFICAT, matrice),
        Trait(X_TEXTE, y + 68, 194, y + 68, 0.9),
        Texte(X_TEXTE, y + 79.8, typographie("Pour le lieu : à scanner une fois."), CORPS),
        *_exemple(carnet, y + 71.4, 14.6),
    ]
    if len(carnet.lieux) > 2:
        place = PlaceLieu(y + 13.9, 6, X_FIN - cote - 5.4 - X_LIEU, adresse_seule=False)
        elements += dessin_lieu(carnet.lieux[2], 3, place, mesure)
    return elements


def _exemple(carnet: CarnetImprime, y: float, hauteur: float) -> list[Element]:
    return cartouche_exemple(147.6, y, 47, hauteur, 16) if carnet.sans_valeur else []
