"""The geometry of the sheets, checked on their drawing lists and on their ink (ui/paper §2, §3, §11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations

import pytest
from fontTools.ttLib import TTFont

from passdesk.domain.dessin import Cadre, Cellules, Chemin, Element, Matrice, Page, Texte, Trait
from passdesk.domain.gabarit import BANDES_74, BANDES_99, GABARITS, GROS, GROS_99, ORDINAIRE, Bande, Gabarit
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.printing.carnet_pdf import pages_carnet, render_carnet
from passdesk.printing.mise_en_page import EXEMPLE
from passdesk.ressources import chemin
from tests.printing.fabrique import LIEUX, LIEUX_LONGS, Boite, boite, carnet, images_du_pdf, textes

NOM_LONG = "Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann"
LONGUE = {"telephone_aide": "+33 3 00 00 00 00", "horaires_aide": ("du lundi au samedi matin compris,", "x" * 60)}
CAS: dict[str, CarnetImprime] = {
    "5": carnet(5),
    "10": carnet(10),
    "exemple": carnet(10, 127),
    "exemple nommé": carnet(5, 127, nom=NOM_LONG),
    "nom court": carnet(5, nom="Léa Ly"),
    "grands numéros": carnet(10, 126, numero=2_097_151, dernier_jour=date(2030, 9, 30)),
    "premier": carnet(5, dernier_jour=date(2027, 9, 1)),
    "aide longue": carnet(5, **LONGUE),
    "pass de 20 €": carnet(5, valeur_cents=2050),
    "lieux": carnet(10, lieux=LIEUX),
    "lieux longs": carnet(10, lieux=LIEUX_LONGS),
    "lieux longs ailleurs": carnet(5, lieux=(LIEUX_LONGS[1], LIEUX_LONGS[0], LIEUX_LONGS[0])),
    "lieux d’exemple": carnet(10, 127, lieux=LIEUX),
    "lieux longs d’exemple": carnet(5, 127, lieux=LIEUX_LONGS),
    "lieux larges": carnet(
        10, lieux=(LIEUX[0], replace(LIEUX[1], horaires=(("mardi, jeudi", "10 h à 12 h 30, 14 h à 17 h 30"),)))
    ),
    "un lieu": carnet(5, lieux=LIEUX[:1]),
    "deux lieux d’exemple": carnet(5, 127, lieux=LIEUX[:2]),
}
CARNETS = {(cle, nom): replace(cas, gabarit=gabarit) for cle, gabarit in GABARITS.items() for nom, cas in CAS.items()}
X_DECHIRURE = 58


@cache
def dessinees(choix: tuple[str, str]) -> tuple[Page, ...]:
    return pages_carnet(CARNETS[choix])


@pytest.fixture(params=CARNETS, ids="-".join)
def choix(request: pytest.FixtureRequest) -> tuple[str, str]:
    choix: tuple[str, str] = request.param
    return choix


@pytest.fixture
def pages(choix: tuple[str, str]) -> tuple[Page, ...]:
    return dessinees(choix)


def coupes(gabarit: Gabarit, feuille: int, taille: int) -> tuple[float, ...]:
    """Where this sheet is cut or comes apart, mm from its top."""
    return gabarit.coupes(len(gabarit.feuilles(taille)[feuille]))


def bandes_de(choix: tuple[str, str]) -> Iterator[tuple[Page, tuple[float, ...], list[Element]]]:
    """Each sheet, its cuts, and what lies in its strips: neither the cut lines nor what stands in the margins."""
    livret = CARNETS[choix]
    gabarit = livret.gabarit
    for rang, page in enumerate(dessinees(choix)):
        lignes = coupes(gabarit, rang, livret.taille)
        haut = 9.3 if gabarit.perfore else gabarit.haut
        bas = 297.0 if gabarit.perfore else lignes[-1]
        yield (
            page,
            lignes,
            [
                element
                for element in page.elements
                if not (isinstance(element, Trait) and element.tirets)
                and not (isinstance(element, Trait) and element.y1 == element.y2 and element.y1 in lignes)
                and boite(element).y2 > haut
                and boite(element).y1 < bas
            ],
        )


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


def test_deux_cadres_ne_se_touchent_jamais(pages: tuple[Page, ...]) -> None:
    for page in pages:
        cadres = [boite(element) for element in page.elements if isinstance(element, Cadre)]
        assert [(a, b) for a, b in combinations(cadres, 2) if a.touche(b, 0.5)] == []


def test_aucun_pictogramme_ne_touche_un_texte(pages: tuple[Page, ...]) -> None:
    for page in pages:
        dessins = [boite(e) for e in page.elements if isinstance(e, Chemin) and len(e.segments) != 6]
        for texte in map(boite, textes(page.elements)):
            assert [d for d in dessins if d.touche(texte)] == [], texte.nom


def test_rien_a_moins_de_5_mm_d_un_qr(choix: tuple[str, str]) -> None:
    for page, _, dedans in bandes_de(choix):
        for matrice in (element for element in page.elements if isinstance(element, Matrice)):
            autres = [boite(element) for element in dedans if element is not matrice]
            assert [autre.nom for autre in autres if boite(matrice).touche(autre, 5.0)] == []


def test_rien_a_moins_de_3_2_mm_d_une_coupe(choix: tuple[str, str]) -> None:
    for page, lignes, dedans in bandes_de(choix):
        a_couper = [Boite(0, y, 210, y) for y in lignes]
        dechirures = [boite(e) for e in page.elements if isinstance(e, Trait) and e.x1 == e.x2 == X_DECHIRURE]
        for coupe in (*a_couper, *dechirures):
            assert [b.nom for b in map(boite, dedans) if b.touche(coupe, 3.2)] == []


def test_rien_n_est_imprime_le_long_d_une_perforation(choix: tuple[str, str]) -> None:
    livret = CARNETS[choix]
    if livret.gabarit.perfore:
        for page, lignes, _ in bandes_de(choix):
            perforations = [Boite(0, y, 210, y) for y in lignes]
            encre = [boite(element) for element in page.elements]
            assert [b.nom for b in encre for ligne in perforations if b.touche(ligne, 3.2)] == []
            # The edges that a printer does not reach; the end of the tear line may be lost there.
            pleine = [boite(element) for element in page.elements if not getattr(element, "tirets", ())]
            assert min(b.y1 for b in pleine) > 6 and max(b.y2 for b in pleine) < 297 - 5


def test_la_place_des_agrafes_reste_vide(choix: tuple[str, str]) -> None:
    for _, _, dedans in bandes_de(choix):
        assert min(boite(element).x1 for element in dedans) >= 19 - 0.01


def test_les_textes_restent_dans_leur_champ(choix: tuple[str, str]) -> None:
    livret = CARNETS[choix]
    gabarit = livret.gabarit
    for (_, _, dedans), bandes in zip(bandes_de(choix), gabarit.feuilles(livret.taille), strict=True):
        for texte in map(boite, textes(dedans)):
            contenu = bandes[int((texte.y2 - gabarit.haut) / gabarit.pas)]
            if isinstance(contenu, int) and texte.x1 < X_DECHIRURE:
                fin = 54.0
            elif isinstance(contenu, int) and EXEMPLE not in texte.nom and texte.nom not in EXEMPLE:
                fin = 154.0
            else:
                fin = 147.0 if contenu is Bande.DONNEES else 194.61
            assert texte.x2 <= fin, texte.nom


@pytest.mark.parametrize("gabarit", GABARITS.values(), ids=lambda gabarit: gabarit.cle)
@pytest.mark.parametrize("mois", range(1, 13))
def test_la_validite_tient_pour_chaque_mois(mois: int, gabarit: Gabarit) -> None:
    livret = carnet(5, dernier_jour=date(2028, mois, 28), gabarit=gabarit)
    pages = pages_carnet(livret)
    for page in pages:
        for texte in map(boite, (t for t in textes(page.elements) if t.corps > 9)):
            assert texte.x2 <= 194.61, texte.nom
    jours = [t for page in pages[1:] for t in textes(page.elements) if isinstance(t, Texte) and "2028" in t.texte]
    assert len(jours) == 5
    assert max(boite(jour).x2 for jour in jours) <= 154


BORDS = [12 + 54 * k for k in range(6)]


def test_les_mesures_de_la_feuille() -> None:
    page = pages_carnet(carnet(10))[1]
    qr = [element for element in page.elements if isinstance(element, Matrice)]
    assert [(round(m.x, 2), round(m.y, 2)) for m in qr] == [(159.90, round(12 + 54 * k + 9.64, 2)) for k in range(5)]
    assert boite(qr[0]).x2 == pytest.approx(194.61, abs=0.01)
    coupes = [t for t in page.elements if isinstance(t, Trait) and t.tirets == (1, 2.4)]
    assert [(t.x1, t.x2, t.y1) for t in coupes] == [(10, 200, y) for y in BORDS]
    dechirures = [t for t in page.elements if isinstance(t, Trait) and t.tirets == (2, 2)]
    assert [(t.x1, t.y1, t.y2) for t in dechirures] == [(58, y + 2.5, y + 51.5) for y in BORDS[:5]]


def test_le_certificat_a_sa_place() -> None:
    (certificat,) = [e for e in pages_carnet(carnet(5))[0].elements if isinstance(e, Matrice)]
    assert (boite(certificat).x2, certificat.cote) == pytest.approx((194.6, 38.61), abs=0.01)
    assert certificat.y - BORDS[4] == pytest.approx(BORDS[5] - boite(certificat).y2)


@pytest.mark.parametrize("gabarit", GABARITS)
@pytest.mark.parametrize("cas", ["10", "exemple nommé"])
def test_aucune_encre_dans_les_zones_blanches(cas: str, gabarit: str) -> None:
    livret = CARNETS[gabarit, cas]
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


def test_les_mesures_en_gros_caracteres() -> None:
    pages = pages_carnet(carnet(10, gabarit=GROS))
    assert len(pages) == 5 and len(pages_carnet(carnet(5, gabarit=GROS))) == 4
    assert GROS.coupes(3) == (12, 102, 192, 282)
    qr = [element for element in pages[1].elements if isinstance(element, Matrice)]
    assert [(m.x, round(m.y + m.cote / 2, 6), m.module) for m in qr] == [
        (159.9, 12 + 90 * k + 45, 2.4) for k in range(3)
    ]


@pytest.mark.parametrize(
    ("gabarit", "bandes", "feuilles_5", "feuilles_10"),
    [(ORDINAIRE, 5, 2, 3), (BANDES_74, 4, 3, 4), (BANDES_99, 3, 4, 5), (GROS, 3, 4, 5), (GROS_99, 3, 4, 5)],
)
def test_chaque_papier_a_son_nombre_de_feuilles(
    gabarit: Gabarit, bandes: int, feuilles_5: int, feuilles_10: int
) -> None:
    assert gabarit.bandes == bandes
    assert (gabarit.nombre_feuilles(5), gabarit.nombre_feuilles(10)) == (feuilles_5, feuilles_10)


@pytest.mark.parametrize(("gabarit", "perforations"), [
    (BANDES_74, (74.25, 148.5, 222.75)), (BANDES_99, (99.0, 198.0)), (GROS_99, (99.0, 198.0)),
])  # fmt: skip
def test_un_papier_predecoupe_va_d_un_bord_a_l_autre(gabarit: Gabarit, perforations: tuple[float, ...]) -> None:
    assert gabarit.coupes(gabarit.bandes) == perforations
    for page in pages_carnet(carnet(10, gabarit=gabarit)):
        # The sheet is cut already: only the line along which a coupon is torn off its stub.
        assert {(t.x1, t.x2) for t in page.elements if isinstance(t, Trait) and t.tirets} <= {(58, 58)}
        for matrice in (element for element in page.elements if isinstance(element, Matrice)):
            milieu = (matrice.y + matrice.cote / 2) % gabarit.pas
            if matrice.module == 2.4:
                assert milieu == pytest.approx(gabarit.pas / 2, abs=2.6)


@pytest.mark.parametrize("cas", ["5", "10", "exemple", "exemple nommé", "lieux", "lieux d’exemple", "un lieu"])
def test_la_couverture_s_ecrit_en_14_points(cas: str) -> None:
    """12 points only for what the place reads: numbers of pages and of the carnet, the line about the certificate."""
    _, _, couverture = next(bandes_de(("ordinaire", cas)))
    petits = {t.texte for t in textes(couverture) if isinstance(t, Texte) and t.corps < 14}
    serie = CAS[cas].serie_carnet
    pour_le_lieu = "Pour le lieu\u00a0: à scanner une fois, pour vérifier le guichet."
    assert petits == {"2", "3", "4", f"Carnet n°\u00a0{serie}", pour_le_lieu}


@pytest.mark.parametrize("cas", ["5", "10", "nom court", "grands numéros", "premier", "lieux", "un lieu"])
@pytest.mark.parametrize("gabarit", ["gros", "gros-99"])
def test_les_gros_caracteres_ont_20_points(cas: str, gabarit: str) -> None:
    for page, _, dedans in bandes_de((gabarit, cas)):
        petits = {(t.texte, t.corps) for t in textes(dedans) if isinstance(t, Texte) and t.corps < 20}
        # The raised "er" of "1er".
        assert {texte for texte, corps in petits if (texte, corps) != ("er", 24 * 0.62)} <= {"er"}
        assert all(t.corps >= 20 for t in textes(page.elements) if isinstance(t, Cellules))


@pytest.mark.parametrize(
    "choix", [c for c in CARNETS if CARNETS[c].gabarit.gros and CARNETS[c].sans_valeur], ids="-".join
)
def test_in_large_print_the_warning_of_an_example_stands_clear_of_the_words(choix: tuple[str, str]) -> None:
    mots = {EXEMPLE, *EXEMPLE.split(" ", 1)}
    for page in dessinees(choix):
        dits = [boite(element) for element in textes(page.elements)]
        avis = [dit for dit in dits if dit.nom in mots]
        cadres = [boite(element) for element in page.elements if isinstance(element, Cadre)]
        autour = [cadre for cadre in cadres if any(cadre.touche(dit) for dit in avis)]
        assert autour
        for cadre in autour:
            assert [dit.nom for dit in dits if dit.nom not in mots and cadre.touche(dit, 1.2)] == []
