"""The cover: five strips cut like the coupons, in plain French, 14 points or more (ui/paper §3)."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.domain.dessin import MM_PAR_POINT, Ancre, Element, Matrice, Mesure, Texte, Trait, cercle
from passdesk.domain.francais import ESPACE, date_en_lettres, euros, telephone, typographie
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.lieu_imprime import GOUTTIERE, Champ, dessin_lieu
from passdesk.printing.mise_en_page import (
    BANDE,
    HAUTEUR_CAPITALE,
    Morceau,
    bande_exemple,
    cartouche_exemple,
    corps_qui_tient,
    ligne,
    morceaux_date,
)
from passdesk.printing.nom_imprime import lignes_nom
from passdesk.printing.pictogrammes import pictogramme
from passdesk.printing.qr import MODULE_CERTIFICAT, matrice_certificat

X_TEXTE, X_SECOND, X_FIN = 24.0, 112.0, 194.6
Y_EXEMPLE = 44.0
"""Top of the warning that stands under what fills the left column of a strip."""

ETAPES = (
    ("repere", ("Choisissez", "un lieu près", "de chez vous.")),
    ("telephone", ("Téléphonez", "pour prendre", "rendez-vous.")),
    ("coupon_donne", ("Apportez", "votre carnet.", "Donnez un pass.")),
    ("aide", ("Une personne", "vous aide", "à apprendre.")),
)
DONNEES = (
    "Votre nom n’est pas dans les carrés noirs.",
    "Le guichet et la Région gardent votre dossier.",
    "Vous pouvez demander à le voir,",
    "à le corriger ou à l’effacer.",
)


def devant(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """Strip 1: what it is, what it is worth, until when, whose (if the person likes)."""
    total = euros(carnet.taille * carnet.valeur_cents)
    fin = [Morceau("Valable jusqu’au ", 18), *morceaux_date(carnet.dernier_jour, 18)]
    elements: list[Element] = [
        *pictogramme("ordinateur", 23, y + 6, 15),
        Texte(42, y + 13, f"Carnet de {carnet.taille} pass numériques", 22, gras=True),
        Texte(42, y + 19.6, f"{carnet.taille} pass de {euros(carnet.valeur_cents)}, soit {total}", 14),
        *pictogramme("calendrier", 24.7, y + 24, 11.6),
        *ligne(42, y + 29.4, fin, mesure),
        Texte(42, y + 35.6, f"({date_en_lettres(carnet.dernier_jour)})", 14),
        Texte(X_FIN, y + 48.6, f"Carnet n°{ESPACE}{carnet.serie_carnet}", 12, ancre=Ancre.DROITE),
    ]
    if carnet.nom:
        elements += lignes_nom(carnet.nom, y, mesure)
    else:
        invite = typographie("Mon nom, si je veux :")
        elements.append(Texte(X_TEXTE, y + 48.6, invite, 14))
        debut = X_TEXTE + mesure.largeur(invite, 14) + 2
        elements.append(Trait(debut, y + 49.2, 142, y + 49.2, 0.9))
    if carnet.sans_valeur:
        elements += cartouche_exemple(160, y + 5, X_FIN - 160, 16, 16)
    return elements


def mode_d_emploi(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """Strip 2: four steps, each a number, a picture and words."""
    elements: list[Element] = [Texte(X_TEXTE, y + 11.6, typographie("Comment utiliser vos pass ?"), 18, gras=True)]
    for rang, (image, phrases) in enumerate(ETAPES):
        x = X_TEXTE + 43.4 * rang
        elements += _numero(x + 4.2, y + 22.2, rang + 1)
        elements += pictogramme(image, x + 11.8, y + 15.4, 13.6)
        elements += _lignes(x, (y + 35.6, y + 41.7, y + 47.8), phrases)
    if carnet.sans_valeur:
        elements += bande_exemple(114.6, y + 5.6, 80, 6.4, 14, mesure)
    return elements


def lieux(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """Strip 3: the two nearest places; without any, where to ask for the list."""
    if not carnet.lieux:
        elements: list[Element] = [
            *pictogramme("repere", X_TEXTE, y + 19.4, 13.6),
            *_liste_des_lieux(carnet, (y + 24.6, y + 32.6), 18, mesure),
        ]
        return elements + (bande_exemple(114.6, y + 5.6, 80, 6.4, 14, mesure) if carnet.sans_valeur else [])
    elements = [_filet(y), *_lieu(carnet, 0, y, mesure)]
    if len(carnet.lieux) > 1:
        elements += dessin_lieu(
            carnet.lieux[1], 2, Champ(X_SECOND, y, largeur=X_FIN - X_SECOND - GOUTTIERE, coin=60), mesure
        )
    return elements


def aide(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """Strip 4: the third place, or the list again; help by telephone, what to do when the carnet is lost."""
    numero = telephone(carnet.telephone_aide)
    if len(carnet.lieux) > 2:
        gauche = _lieu(carnet, 2, y, mesure)
    else:
        gauche = [
            *pictogramme("repere", 26, y + 14.4, 10),
            *_liste_des_lieux(carnet, (y + 14.8, y + 20.8, y + 26.8), 14, mesure),
            *_exemple_en_bas(carnet, y, mesure),
        ]
    return [
        *gauche,
        _filet(y),
        *pictogramme("telephone", 112.4, y + 5.2, 10),
        Texte(126, y + 11, typographie("Besoin d’aide ?"), 16, gras=True),
        Texte(126, y + 20.4, numero, corps_qui_tient(numero, 24, True, X_FIN - 126, mesure), gras=True),
        *_horaires(carnet, y, mesure),
        Texte(126, y + 41.6, typographie("Carnet perdu ou volé ?"), 14, gras=True),
        Texte(126, y + 47.6, "Appelez vite. On le bloque.", 14),
    ]


def donnees(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    """Strip 5: the person's data, and the certificate that a place scans once."""
    appel = f"Appelez le {telephone(carnet.telephone_aide)}."
    matrice = matrice_certificat(carnet.certificat_texte)
    cote = len(matrice) * MODULE_CERTIFICAT * MM_PAR_POINT
    pied = typographie("Pour le lieu : à scanner une fois, pour vérifier le guichet.")
    elements: list[Element] = [
        *pictogramme("cadenas", 23.3, y + 4.6, 8.6),
        Texte(34.5, y + 11.4, "Vos données", 16, gras=True),
        *_lignes(X_TEXTE, [y + 17.6 + 5.7 * rang for rang in range(5)], (*DONNEES, appel)),
        Trait(X_TEXTE, y + 43.4, 147, y + 43.4, 0.9),
        Texte(X_TEXTE, y + 48.8, pied, 12),
        Matrice(X_FIN - cote, y + (BANDE - cote) / 2, MODULE_CERTIFICAT, matrice),
    ]
    if carnet.sans_valeur:
        elements += bande_exemple(73, y + 5.6, 74, 6.4, 14, mesure)
    return elements


