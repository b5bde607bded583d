"""A whole carnet: read back from its own ink, the same bytes twice, nothing of the person but what was asked."""

from __future__ import annotations

import re
import zlib
from datetime import date

import pypdfium2
import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.gabarit import GABARITS, Gabarit
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.printing.lecture import lire_image, lire_pdf
from tests.printing.fabrique import LIEUX, LIEUX_LONGS, carnet, images_du_pdf, png, textes_du_pdf

NOMS = [
    "<b>O'Neil & fils</b>",
    "<img src=x>",
    "Nom (avec) \\ parenthèses",
    "Zoé-Éloïse d’Œuvrard-Lœuillet",
    "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ",
    "Nguyễn Thị Phượng",
    "Çağla Şahin İbrahimoğlu",
    "Ștefan Țuțea",
    "Иван Шевченко",
]


@pytest.mark.parametrize("gabarit", GABARITS.values(), ids=lambda gabarit: gabarit.cle)
@pytest.mark.parametrize(("taille", "campagne"), [(5, 12), (10, 12), (5, 127), (10, 127)])
def test_chaque_code_imprime_se_relit_dans_l_ordre(taille: int, campagne: int, gabarit: Gabarit) -> None:
    livret = carnet(taille, campagne, gabarit=gabarit)
    lus = [texte for image in images_du_pdf(render_carnet(livret), 200) for texte in lire_image(png(image))]
    passes = [un_pass.qr_texte for un_pass in livret.passes]
    # In large print the certificate closes the pile.
    assert lus == ([*passes, livret.certificat_texte] if gabarit.gros else [livret.certificat_texte, *passes])


@pytest.mark.parametrize("gabarit", GABARITS.values(), ids=lambda gabarit: gabarit.cle)
def test_une_feuille_seule_a_les_memes_operateurs(gabarit: Gabarit) -> None:
    livret = carnet(10, nom="Élodie Ñuñez", gabarit=gabarit)
    entier = contenus(render_carnet(livret))
    for feuille in range(1, livret.nombre_feuilles + 1):
        assert contenus(render_carnet(livret, [feuille])) == [entier[feuille - 1]]


@pytest.mark.parametrize(("taille", "feuilles"), [(5, 2), (10, 3)])
def test_une_couverture_puis_cinq_coupons_par_feuille(taille: int, feuilles: int) -> None:
    pages = textes_du_pdf(render_carnet(carnet(taille)))
    assert len(pages) == feuilles == carnet(taille).nombre_feuilles
    assert f"Carnet de {taille} pass numériques" in pages[0]
    assert [page.count("Pass numérique\r\n") for page in pages[1:]] == [5] * (feuilles - 1)
    assert f"Feuille {feuilles} sur {feuilles}, pass {taille - 4} à {taille}" in pages[-1]


def test_ce_que_dit_la_couverture() -> None:
    texte = textes_du_pdf(render_carnet(carnet(5)))[0]
    assert "5 pass de 10 €, soit 50 €" in texte
    assert "Valable jusqu’au 31 décembre 2027" in texte
    assert "(trente et un décembre deux mille vingt-sept)" in texte
    assert "Carnet n° 012 0001234" in texte
    assert "Mon nom, si je veux :" in texte
    assert texte.count("ou au 03 00 00 00 00.") == 2
    assert "Feuille 1 sur 2, couverture" in texte


def test_ce_que_dit_un_coupon() -> None:
    livret = carnet(10)
    texte = " ".join(textes_du_pdf(render_carnet(livret))[1].split())
    troisieme = livret.passes[2]
    assert troisieme.serie == "012 0001234 03"
    assert f"N° 012 0001234 03 clé {troisieme.cle} code {troisieme.code}" in texte
    assert f"012 0001234 03 clé {troisieme.cle} Utilisé le" in texte
    assert "10€ n° 3 sur 10" in texte  # the narrow space is drawn, not written


def test_le_premier_du_mois() -> None:
    texte = textes_du_pdf(render_carnet(carnet(5, dernier_jour=date(2027, 3, 1))))[0]
    assert re.search(r"Valable jusqu’au 1\s*er mars 2027", texte)
    assert "(premier mars deux mille vingt-sept)" in texte


def test_les_memes_octets_deux_fois() -> None:
    livret = carnet(10, nom="Nguyễn Thị Phượng")
    assert render_carnet(livret) == render_carnet(livret)


def test_une_feuille_refaite_a_le_meme_contenu() -> None:
    livret = carnet(10, nom="Élodie Ñuñez")
    entier, seule = contenus(render_carnet(livret)), contenus(render_carnet(livret, [3]))
    assert len(entier) == 3
    assert seule == entier[2:]
    assert contenus(render_carnet(livret, [3, 1])) == [entier[0], entier[2]]


@pytest.mark.parametrize("feuilles", [[0], [4], [], [1, 9]])
def test_une_feuille_qui_n_existe_pas(feuilles: list[int]) -> None:
    with pytest.raises(ValueError, match="sheets 1 to 3"):
        render_carnet(carnet(10), feuilles)


