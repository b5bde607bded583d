"""The pages of what is held on a person: as many as it takes, nothing outside the sheet, no heading left alone."""

from __future__ import annotations

from datetime import date

import pytest

from passdesk.domain.dessin import Ancre, Cadre, Texte
from passdesk.domain.dossier_personne import DossierPapier, LigneDossier, Rubrique
from passdesk.printing.dossier_papier import (
    A_COPIER,
    AMPLEURS,
    BAS,
    DROITE,
    GAUCHE,
    TEXTE,
    pages_dossier,
    papier_dossier,
)
from passdesk.printing.fontes import Metriques

LONG = "Une note qui n’en finit pas " * 40


def _dossier(**champs: object) -> DossierPapier:
    rubriques = tuple(
        Rubrique(f"Rubrique {rang}", tuple(LigneDossier(f"Nom {n}", f"Valeur {n} de la rubrique") for n in range(rang)))
        for rang in range(1, 14)
    )
    valeurs: dict[str, object] = {
        "titre": "Ce que nous gardons sur vous",
        "personne": "Maëlle Dufresnoy-Vandenbroucke de la Haute-Maison",
        "guichet": "Maison France services de Fourmies",
        "telephone_aide": "03 27 00 00 00",
        "le": date(2026, 11, 1),
        "introduction": ("Vous avez demandé ce que le guichet garde sur vous.",),
        "rubriques": (Rubrique("Note", (LigneDossier("Note", LONG), LigneDossier("Mot", "x" * 300))), *rubriques),
        "pied": ("Une information est fausse ?",),
    }
    return DossierPapier(**valeurs | champs)  # type: ignore[arg-type]


@pytest.mark.parametrize("gros", [False, True])
def test_nothing_leaves_the_sheet_and_no_heading_is_alone(gros: bool) -> None:
    mesure = Metriques()
    pages = pages_dossier(_dossier(gros=gros), mesure)
    assert len(pages) > (3 if gros else 1)
    for numero, page in enumerate(pages, 1):
        textes = [element for element in page.elements if isinstance(element, Texte)]
        for texte in textes:
            large = mesure.largeur(texte.texte, texte.corps, texte.gras)
            gauche = texte.x - large * {Ancre.GAUCHE: 0.0, Ancre.CENTRE: 0.5, Ancre.DROITE: 1.0}[texte.ancre]
            assert gauche >= GAUCHE - 0.1 and gauche + large <= DROITE + 0.1, texte
            assert 10 < texte.y < 292, texte
        assert any(texte.texte == f"Page {numero} sur {len(pages)}" for texte in textes)
        corps = [texte for texte in textes if texte.y < BAS]
        dernier = max(corps, key=lambda texte: texte.y)
        assert not dernier.texte.startswith("Rubrique"), "a heading alone at the foot"


@pytest.mark.parametrize("avant", range(20, 26))
def test_a_heading_goes_with_all_that_its_first_line_says(avant: int) -> None:
    """A value over several lines went to the next page whole, and left its heading behind."""
    lignes = tuple(LigneDossier(f"Nom {n}", f"Valeur {n}") for n in range(avant))
    suite = Rubrique("Suite", (LigneDossier("Carnet", "Remis à la personne, puis déclaré perdu. " * 14),))
    pages = pages_dossier(_dossier(rubriques=(Rubrique("Rubrique", lignes), suite)))
    for page in pages:
        mots = [element.texte for element in page.elements if isinstance(element, Texte)]
        assert ("Suite" in mots) is ("Carnet" in mots)


def test_all_the_lines_are_there_and_the_same_content_gives_the_same_bytes() -> None:
    mots = [t.texte for page in pages_dossier(_dossier()) for t in page.elements if isinstance(t, Texte)]
    assert mots.count("Rubrique") == 13 and sum(mot.startswith("Valeur") for mot in mots) == sum(range(1, 14))
    assert " ".join(mots).count("n’en finit pas") == 40
    assert papier_dossier(_dossier()).pdf == papier_dossier(_dossier()).pdf
    assert b"Dufresnoy" not in papier_dossier(_dossier()).titre.encode()


def _corps(**champs: object) -> set[float]:
    pages = pages_dossier(_dossier(**champs))
    return {t.corps for page in pages for t in page.elements if isinstance(t, Texte) and t.texte.startswith("Valeur")}


def test_what_has_room_on_its_sheet_is_larger() -> None:
    def court(combien: int) -> tuple[Rubrique, ...]:
        return (Rubrique("Vous", tuple(LigneDossier("Nom", f"Valeur {n}") for n in range(combien))),)

    assert _corps(rubriques=court(8)) == {TEXTE * AMPLEURS[0]}
    assert _corps(rubriques=court(27)) == {TEXTE * AMPLEURS[1]}
    assert _corps(rubriques=court(31)) == {TEXTE}, "no second page for the sake of a larger letter"


def test_what_is_copied_by_hand_is_large_and_framed() -> None:
    cle = Rubrique(
        "Clé", (LigneDossier("", "0MPK - CW8D - KSEZ - MZTX"), LigneDossier("", "K62P - NCRC")), encadree=True
    )
    (page,) = pages_dossier(_dossier(rubriques=(cle,)))
    (cadre,) = [element for element in page.elements if isinstance(element, Cadre)]
    signes = [t for t in page.elements if isinstance(t, Texte) and t.corps == A_COPIER]
    assert "".join(t.texte for t in signes) == "0MPK - CW8D - KSEZ - MZTXK62P - NCRC"
    assert all(cadre.x < t.x and cadre.y < t.y < cadre.y + cadre.hauteur for t in signes)
