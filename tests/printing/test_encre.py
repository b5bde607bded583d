"""The carnet measured on its ink, as somebody would with a ruler: every layout, to the tenth of a millimetre."""

from __future__ import annotations

from dataclasses import replace

import pytest

from passdesk.domain.dessin import Matrice, Page, Texte, Trait
from passdesk.domain.gabarit import GABARITS, ORDINAIRE, Gabarit
from passdesk.printing.carnet_pdf import pages_carnet, render_carnet
from passdesk.printing.toile_pdf import ecrire_pdf
from tests.printing.fabrique import LIEUX_LONGS, carnet
from tests.printing.regle import ecarts


@pytest.mark.parametrize("gabarit", GABARITS.values(), ids=lambda gabarit: gabarit.cle)
@pytest.mark.parametrize("taille", [5, 10])
def test_every_symbol_is_in_its_place_with_white_round_it_and_no_ink_near_a_cut(gabarit: Gabarit, taille: int) -> None:
    livret = carnet(taille, 127, gabarit=gabarit, lieux=LIEUX_LONGS, nom="Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet")
    assert ecarts(render_carnet(livret), gabarit, taille) == []


def retouche(**change: float) -> list[str]:
    """What the ruler finds when each symbol of a carnet is drawn otherwise than it should."""

    def autre(page: Page) -> Page:
        return replace(page, elements=tuple(bouge(e) if isinstance(e, Matrice) else e for e in page.elements))

    def bouge(matrice: Matrice) -> Matrice:
        return replace(matrice, **{champ: getattr(matrice, champ) + de for champ, de in change.items()})

    return mesure([autre(page) for page in pages_carnet(carnet())])


def mesure(pages: list[Page]) -> list[str]:
    return ecarts(ecrire_pdf(pages, "essai", range(len(pages))), ORDINAIRE, 10)


def test_the_ruler_sees_a_shift_and_a_size() -> None:
    assert len({ecart.partition(" : ")[0] for ecart in retouche(x=0.15)}) == 11
    assert len({ecart.partition(" : ")[0] for ecart in retouche(y=-0.15)}) == 11
    # A module 1 % too large: 0.35 mm on the whole side.
    assert any(ecart.startswith("pass 10 : largeur") for ecart in retouche(module=0.024))


def test_the_ruler_sees_ink_where_there_must_be_none() -> None:
    page, *suite = pages_carnet(carnet())

    def avec(*ajouts: Texte | Trait) -> list[str]:
        return mesure([page, replace(suite[0], elements=(*suite[0].elements, *ajouts)), *suite[1:]])

    assert avec() == []
    assert avec(Trait(157.5, 30, 157.5, 40, 0.2)) == ["pass 1 : encre dans la zone blanche"]
    assert avec(Trait(70, 117.0, 90, 117.0, 0.2)) == ["feuille 2 : encre près de la coupe à 120.0 mm"]
    assert avec(Texte(60, 90, "x", 9)) == ["feuille 2 : encre près de la ligne à déchirer, entre 66.0 et 120.0 mm"]
