"""A whole carnet as a PDF, ready for the printer: the cover, then its coupons, five a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.domain.dessin import Page
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.feuille_coupons import page_coupons
from passdesk.printing.feuille_couverture import page_couverture
from passdesk.printing.fontes import Metriques
from passdesk.printing.toile_pdf import ecrire_pdf


def pages_carnet(carnet: CarnetImprime) -> tuple[Page, ...]:
    """The drawing list of every sheet, in print order. SaisieRefusee("nom_trop_long") when the name has no room."""
    if len(carnet.passes) != carnet.taille or [p.rang for p in carnet.passes] != list(range(1, carnet.taille + 1)):
        raise ValueError("a carnet is printed with all its pass, in order")
    mesure = Metriques()
    coupons = (page_coupons(carnet, feuille, mesure) for feuille in range(2, carnet.nombre_feuilles + 1))
    return (page_couverture(carnet, mesure), *coupons)


def render_carnet(carnet: CarnetImprime, feuilles: Sequence[int] | None = None) -> bytes:
    """The PDF; same carnet, same bytes. `feuilles`: sheet numbers to print (1 is the cover), None for all.

    ValueError for a sheet that does not exist. The title holds no personal data.
    """
    pages = pages_carnet(carnet)
    choisies = range(1, len(pages) + 1) if feuilles is None else sorted(set(feuilles))
    if not choisies or choisies[0] < 1 or choisies[-1] > len(pages):
        raise ValueError(f"sheets 1 to {len(pages)}")
    titre = f"Carnet de {carnet.taille} pass numériques"
    return ecrire_pdf(pages, titre, [feuille - 1 for feuille in choisies])
