"""The nine pictograms: drawn, inside their square, not two alike."""

from __future__ import annotations

import pytest

from passdesk.domain.dessin import Page, cercle
from passdesk.printing.pictogrammes import PICTOGRAMMES, pictogramme
from passdesk.printing.toile_pdf import ecrire_pdf
from tests.printing.fabrique import boite, images_du_pdf


def test_il_y_en_a_neuf() -> None:
    assert set(PICTOGRAMMES) == {
        "ordinateur", "calendrier", "repere", "telephone", "coupon_donne", "aide", "cadenas", "maison", "feuille"
    }  # fmt: skip


@pytest.mark.parametrize("nom", PICTOGRAMMES)
def test_l_encre_reste_dans_son_carre(nom: str) -> None:
    for chemin in pictogramme(nom, 100, 50, 12):
        place = boite(chemin)
        assert 99.8 <= place.x1 <= place.x2 <= 112.2
        assert 49.8 <= place.y1 <= place.y2 <= 62.2


@pytest.mark.parametrize("nom", PICTOGRAMMES)
def test_une_copie_ne_le_bouche_pas(nom: str) -> None:
    """At 8.4 mm, the smallest on paper, there is both enough ink to see and enough white to tell."""
    page = Page(pictogramme(nom, 10, 10, 8.4))
    (image,) = images_du_pdf(ecrire_pdf([page], "Essai", [0]), 150)
    k = 150 / 25.4
    carre = image.crop([round(v * k) for v in (10, 10, 18.4, 18.4)])
    noir = sum(carre.histogram()[:128]) / (carre.width * carre.height)
    assert 0.12 < noir < 0.5


def test_le_trait_suit_l_echelle() -> None:
    petit, grand = (pictogramme("maison", 0, 0, cote)[0] for cote in (8.0, 16.0))
    assert petit.epaisseur is not None
    assert grand.epaisseur == pytest.approx(2 * petit.epaisseur)


def test_un_cercle_est_rond() -> None:
    page = Page((cercle(50, 50, 10),))
    (image,) = images_du_pdf(ecrire_pdf([page], "Essai", [0]), 100)
    k = 100 / 25.4
    noirs = sum(image.histogram()[:128])
    assert noirs == pytest.approx(3.14159 * (10 * k) ** 2, rel=0.01)
    assert image.getpixel((round(50 * k), round(50 * k))) == 0
