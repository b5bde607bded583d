"""The calibration page: true to the millimetre, the same every time, and no pass on it (ui/paper §7)."""

from __future__ import annotations

from itertools import combinations

import pytest
import zxingcpp

from passdesk.domain.dessin import Cadre, Matrice, Texte, Trait
from passdesk.printing.fontes import Metriques
from passdesk.printing.page_reglage import page_reglage, papier_reglage
from passdesk.protocol.essai import code_d_essai
from tests.printing.fabrique import boite, images_du_pdf, textes

PAGE = page_reglage(Metriques())
TRAITS = [element for element in PAGE.elements if isinstance(element, Trait)]


def test_les_deux_regles_font_cent_millimetres() -> None:
    assert Trait(60, 68, 160, 68, 0.7) in TRAITS and Trait(32, 62, 32, 162, 0.7) in TRAITS
    assert len([t for t in TRAITS if t.x1 == t.x2 and t.y1 == 68]) == 101
    assert len([t for t in TRAITS if t.y1 == t.y2 and t.x1 == 32]) == 101


@pytest.mark.parametrize(("axe", "debut"), [("x", 60.0), ("y", 62.0)])
def test_les_regles_font_cent_millimetres_sur_l_image(axe: str, debut: float) -> None:
    """At 600 dpi: the first and the last tick of each ruler, in ink."""
    (image,) = images_du_pdf(papier_reglage().pdf, 600)
    pas = 600 / 25.4
    # A line through the ticks of ten, beyond the short ones.
    fixe = 63.0 if axe == "x" else 37.0
    noirs = []
    for rang in range(round((debut - 2) * pas), round((debut + 102) * pas)):
        point = (rang, round(fixe * pas)) if axe == "x" else (round(fixe * pas), rang)
        gris = image.getpixel(point)
        if isinstance(gris, int) and gris < 128:
            noirs.append(rang / pas)
    assert noirs[0] == pytest.approx(debut, abs=0.15)
    assert noirs[-1] - noirs[0] == pytest.approx(100, abs=0.25)


def test_la_croix_est_a_80_et_115_millimetres_des_bords() -> None:
    assert Trait(75, 115, 85, 115, 0.5) in TRAITS and Trait(80, 110, 80, 120, 0.5) in TRAITS


def test_trois_codes_sur_une_ligne_de_pied_et_aucun_pass() -> None:
    codes = [element for element in PAGE.elements if isinstance(element, Matrice)]
    assert [code.module for code in codes] == [2.4, 1.92, 1.44]
    assert [round(code.y + code.cote, 6) for code in codes] == [256.0] * 3
    (image,) = images_du_pdf(papier_reglage().pdf, 200)
    lus = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in lus] == [code_d_essai()] * 3


def test_rien_ne_se_touche_et_tout_tient_dans_la_page() -> None:
    boites = [boite(texte) for texte in textes(PAGE.elements)]
    assert [(a.nom, b.nom) for a, b in combinations(boites, 2) if a.touche(b)] == []
    for matrice in (element for element in PAGE.elements if isinstance(element, Matrice)):
        autres = [boite(element) for element in PAGE.elements if element is not matrice]
        assert [autre.nom for autre in autres if boite(matrice).touche(autre, 4 * matrice.module * 25.4 / 72)] == []
    for element in PAGE.elements:
        b = boite(element)
        assert min(b.x1, b.y1) > 0 and b.x2 < 210 and b.y2 < 297
    cadres = [boite(element) for element in PAGE.elements if isinstance(element, Cadre)]
    assert [b.nom for b in boites for cadre in cadres if b.touche(cadre)] == []


def test_elle_dit_qu_elle_ne_vaut_rien() -> None:
    mots = " ".join(texte.texte for texte in PAGE.elements if isinstance(texte, Texte)).replace("\u00a0", " ")
    assert "Page d’essai, sans valeur. Imprimez-la à 100 %, sans « ajuster à la page »." in mots


def test_les_memes_octets_deux_fois_et_aucun_decalage() -> None:
    assert papier_reglage().pdf == papier_reglage().pdf
    assert papier_reglage().brut
