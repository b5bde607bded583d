"""The geometry of the sheets, checked on their drawing lists and on their ink (ui/paper §2, §3, §11)."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations

import pytest
from fontTools.ttLib import TTFont

from passdesk.domain.dessin import Cadre, Cellules, Element, Matrice, Page, Texte, Trait
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.carnet_pdf import pages_carnet, render_carnet
from passdesk.ressources import chemin
from tests.printing.fabrique import LIEUX, LIEUX_LONGS, Boite, boite, carnet, images_du_pdf, textes

COUPES = [12 + 54 * k for k in range(6)]
CARNETS = {
    "5": carnet(5),
    "10": carnet(10),
    "exemple": carnet(10, 127),
    "exemple nommé": carnet(5, 127, nom="Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann"),
    "nom court": carnet(5, nom="Léa Ly"),
    "grands numéros": carnet(10, 126, numero=2_097_151, dernier_jour=date(2030, 9, 30)),
    "premier": carnet(5, dernier_jour=date(2027, 9, 1)),
    "aide longue": carnet(
        5, telephone_aide="+33 3 00 00 00 00", horaires_aide=("du lundi au samedi matin compris,", "x" * 60)
    ),
    "lieux": carnet(10, lieux=LIEUX),
    "lieux longs": carnet(10, lieux=LIEUX_LONGS),
    "lieux longs ailleurs": carnet(5, lieux=(LIEUX_LONGS[1], LIEUX_LONGS[0], LIEUX_LONGS[0])),
    "lieux d’exemple": carnet(10, 127, lieux=LIEUX),
    "lieux longs d’exemple": carnet(5, 127, lieux=LIEUX_LONGS),
    "un lieu": carnet(5, lieux=LIEUX[:1]),
    "deux lieux d’exemple": carnet(5, 127, lieux=LIEUX[:2]),
}


@cache
def dessinees(choix: str) -> tuple[Page, ...]:
    return pages_carnet(CARNETS[choix])


@pytest.fixture(params=CARNETS)
def pages(request: pytest.FixtureRequest) -> tuple[Page, ...]:
    return dessinees(request.param)


def dans_les_bandes(page: Page) -> list[Element]:
    """What lies in the five strips: not the lines to cut along, nor the margins above and below."""
    return [
        element
        for element in page.elements
        if not (isinstance(element, Trait) and element.tirets)
        and not (isinstance(element, Trait) and element.y1 == element.y2 and element.y1 in COUPES)
        and boite(element).y2 > COUPES[0]
        and boite(element).y1 < COUPES[-1]
    ]


def test_deux_textes_ne_se_touchent_jamais(pages: tuple[Page, ...]) -> None:
    for page in pages:
        boites = [boite(texte) for texte in textes(page.elements)]
        assert [(a.nom, b.nom) for a, b in combinations(boites, 2) if a.touche(b)] == []


def test_aucun_trait_ne_barre_un_texte(pages: tuple[Page, ...]) -> None:
    for page in pages:
        traits = [boite(element) for element in page.elements if isinstance(element, Trait)]
        for texte in map(boite, textes(page.elements)):
            assert [trait for trait in traits if trait.touche(texte)] == [], texte.nom


def test_un_texte_est_dans_un_cadre_ou_dehors(pages: tuple[Page, ...]) -> None:
    for page in pages:
        for cadre in (boite(element) for element in page.elements if isinstance(element, Cadre)):
            for texte in map(boite, textes(page.elements)):
                dedans = cadre.x1 < texte.x1 and texte.x2 < cadre.x2 and cadre.y1 < texte.y1 and texte.y2 < cadre.y2
                assert dedans or not cadre.touche(texte), texte.nom


def test_rien_a_moins_de_5_mm_d_un_qr(pages: tuple[Page, ...]) -> None:
    for page in pages:
        for matrice in (element for element in page.elements if isinstance(element, Matrice)):
            autres = [boite(element) for element in dans_les_bandes(page) if element is not matrice]
            assert [autre.nom for autre in autres if boite(matrice).touche(autre, 5.0)] == []


def test_rien_a_moins_de_3_2_mm_d_une_coupe(pages: tuple[Page, ...]) -> None:
    for page in pages:
        coupes = [Boite(10, y, 200, y) for y in COUPES]
        dechirures = [boite(element) for element in page.elements if isinstance(element, Trait) and element.x1 == 58]
        for coupe in (*coupes, *dechirures):
            assert [b.nom for b in map(boite, dans_les_bandes(page)) if b.touche(coupe, 3.2)] == []


def test_la_place_des_agrafes_reste_vide(pages: tuple[Page, ...]) -> None:
    for page in pages:
        assert min(boite(element).x1 for element in dans_les_bandes(page)) >= 19 - 0.01


def test_les_textes_restent_dans_leur_champ(pages: tuple[Page, ...]) -> None:
    couverture, *feuilles = pages
    for feuille in feuilles:
        for texte in map(boite, textes(dans_les_bandes(feuille))):
            assert texte.x2 <= (54 if texte.x1 < 58 else 154), texte.nom
    for texte in map(boite, textes(dans_les_bandes(couverture))):
        assert texte.x2 <= (147 if texte.y1 > COUPES[4] else 194.61), texte.nom


@pytest.mark.parametrize("mois", range(1, 13))
def test_la_validite_tient_pour_chaque_mois(mois: int) -> None:
    livret = carnet(5, dernier_jour=date(2028, mois, 28))
    for page in pages_carnet(livret):
        for texte in map(boite, textes(dans_les_bandes(page))):
            assert texte.x2 <= 194.61, texte.nom
    premiere = [t for t in textes(pages_carnet(livret)[1].elements) if t.y < COUPES[1]]
    (valable,) = [t for t in premiere if isinstance(t, Texte) and "2028" in t.texte]
    assert boite(valable).x2 <= 154


def test_les_mesures_de_la_feuille() -> None:
    page = pages_carnet(carnet(10))[1]
    qr = [element for element in page.elements if isinstance(element, Matrice)]
    assert [(round(m.x, 2), round(m.y, 2)) for m in qr] == [(159.90, round(12 + 54 * k + 9.64, 2)) for k in range(5)]
    assert boite(qr[0]).x2 == pytest.approx(194.61, abs=0.01)
    coupes = [t for t in page.elements if isinstance(t, Trait) and t.tirets == (1, 2.4)]
    assert [(t.x1, t.x2, t.y1) for t in coupes] == [(10, 200, y) for y in COUPES]
    dechirures = [t for t in page.elements if isinstance(t, Trait) and t.tirets == (2, 2)]
    assert [(t.x1, t.y1, t.y2) for t in dechirures] == [(58, y + 2.5, y + 51.5) for y in COUPES[:5]]


def test_le_certificat_a_sa_place() -> None:
    (certificat,) = [e for e in pages_carnet(carnet(5))[0].elements if isinstance(e, Matrice)]
    assert (boite(certificat).x2, certificat.cote) == pytest.approx((194.6, 38.61), abs=0.01)
    assert certificat.y - COUPES[4] == pytest.approx(COUPES[5] - boite(certificat).y2)


@pytest.mark.parametrize("choix", ["10", "exemple nommé"])
def test_aucune_encre_dans_les_zones_blanches(choix: str) -> None:
    livret: CarnetImprime = CARNETS[choix]
    points = 300 / 25.4
    for page, image in zip(pages_carnet(livret), images_du_pdf(render_carnet(livret), 300), strict=True):
        for matrice in (element for element in page.elements if isinstance(element, Matrice)):
            b, zone = boite(matrice), 4 * matrice.module * 25.4 / 72
            large = [round(v * points) for v in (b.x1 - zone, b.y1 - zone, b.x2 + zone, b.y2 + zone)]
            autour = image.crop(tuple(large))
            # The two pixels nearest to the symbol may hold the grey of its own edge.
            debut = round(zone * points) - 2
            fin = autour.width - debut
            autour.paste(255, (debut, debut, fin, fin))
            assert autour.getextrema() == (255, 255)


def test_les_chiffres_sont_poses_case_par_case() -> None:
    page = pages_carnet(carnet(10))[1]
    numeros = [e for e in page.elements if isinstance(e, Cellules) and e.chiffres == "012 0001234 01"]
    (numero,) = numeros
    em = 12 * 25.4 / 72
    centres = [x for x, _ in numero.positions()]
    assert "".join(signe for _, signe in numero.positions()) == "012000123401"
    assert centres[0] - numero.x == pytest.approx(0.31 * em)
    assert centres[1] - centres[0] == pytest.approx(0.62 * em)
    assert centres[3] - centres[2] == pytest.approx((0.62 + 0.30) * em)
    encre = TTFont(chemin("fonts", "PassDeskLisible-Bold.ttf"))["glyf"]
    chiffres = [encre[nom] for nom in ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")]
    assert max(chiffre.xMax - chiffre.xMin for chiffre in chiffres) < 1000 * (0.60 - 0.02)


def test_les_cadres_survivent_a_une_copie(pages: tuple[Page, ...]) -> None:
    for page in pages:
        assert all(1.2 <= e.epaisseur <= 1.6 for e in page.elements if isinstance(e, Cadre))


@pytest.mark.parametrize("choix", ["5", "10", "exemple", "exemple nommé", "lieux", "lieux d’exemple", "un lieu"])
def test_la_couverture_s_ecrit_en_14_points(choix: str) -> None:
    """12 points only for what the place reads: numbers of pages and of the carnet, the line about the certificate."""
    couverture = pages_carnet(CARNETS[choix])[0]
    petits = {t.texte for t in textes(dans_les_bandes(couverture)) if isinstance(t, Texte) and t.corps < 14}
    serie = CARNETS[choix].serie_carnet
    pour_le_lieu = "Pour le lieu\u00a0: à scanner une fois, pour vérifier le guichet."
    assert petits == {"2", "3", "4", f"Carnet n°\u00a0{serie}", pour_le_lieu}
