"""No character is lost in silence, and the derived face is what its script makes."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from passdesk.printing.fontes import TAILLE_SECOURS, Metriques, sans_glyphe, troncons
from passdesk.ressources import chemin

SCRIPT = Path(__file__).parents[2] / "installer" / "fontes.py"


@pytest.mark.parametrize(
    "nom",
    [
        "Zoé-Éloïse d’Œuvrard-Lœuillet",
        "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ àâäçéèêëîïôöùûüÿœæ",
        "Nguyễn Thị Phượng Đặng",
        "Çağla Şahin İbrahim ığ",
        "Ioana Țuțea Ștefănescu Măgură",
        "Muḥammad al-Khwārizmī ʿAbd ʾAḥmad Ḍiyāʾ",
        "Łucja Wójcik Żółć",
        "Иван Шевченко",
        "Ελένη Παπαδοπούλου",
        "Ọláìyá",
    ],
)
def test_ces_noms_s_impriment_en_entier(nom: str) -> None:
    assert sans_glyphe(nom) == ()
    assert "".join(troncon.texte for troncon in troncons(nom)) == nom


def test_le_secours_ne_prend_que_ce_qui_manque() -> None:
    principale, secours, suite = troncons("Nguyễn", gras=True)
    assert (principale.texte, secours.texte, suite.texte) == ("Nguy", "ễ", "n")
    assert principale.police == suite.police != secours.police
    assert (principale.taille, secours.taille) == (1.0, TAILLE_SECOURS)


@pytest.mark.parametrize(
    ("texte", "imprime", "manquants"),
    [
        ("A😀b", "A[U+1F600]b", ("😀",)),
        ("漢字", "[U+6F22][U+5B57]", ("漢", "字")),
        ("د", "[U+062F]", ("د",)),
        ("a\u0007b", "a[U+0007]b", ("\u0007",)),
    ],
)
def test_ce_qui_ne_se_dessine_pas_s_imprime_par_son_numero(
    texte: str, imprime: str, manquants: tuple[str, ...]
) -> None:
    assert "".join(troncon.texte for troncon in troncons(texte)) == imprime
    assert sans_glyphe(texte) == manquants


def test_un_accent_tape_a_part_rejoint_sa_lettre() -> None:
    assert [troncon.texte for troncon in troncons("e\u0301t\u00e9")] == ["été"]


def test_les_signes_sans_encre_ne_laissent_pas_de_trace() -> None:
    assert [troncon.texte for troncon in troncons("Ma\u00adrie\u200b\tLou\u202f!")] == ["Marie Lou\u00a0!"]


def test_la_mesure_compte_le_secours_et_l_interlettrage() -> None:
    mesure = Metriques()
    assert mesure.largeur("ễ", 14) > 0
    assert mesure.largeur("a b", 14) == pytest.approx(mesure.largeur("a\u00a0b", 14))
    assert mesure.largeur("RPPWW", 12, interlettre=0.07) - mesure.largeur("RPPWW", 12) == pytest.approx(
        5 * 0.07 * 12 * 25.4 / 72
    )


@pytest.mark.parametrize("graisse", ["Regular", "Bold"])
def test_la_police_derivee_se_refait_a_l_identique(graisse: str) -> None:
    deriver = runpy.run_path(str(SCRIPT))["deriver"]
    assert deriver(graisse) == chemin("fonts", f"PassDeskLisible-{graisse}.ttf").read_bytes()


def dessin(fonte: TTFont, nom: str) -> tuple[object, ...]:
    """Outline, width and left bearing of a glyph."""
    glyphes = fonte.getGlyphSet()
    stylo = DecomposingRecordingPen(glyphes)
    glyphes[nom].draw(stylo)
    return (*stylo.value, fonte["hmtx"][nom])


@pytest.mark.parametrize("graisse", ["Regular", "Bold"])
def test_seul_le_zero_a_change_et_le_nom(graisse: str) -> None:
    original = TTFont(chemin("fonts", f"AtkinsonHyperlegibleNext-{graisse}.ttf"))
    derivee = TTFont(chemin("fonts", f"PassDeskLisible-{graisse}.ttf"))
    differents = {nom for nom in original.getGlyphOrder() if dessin(original, nom) != dessin(derivee, nom)}
    zero = derivee["glyf"]["zero"]
    assert differents == {"zero", "zero.tf"}  # the second is the first, in a cell of its own
    assert zero.numberOfContours == 2
    assert (zero.xMin, zero.xMax) == (original["glyf"]["zero"].xMin, original["glyf"]["zero"].xMax)
    assert derivee["name"].getDebugName(1) == "PassDesk Lisible"
    assert "Atkinson" not in " ".join(derivee["name"].getDebugName(n) or "" for n in (1, 3, 4, 6, 16, 25))
    assert "Open Font License" in derivee["name"].getDebugName(13)
