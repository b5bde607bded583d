"""The test code of the calibration page is nobody's pass, whatever a place knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from passdesk.protocol.certificat import Certificat, lire_certificat, signer_poste
from passdesk.protocol.confiance import ClePoste, signer_confiance
from passdesk.protocol.essai import code_d_essai
from passdesk.protocol.pass_token import lire_pass
from passdesk.protocol.verdict import verifier_code
from tests.protocol.chaine import (
    CERTIFICAT,
    CONTENU,
    FIN_CLE,
    POSTE,
    PREMIER_JOUR,
    PUBLICATION,
    PUBLICATION_LIEN,
    RACINE_PUB,
    confiance,
    publique,
)


@pytest.mark.parametrize("le", [date(2025, 1, 1), date(2026, 12, 1), date(2035, 1, 1)])
def test_verdict_inconnu_avec_la_liste_comme_avec_un_certificat(le: date) -> None:
    for liste, certificats in ((confiance(), ()), (None, (CERTIFICAT,)), (None, ())):
        verdict = verifier_code(code_d_essai(), RACINE_PUB, liste, certificats, le)
        assert (verdict.verdict, verdict.raison) == ("inconnu", "cle")


def test_il_est_toujours_le_meme_et_se_lit_comme_un_pass_sans_cle() -> None:
    token = lire_pass(code_d_essai())
    assert token is not None
    assert (token.kid, token.carnet, token.rang, token.dernier_jour) == (0, 0, 1, date(2025, 1, 1))


def test_la_cle_numero_zero_n_entre_dans_aucune_liste() -> None:
    cles = (*CONTENU.cles, ClePoste(0, publique(POSTE), PREMIER_JOUR, FIN_CLE))
    with pytest.raises(ValueError, match="desk key"):
        signer_confiance(replace(CONTENU, cles=cles), PUBLICATION, PUBLICATION_LIEN)


def test_ni_dans_un_certificat() -> None:
    with pytest.raises(ValueError, match="kid"):
        signer_poste(PUBLICATION, kid=0, cle=publique(POSTE), premier_jour=PREMIER_JOUR, dernier_jour=FIN_CLE)
    force = Certificat(CERTIFICAT.publication, replace(CERTIFICAT.poste, kid=0))
    assert lire_certificat(force.texte) is None
