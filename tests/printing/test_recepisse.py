"""The receipt: two halves, no name for the person's, nothing cut or overlapping whatever the names (ui/paper §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pypdfium2
import pytest

from passdesk.domain.dessin import Cadre, Texte, Trait
from passdesk.printing.recepisse import COUPE, Recepisse, page_recepisse, papier_recepisse, render_recepisse
from tests.printing.fabrique import boite, images_du_pdf, textes, textes_du_pdf

MODELE = Recepisse(
    personne="Maëlys Modèle",
    dossier="2026-3F2A-91C4",
    campagne_numero=12,
    serie_carnet="012 0001234",
    taille=10,
    valeur_cents=1000,
    dernier_jour=date(2027, 12, 31),
    remis_le=date(2026, 11, 24),
    guichet="France services de Villetémoin",
    telephone_aide="0300000000",
    reglement=date(2022, 2, 1),
    motifs=("reglement_anterieur", "accompagne_carnet_10"),
)
NOM_63 = "Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann"
CAS = {
    "simple": MODELE,
    "exemple": replace(MODELE, campagne_numero=127, remis_le=date(2026, 12, 1), dernier_jour=date(2027, 9, 1)),
    "nom long": replace(MODELE, personne=NOM_63, guichet=NOM_63, campagne_numero=127),
    "nom sans fin": replace(MODELE, personne=f"{NOM_63} " * 6, guichet=f"{NOM_63} " * 3, campagne_numero=127),
    "un seul mot": replace(MODELE, personne="W" * 200, guichet="M" * 120),
    "hostile": replace(MODELE, personne="<b>O'Neil & fils</b> 😀 \n\x00(", guichet="\\ ) %s {0} \u202f"),
    "aide longue": replace(MODELE, telephone_aide="+33 3 00 00 00 00, puis le poste 4321 à l’accueil"),
    "cinq": replace(MODELE, taille=5, motifs=("complement_carnet_5",), serie_carnet="126 2097151"),
    "rien": replace(MODELE, personne="", guichet="", motifs=()),
}


def plat(texte: str) -> str:
    return " ".join(texte.replace("\x02", "-").split())


def moities(recepisse: Recepisse) -> tuple[str, str]:
    """What is written above and below the cut, in the order of the reading."""
    ecrits = [texte for texte in textes(page_recepisse(recepisse).elements) if isinstance(texte, Texte)]
    dessus = " ".join(texte.texte for texte in ecrits if texte.y < COUPE)
    return plat(dessus), plat(" ".join(texte.texte for texte in ecrits if texte.y > COUPE))


def test_ce_que_dit_la_moitie_de_la_personne() -> None:
    dessus, _ = moities(MODELE)
    assert dessus.startswith("Récépissé de remise Pour vous Vous avez reçu un carnet de 10 pass numériques.")
    for phrase in (
        "Carnet n° 012 0001234, de 10 pass (n° 1 à 10)",
        "Valeur 10 × 10 € = 100 €",
        "Valable jusqu’au 31 décembre 2027",
        "Remis le 24 novembre 2026",
        "Guichet France services de Villetémoin",
        "Carnet perdu ou volé ? Appelez vite le 03 00 00 00 00.",
        "Gardez ce papier. Ne le rangez pas avec le carnet.",
    ):
        assert phrase in dessus
    assert "Demandez au guichet, ou au 03 00 00 00 00." in dessus


def test_ce_que_dit_la_moitie_du_guichet() -> None:
    _, dessous = moities(MODELE)
    for phrase in (
        "Pour le guichet Personne Maëlys Modèle Dossier n° 2026-3F2A-91C4 Carnet",
        "Remis le 24 novembre 2026",
        "Règlement 1 er février 2022 ; personne accompagnée : carnet de 10 Je signe parce que",
        "L’agent signe seul et l’indique ici.",
        "À ranger sous clé. À détruire à la date fixée par la Région.",
    ):
        assert phrase in dessous


def test_la_moitie_de_la_personne_ne_la_nomme_pas() -> None:
    dessus, dessous = moities(replace(MODELE, personne="Zzyzx Qwfp"))
    assert "Zzyzx" not in dessus and MODELE.dossier not in dessus
    assert "Zzyzx Qwfp" in dessous


def test_ni_le_titre_ni_une_trace_ne_nomment_la_personne() -> None:
    temoin = replace(MODELE, personne="Zzyzx")
    papier = papier_recepisse(temoin)
    with pypdfium2.PdfDocument(papier.pdf) as document:
        assert len(document) == 1
        assert "Zzyzx" not in "".join(document.get_metadata_dict().values())
    assert papier.titre.isascii() and "Zzyzx" not in f"{papier!r} {temoin!r} {papier.pages!r}"


@pytest.mark.parametrize("nom", ["Nguyễn Thị Phượng", NOM_63, f"{NOM_63} {NOM_63}"])
def test_un_nom_n_est_jamais_coupe_ni_abrege(nom: str) -> None:
    assert nom in moities(replace(MODELE, personne=nom))[1]
    copie = plat(textes_du_pdf(render_recepisse(replace(MODELE, personne=nom)))[0])
    assert nom.replace(" ", "") in copie.replace(" ", "")


def test_les_memes_octets_deux_fois() -> None:
    assert render_recepisse(MODELE) == render_recepisse(replace(MODELE))


@pytest.mark.parametrize("cas", CAS)
def test_rien_ne_se_touche_et_rien_ne_sort(cas: str) -> None:
    elements = page_recepisse(CAS[cas]).elements
    boites = [boite(texte) for texte in textes(elements)]
    assert [(a.nom, b.nom) for a, b in combinations(boites, 2) if a.touche(b)] == []
    for b in boites:
        assert b.x1 >= 20 and b.x2 <= 190.01 and b.y1 > 12 and b.y2 < 291, b.nom
        assert b.nom == "✂" or not b.y1 < COUPE < b.y2
    for trait in (boite(e) for e in elements if isinstance(e, Trait)):
        assert [b.nom for b in boites if b.touche(trait)] == []
    for cadre in (boite(e) for e in elements if isinstance(e, Cadre)):
        for b in boites:
            dedans = cadre.x1 < b.x1 and b.x2 < cadre.x2 and cadre.y1 < b.y1 and b.y2 < cadre.y2
            assert dedans or not cadre.touche(b), b.nom


@pytest.mark.parametrize("cas", CAS)
def test_rien_ne_bouge_quand_un_nom_est_long(cas: str) -> None:
    def places(recepisse: Recepisse) -> set[tuple[float, float, str]]:
        ecrits = textes(page_recepisse(recepisse).elements)
        return {(t.x, t.y, t.texte) for t in ecrits if isinstance(t, Texte) and t.x == 20}

    assert places(CAS[cas]) == places(replace(CAS[cas], personne="A", guichet="B"))


def test_l_exemple_se_dit_sur_chaque_moitie() -> None:
    assert [moitie.count("sans valeur") for moitie in moities(CAS["exemple"])] == [1, 1]
    assert "EXEMPLE" not in "".join(moities(MODELE))


def test_les_trois_motifs_se_disent_en_mots() -> None:
    seule = replace(MODELE, taille=5, motifs=("autonome_carnet_5",))
    assert "personne seule : premier carnet de 5" in moities(seule)[1]
    assert "demande complémentaire : second carnet de 5" in moities(CAS["cinq"])[1]


def test_rien_que_du_noir() -> None:
    (image,) = images_du_pdf(render_recepisse(MODELE), 300)
    sombres = [n for valeur, n in enumerate(image.histogram()) if valeur < 250]
    assert image.histogram()[0] > sum(sombres[1:]) / 2  # what is not black is only the edge of a letter
