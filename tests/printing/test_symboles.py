"""Pass that were folded, scratched, badly printed or copied: read all the same, in order, and nothing made up."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
import qrcode
from PIL import Image, ImageDraw

from passdesk.domain.dessin import Matrice
from passdesk.printing.carnet_pdf import pages_carnet, render_carnet
from passdesk.printing.genre_qr import CERTIFICAT
from passdesk.printing.lecture import lire_dessin
from passdesk.printing.symboles import lire_net, lire_symboles
from tests.damage import BUT_ZXING, Lecture, encre, prise
from tests.damage.__main__ import BREVE, FEUILLES_BREVES, RESOLUTIONS, bilan, essais, ligne
from tests.damage.cas import CAS
from tests.damage.papier import DPI, MM, MODULE, Papier, carre, coupon, feuille
from tests.printing.fabrique import carnet, images_du_pdf


def lire(papier: Papier, image: Image.Image, dpi: int = 200) -> bool:
    """True when our reader finds the pass that the plain one misses."""
    vue = prise.numeriser(image, dpi)
    assert lire_net(vue)[0] == [], "the plain reader would have done"
    return lire_dessin(vue) == list(papier.textes)


@pytest.mark.parametrize("oeil", range(3))
def test_a_finder_pattern_wholly_gone(oeil: int) -> None:
    papier = carre(30)
    x1, y1, x2, y2 = papier.symboles[0]
    grand = 7.5 * MODULE
    x, y = ((x1, y1), (x2 - grand, y1), (x1, y2 - grand))[oeil]
    image = papier.image.copy()
    ImageDraw.Draw(image).rectangle((x - 5, y - 5, x + grand + 5, y + grand + 5), fill=255)
    assert lire(papier, image)


def test_toner_that_did_not_hold() -> None:
    papier = carre(31)
    assert lire(papier, encre.user_le_toner(papier, Random(1)))


def test_scratched_all_over() -> None:
    papier = carre(32)
    assert lire(papier, encre.rayer(papier, Random(2), nombre=14))


def test_a_label_over_a_fifth_of_it() -> None:
    papier = carre(33)
    assert lire(papier, encre.cacher_carre(papier, Random(3), 0.2))


def test_paper_that_is_not_flat() -> None:
    papier = carre(31)
    assert lire(papier, prise.onduler(papier.image, Random(5), 3.0), 300)


def certificat() -> Papier:
    """The symbol of a cover, with what is round it."""
    livret = carnet(5, numero=77)
    (matrice,) = (e for e in pages_carnet(livret)[0].elements if isinstance(e, Matrice))
    x, y, cote = matrice.x * MM, matrice.y * MM, matrice.cote * MM
    page = images_du_pdf(render_carnet(livret, [1]), DPI)[0]
    papier = Papier(page, ((x, y, x + cote, y + cote),), (livret.certificat_texte,))
    return papier.decouper(0, (x - 120, y - 120, x + cote + 120, y + cote + 120))


def test_the_certificate_of_a_cover_on_a_cartridge_that_runs_out() -> None:
    papier = certificat()
    assert lire(papier, encre.vider_le_toner(papier, Random(7)))


@pytest.mark.parametrize("oeil", range(3))
def test_a_certificate_without_one_of_its_finder_patterns(oeil: int) -> None:
    papier = certificat()
    x1, y1, x2, y2 = papier.symboles[0]
    grand = 7.5 * (x2 - x1) / CERTIFICAT.cote
    x, y = ((x1, y1), (x2 - grand, y1), (x1, y2 - grand))[oeil]
    image = papier.image.copy()
    ImageDraw.Draw(image).rectangle((x - 5, y - 5, x + grand + 5, y + grand + 5), fill=255)
    assert lire(papier, image)


@pytest.mark.parametrize(
    "abimer",
    [
        lambda papier: encre.user_le_toner(papier, Random(1)),
        lambda papier: encre.rayer(papier, Random(2), nombre=9),
        lambda papier: encre.cacher_carre(papier, Random(3), 0.17),
        lambda papier: encre.vider_le_toner(papier, Random(8)),
    ],
    ids=["toner", "rayures", "etiquette", "cartouche"],
)
def test_a_damaged_certificate_is_looked_at_as_closely_as_a_pass(abimer: Callable[[Papier], Image.Image]) -> None:
    papier = certificat()
    assert lire(papier, abimer(papier))


def test_a_tiny_picture() -> None:
    vue = prise.numeriser(coupon(34).image, 36)
    assert lire_net(vue)[0] == []
    assert lire_dessin(vue) == list(coupon(34).textes)


def test_one_bad_coupon_of_a_sheet_keeps_its_place() -> None:
    entiere = feuille(40)
    image = entiere.image.copy()
    x1, y1, x2, y2 = entiere.symboles[2]
    boite = (x1 - 100, y1 - 100, x2 + 100, y2 + 100)
    morceau = entiere.decouper(2, boite)
    image.paste(encre.user_le_toner(morceau, Random(4)), (round(boite[0]), round(boite[1])))
    vue = prise.numeriser(image, 200)
    assert len(lire_net(vue)[0]) == 4
    assert lire_dessin(vue) == list(entiere.textes)


@pytest.mark.parametrize("degres", [90, 180, 270, 31])
def test_a_sheet_laid_the_wrong_way_up_is_read_from_its_own_top(degres: int) -> None:
    entiere = feuille(41)
    assert lire_dessin(prise.tourner(prise.numeriser(entiere.image, 150), degres)) == list(entiere.textes)


def test_pass_that_lie_all_ways_are_read_from_the_top_of_the_picture() -> None:
    table = Image.new("L", (400, 1200), 255)
    for rang in range(3):
        un = prise.tourner(prise.numeriser(carre(rang).image, 150), (0, 180, 90)[rang])
        table.paste(un, (40, 40 + 380 * rang))
    assert lire_dessin(table) == [carre(rang).textes[0] for rang in range(3)]


@pytest.mark.parametrize("genre", ["bruit", "texte", "autre-code", "gris"])
def test_nothing_is_made_up(genre: str) -> None:
    alea = Random(6)
    if genre == "bruit":
        image = encre.grain((600, 600), alea, 5).point([0 if n < 128 else 255 for n in range(256)])
    elif genre == "gris":
        image = encre.nuages((600, 400), alea, 60)
    elif genre == "autre-code":
        code = qrcode.QRCode(version=6, border=4)
        code.add_data("https://exemple.fr/" + "a" * 60)
        image = code.make_image().get_image().convert("L")
        ImageDraw.Draw(image).rectangle((40, 40, 160, 160), fill=255)
    else:
        image = prise.numeriser(feuille(42).image, 150)
        for x1, y1, x2, y2 in feuille(42).symboles:
            ImageDraw.Draw(image).rectangle([round(v / 4) for v in (x1, y1, x2, y2)], fill=255)
    assert lire_symboles(image)[0] == []


def test_the_short_campaign_goes_through_every_case_way_and_resolution() -> None:
    faits = {(cas, facon, dpi) for cas, facon, forme, dpi, _ in essais(CAS, bref=True) if forme in BREVE}
    assert faits == {(cas.nom, facon, dpi) for cas in CAS for facon in (0, 1) for dpi in RESOLUTIONS}
    assert {essai[0] for essai in essais(CAS, bref=True) if essai[2] == "feuille"} == set(FEUILLES_BREVES)


def test_a_missed_goal_a_text_made_up_or_a_wrong_order_fails_the_campaign() -> None:
    par_nom = {cas.nom: cas for cas in CAS}
    pli, poche, oeil = par_nom["pli"], par_nom["poche"], par_nom["oeil-ecorne"]
    bonne = Lecture("pli", 0, 200, 5, 5, 5)
    assert ligne(pli, [bonne])["ok"]
    assert not ligne(pli, [bonne, Lecture("pli", 1, 200, 1, 0, 0)])["ok"]
    assert not ligne(pli, [Lecture("pli", 0, 200, 5, 5, 5, inventes=1)])["ok"]
    assert not ligne(pli, [Lecture("pli", 0, 200, 5, 5, 5, en_ordre=False)])["ok"]
    assert ligne(poche, [Lecture("poche", 0, 200, 5, 0, 0)])["ok"], "told, not asked"
    assert not bilan([bonne, Lecture("poche", 0, 200, 5, 0, 5)], [])["ok"], "but it counts in the whole"
    assert bilan([bonne, Lecture(oeil.nom, 0, 200, 50, 0, 0)], [])["ok"]
    faible = bilan([Lecture("pli", 0, 200, 100, 100, 79)], [])
    assert (faible["zxing"], faible["ok"]) == (0.79, False) and faible["zxing"] < BUT_ZXING
