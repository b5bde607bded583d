"""A sheet of a carnet: its strips from the top, the lines to cut along, and what the mediator reads out at its foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from passdesk.domain.dessin import Ancre, Element, Mesure, Page, Texte, Trait
from passdesk.domain.francais import ESPACE
from passdesk.domain.gabarit import Bande, Contenu, nom_contenu
from passdesk.printing import feuille_coupons, feuille_couverture, gros_coupons, gros_couverture
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.feuille_couverture import X_FIN
from passdesk.printing.mise_en_page import BANDE

GAUCHE, DROITE = 10.0, 200.0
CONSIGNE = "✂  Coupez sur les pointillés. Empilez dans l’ordre. Agrafez à gauche."
CONSIGNE_PERFORE = "Détachez aux perforations. Empilez dans l’ordre. Agrafez à gauche."

Dessin = Callable[[CarnetImprime, float, Mesure], list[Element]]
NORMALES: Mapping[Bande, Dessin] = {
    Bande.DEVANT: feuille_couverture.devant,
    Bande.MODE_D_EMPLOI: feuille_couverture.mode_d_emploi,
    Bande.LIEUX: feuille_couverture.lieux,
    Bande.AIDE: feuille_couverture.aide,
    Bande.DONNEES: feuille_couverture.donnees,
}
GROSSES: Mapping[Bande, Dessin] = {
    Bande.DEVANT: gros_couverture.devant,
    Bande.MODE_D_EMPLOI: gros_couverture.mode_d_emploi,
    Bande.AIDE: gros_couverture.aide,
    Bande.LIEUX: gros_couverture.lieux,
    Bande.CERTIFICAT: gros_couverture.certificat,
}
NUMEROTEES = {Bande.MODE_D_EMPLOI: 2, Bande.LIEUX: 3, Bande.AIDE: 4}
"""Strips of the cover that bear their number in the carnet."""


def page_feuille(carnet: CarnetImprime, feuille: int, mesure: Mesure) -> Page:
    """Sheet `feuille`, 1 for the first. SaisieRefusee("nom_trop_long") when the name has no room on the cover."""
    gabarit = carnet.gabarit
    bandes = gabarit.feuilles(carnet.taille)[feuille - 1]
    elements = _fond(carnet, feuille, bandes)
    for rang, contenu in enumerate(bandes):
        elements += _bande(carnet, contenu, gabarit.haut + gabarit.pas * rang + gabarit.marge, mesure)
    return Page(tuple(elements))


def _bande(carnet: CarnetImprime, contenu: Contenu, y: float, mesure: Mesure) -> list[Element]:
    gros = carnet.gabarit.gros
    if isinstance(contenu, int):
        bande_pass = gros_coupons.bande_pass if gros else feuille_coupons.bande_pass
        return bande_pass(carnet, carnet.passes[contenu - 1], y, mesure)
    elements = (GROSSES if gros else NORMALES)[contenu](carnet, y, mesure)
    if not gros and contenu in NUMEROTEES:
        elements.append(Texte(X_FIN, y + BANDE - 4.6, str(NUMEROTEES[contenu]), 12, gras=True, ancre=Ancre.DROITE))
    return elements


def _fond(carnet: CarnetImprime, feuille: int, bandes: Sequence[Contenu]) -> list[Element]:
    """Cut lines, ticks, the instruction and the name of the sheet. No clock: reprints are equal."""
    gabarit = carnet.gabarit
    gros = ", gros caractères" if gabarit.gros else ""
    numero = f"Carnet n°{ESPACE}{carnet.serie_carnet}{gros}"
    nom = f"Feuille {feuille} sur {carnet.nombre_feuilles}, {nom_contenu(bandes)}"
    if gabarit.perfore:
        # No margin but that of the first strip, and nothing beside a perforation.
        nom = f"{numero}. {nom}"
        return [Texte(GAUCHE, 8.6, CONSIGNE_PERFORE, 8), Texte(DROITE, 8.6, nom, 8, ancre=Ancre.DROITE)]
    elements: list[Element] = [Texte(GAUCHE, 9, CONSIGNE, 9)]
    for y in gabarit.coupes(len(bandes)):
        elements.append(Trait(GAUCHE, y, DROITE, y, 0.5, (1, 2.4)))
        elements += [Trait(5, y, 8, y, 0.5), Trait(202, y, 205, y, 0.5)]
    elements += [Texte(GAUCHE, 287.5, numero, 9), Texte(DROITE, 287.5, nom, 9, ancre=Ancre.DROITE)]
    return elements