def test_un_carnet_incomplet_ne_s_imprime_pas() -> None:
    livret = carnet(5)
    for passes in (livret.passes[:4], livret.passes[::-1]):
        with pytest.raises(ValueError, match="all its pass"):
            render_carnet(carnet(5, passes=passes))


@pytest.mark.parametrize("nom", NOMS)
def test_un_nom_s_imprime_tel_quel(nom: str) -> None:
    texte = " ".join(textes_du_pdf(render_carnet(carnet(5, nom=nom)))[0].split())
    assert f"Ce carnet est à {nom} Comment" in texte.replace(" Carnet n° 012 0001234", "")
    assert "Mon nom" not in texte


def test_un_nom_de_soixante_trois_lettres_tient_en_deux_lignes() -> None:
    nom = "Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann"
    texte = " ".join(textes_du_pdf(render_carnet(carnet(5, nom=nom)))[0].split())
    assert len(nom) == 63
    assert nom in texte


def test_un_nom_sans_glyphe_se_voit() -> None:
    texte = " ".join(textes_du_pdf(render_carnet(carnet(5, nom="Lou 😀")))[0].split())
    assert "Lou [U+1F600]" in texte


def test_un_nom_sans_fin_est_refuse_sans_etre_repete() -> None:
    with pytest.raises(SaisieRefusee) as refus:
        render_carnet(carnet(5, nom="Anne " * 60))
    assert refus.value.code == "nom_trop_long"
    assert "Anne" not in f"{refus.value!r} {refus.value.faits}"


def test_le_nom_n_est_que_sur_la_couverture() -> None:
    pdf = render_carnet(carnet(10, nom="Zzyzx"))
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_dict()["Title"] == "Carnet de 10 pass numériques"
        assert "Zzyzx" not in "".join(document.get_metadata_dict().values())
    premiere, *suite = textes_du_pdf(pdf)
    assert "Zzyzx" in premiere
    assert "Zzyzx" not in "".join(suite)


def test_rien_du_carnet_dans_une_trace() -> None:
    livret = carnet(5, nom="Zzyzx")
    trace = repr(livret)
    assert "Zzyzx" not in trace
    assert livret.passes[0].qr_texte not in trace


def test_les_promesses_du_fichier() -> None:
    pdf = render_carnet(carnet(10))
    assert b"/PrintScaling /None" in pdf
    assert re.search(rb"/Lang \(fr\)", pdf)
    assert b"ASCII85" not in pdf
    assert b"/Image" not in pdf.replace(b"/ImageB /ImageC /ImageI", b"")
    polices = set(re.findall(rb"/FontName /(\S+)", pdf))
    assert {nom.split(b"+")[1] for nom in polices} == {
        b"PassDeskLisible-Regular",
        b"PassDeskLisible-Bold",
        b"DejaVuSans",
    }
    assert pdf.count(b"/FontFile2") == len(polices)
    assert len(pdf) < 90_000


def test_chaque_qr_est_un_seul_chemin_noir() -> None:
    couverture, coupons = contenus(render_carnet(carnet(5)))
    assert (couverture.count(b" re f Q"), coupons.count(b" re f Q")) == (1, 5)
    # Every colour operator of the page sets black.
    for contenu in (couverture, coupons):
        assert set(re.findall(rb"([\d. ]+) (?:rg|RG|g|G|k|K)\s", contenu)) <= {b"0 0 0", b"\n0 0 0", b"0"}


def test_l_exemple_se_lit_sur_chaque_bande() -> None:
    couverture, *feuilles = textes_du_pdf(render_carnet(carnet(10, 127)))
    assert couverture.count("sans valeur") == 5
    for lieux in (LIEUX, LIEUX_LONGS, LIEUX[:1], LIEUX[:2]):
        assert textes_du_pdf(render_carnet(carnet(5, 127, lieux=lieux)))[0].count("sans valeur") == 5
    for feuille in feuilles:
        assert feuille.count("sans valeur") == 15
    assert "EXEMPLE" not in "".join(textes_du_pdf(render_carnet(carnet(10))))


def test_une_demonstration_se_dit_toujours_sans_valeur() -> None:
    assert "sans valeur" in textes_du_pdf(render_carnet(carnet(5, 127, exemple=False)))[1]


def test_lire_pdf_rend_ce_qui_est_imprime() -> None:
    livret = carnet(10, 127)
    assert lire_pdf(render_carnet(livret)) == [livret.certificat_texte, *(p.qr_texte for p in livret.passes)]


def contenus(pdf: bytes) -> list[bytes]:
    """The drawing operators of each page, in page order."""
    flux = []
    for corps in re.findall(
        rb"/Filter \[ /FlateDecode \] /Length \d+\s*>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL
    ):
        clair = zlib.decompressobj().decompress(corps)
        if b" Tf" in clair:
            flux.append(clair)
    return flux
