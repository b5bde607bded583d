"""A whole carnet as a PDF, ready for the printer: its sheets in the order of the pile."""

from __future__ import annotations

from collections.abc import Sequence

from passdesk.domain.dessin import Page, Papier
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.feuille import page_feuille
from passdesk.printing.fontes import Metriques
from passdesk.printing.pose import poser
from passdesk.printing.toile_pdf import ecrire_pdf


def pages_carnet(carnet: CarnetImprime) -> tuple[Page, ...]:
    """The drawing list of every sheet, in print order. SaisieRefusee("nom_trop_long") when the name has no room."""
    if len(carnet.passes) != carnet.taille or [p.rang for p in carnet.passes] != list(range(1, carnet.taille + 1)):
        raise ValueError("a carnet is printed with all its pass, in order")
    mesure = Metriques()
    return tuple(page_feuille(carnet, feuille, mesure) for feuille in range(1, carnet.nombre_feuilles + 1))


def render_carnet(carnet: CarnetImprime, feuilles: Sequence[int] | None = None) -> bytes:
    """The PDF; same carnet, same bytes. `feuilles`: sheet numbers to print (1 is the cover), None for all.

    ValueError for a sheet that does not exist. The title holds no personal data.
    """
    pages = pages_carnet(carnet)
    return _ecrire(carnet, pages, _choisir(pages, feuilles))


def papier_carnet(carnet: CarnetImprime, feuilles: Sequence[int] | None = None) -> Papier:
    """The same sheets as a PDF and as pages for a printer, drawn once. Raises as `render_carnet`."""
    pages = pages_carnet(carnet)
    choisies = _choisir(pages, feuilles)
    titre = f"PassDesk carnet {carnet.serie_carnet.replace(' ', '-')}"
    porteuses = {feuille - 1 for feuille in carnet.gabarit.feuilles_du_nom(carnet.taille)}
    return Papier(
        titre,
        _ecrire(carnet, pages, choisies),
        tuple(poser(pages[indice]) for indice in choisies),
        nominatif=carnet.nom is not None and not porteuses.isdisjoint(choisies),
    )


def _choisir(pages: Sequence[Page], feuilles: Sequence[int] | None) -> Sequence[int]:
    """The indices of the pages to print, in order."""
    choisies = range(1, len(pages) + 1) if feuilles is None else sorted(set(feuilles))
    if not choisies or choisies[0] < 1 or choisies[-1] > len(pages):
        raise ValueError(f"sheets 1 to {len(pages)}")
    return [feuille - 1 for feuille in choisies]


def _ecrire(carnet: CarnetImprime, pages: Sequence[Page], choisies: Sequence[int]) -> bytes:
    return ecrire_pdf(pages, f"Carnet de {carnet.taille} pass numériques", choisies)
