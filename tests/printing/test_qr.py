"""A QR symbol has one size: what does not fit stops."""

from __future__ import annotations

import random

import pytest
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode

from passdesk.domain.dessin import Matrice
from passdesk.printing.qr import MODULE_CERTIFICAT, MODULE_PASS, matrice_certificat, matrice_pass
from tests.printing.fabrique import carnet, certificat_texte


def test_tailles_du_protocole() -> None:
    symbole = matrice_pass(carnet(5).passes[0].qr_texte)
    grand = matrice_certificat(certificat_texte())
    assert (len(symbole), len(grand)) == (41, 57)
    assert Matrice(0, 0, MODULE_PASS, symbole).cote == pytest.approx(34.71, abs=0.005)
    assert Matrice(0, 0, MODULE_CERTIFICAT, grand).cote == pytest.approx(38.61, abs=0.005)


def test_un_texte_court_ne_donne_pas_un_symbole_plus_petit() -> None:
    assert len(matrice_pass("801")) == 41


@pytest.mark.parametrize("texte", ["801" + "9" * 178, "801ABC", ""])
def test_un_texte_qui_ne_tient_pas_arrete_tout(texte: str) -> None:
    with pytest.raises(ValueError, match=rf"QR 6: {len(texte)} characters"):
        matrice_pass(texte)


@pytest.mark.parametrize("texte", ["802" + "A" * 309, "802é", "802abc"])
def test_un_certificat_qui_ne_tient_pas_arrete_tout(texte: str) -> None:
    with pytest.raises(ValueError, match="QR 10"):
        matrice_certificat(texte)


def test_le_refus_ne_montre_pas_le_texte() -> None:
    with pytest.raises(ValueError, match="QR 6") as refus:
        matrice_pass("8017777777x")
    assert "7777777" not in str(refus.value)


def test_les_series_redonnent_la_matrice() -> None:
    lignes = matrice_pass(carnet(5).passes[2].qr_texte)
    refaite = [[False] * 41 for _ in range(41)]
    series = list(Matrice(0, 0, 1, lignes).series())
    for colonne, rang, longueur in series:
        refaite[rang][colonne : colonne + longueur] = [True] * longueur
    assert tuple(tuple(ligne) for ligne in refaite) == lignes
    assert len(series) < sum(map(sum, lignes))


@pytest.mark.parametrize("graine", range(40))
def test_le_masque_est_celui_que_la_bibliotheque_choisit(graine: int) -> None:
    """A carnet printed again, by whatever program, has the symbols it had."""
    hasard = random.Random(graine)
    chiffres = "801" + "".join(hasard.choices("0123456789", k=174))
    lettres = "802" + "".join(
        hasard.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", k=hasard.randint(10, 300))
    )
    choix = (
        (matrice_pass(chiffres), chiffres, 6, ERROR_CORRECT_Q),
        (matrice_certificat(lettres), lettres, 10, ERROR_CORRECT_M),
    )
    for lignes, texte, version, niveau in choix:
        symbole = QRCode(version=version, error_correction=niveau, border=0)
        symbole.add_data(texte, optimize=0)
        symbole.make(fit=False)
        assert hash(lignes) == hash(tuple(map(tuple, symbole.modules)))