def _lieu(carnet: CarnetImprime, indice: int, y: float, mesure: Mesure) -> list[Element]:
    """A place of the left column; on an example, the warning stands under it, and it has that much less room."""
    if not carnet.sans_valeur:
        return dessin_lieu(carnet.lieux[indice], indice + 1, Champ(X_TEXTE, y), mesure)
    champ = Champ(X_TEXTE, y, derniere=Y_EXEMPLE - 1.4)
    return [*dessin_lieu(carnet.lieux[indice], indice + 1, champ, mesure), *_exemple_en_bas(carnet, y, mesure)]


def _exemple_en_bas(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Element]:
    return bande_exemple(X_TEXTE, y + Y_EXEMPLE, 80, 6.4, 14, mesure) if carnet.sans_valeur else []


def _filet(y: float) -> Trait:
    return Trait(108.6, y + 7, 108.6, y + 47, 0.9)


def _liste_des_lieux(carnet: CarnetImprime, hauteurs: Sequence[float], corps: float, mesure: Mesure) -> list[Texte]:
    debut = "Demandez la liste des lieux au guichet," if len(hauteurs) == 2 else "Demandez la liste des lieux"
    x, y = 42.0, hauteurs[-1]
    textes = [Texte(x, hauteurs[0], debut, corps)]
    if len(hauteurs) == 3:
        textes.append(Texte(x, hauteurs[1], "au guichet,", corps))
    numero = telephone(carnet.telephone_aide)
    return textes + ligne(x, y, [Morceau("ou au ", corps), Morceau(numero, corps, True), Morceau(".", corps)], mesure)


def _horaires(carnet: CarnetImprime, y: float, mesure: Mesure) -> list[Texte]:
    phrases = [typographie(phrase) for phrase in carnet.horaires_aide[:2]]
    corps = min((corps_qui_tient(phrase, 14, False, X_FIN - 126, mesure) for phrase in phrases), default=14.0)
    return [Texte(126, y + 26.8 + 6 * rang, phrase, corps) for rang, phrase in enumerate(phrases)]


def _lignes(x: float, hauteurs: Sequence[float], phrases: Sequence[str]) -> list[Texte]:
    return [Texte(x, y, typographie(phrase), 14) for y, phrase in zip(hauteurs, phrases, strict=False)]


def _numero(x: float, y: float, rang: int) -> list[Element]:
    base = y + HAUTEUR_CAPITALE * 16 * MM_PAR_POINT / 2
    return [cercle(x, y, 4.2, 1.4), Texte(x, base, str(rang), 16, gras=True, ancre=Ancre.CENTRE)]
