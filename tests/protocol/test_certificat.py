"""The cover certificate: both links of the chain in 303 characters, held against the root and the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol import base45
from passdesk.protocol.certificat import (
    Certificat,
    LienServeur,
    est_certificat,
    lire_certificat,
    signer_poste,
    signer_publication,
    signer_serveur,
)
from tests.protocol.chaine import (
    CERTIFICAT,
    KID,
    POSTE,
    PREMIER_JOUR,
    PUBLICATION,
    PUBLICATION_LIEN,
    RACINE,
    RACINE_PUB,
    cle,
    publique,
)

LE = date(2026, 11, 23)


def test_le_texte_se_relit_et_se_verifie():
    texte = CERTIFICAT.texte
    assert texte.startswith("802")
    assert est_certificat(texte)
    assert len(texte) == 3 + 300
    assert set(texte) <= set(base45.ALPHABET)
    lu = lire_certificat(texte + "\r\n")
    assert lu == CERTIFICAT
    assert lu.verifier(RACINE_PUB, LE)


def test_les_octets_signes_sont_ceux_du_format():
    octets = base45.decode(CERTIFICAT.texte[3:])
    publication, poste = publique(PUBLICATION), publique(POSTE)
    fin = (date(2027, 2, 21) - date(2025, 1, 1)).days.to_bytes(2, "big")
    jours = b"".join((jour - date(2025, 1, 1)).days.to_bytes(2, "big") for jour in (PREMIER_JOUR, date(2027, 11, 1)))
    kid = KID.to_bytes(2, "big")
    assert octets == (
        publication
        + fin
        + RACINE.sign(b"PassDesk-publication/1\x00" + publication + fin)
        + kid
        + jours
        + poste
        + PUBLICATION.sign(b"PassDesk-poste/1\x00" + kid + jours + poste)
    )
    assert len(octets) == 200


def test_chaque_octet_change_rompt_la_chaine():
    octets = base45.decode(CERTIFICAT.texte[3:])
    for place in range(len(octets)):
        for masque in (1, 128):
            change = bytearray(octets)
            change[place] ^= masque
            lu = lire_certificat("802" + base45.encode(bytes(change)))
            assert lu is None or not lu.verifier(RACINE_PUB, LE), place


def test_une_autre_racine_ne_reconnait_rien():
    assert not CERTIFICAT.verifier(publique(cle("autre racine")), LE)
    assert not CERTIFICAT.verifier(b"pas une cle", LE)


def test_les_jours_bornent_la_signature_pas_la_lecture():
    assert not CERTIFICAT.verifier(RACINE_PUB, date(2026, 10, 31))
    assert CERTIFICAT.verifier(RACINE_PUB, PREMIER_JOUR)
    # Both keys have retired; what the desk printed in its time stays good.
    assert CERTIFICAT.verifier(RACINE_PUB, date(2027, 12, 31))
    # A desk key that begins after the publication key has retired was certified too late.
    ancien = signer_publication(RACINE, publique(PUBLICATION), date(2026, 10, 31))
    assert not Certificat(ancien, CERTIFICAT.poste).verifier(RACINE_PUB, LE)


@given(st.text(max_size=400))
def test_un_texte_quelconque_ne_fait_pas_tomber_la_lecture(texte):
    assert lire_certificat(texte) is None
    assert lire_certificat("802" + texte) is None


def test_les_cles_du_serveur_sont_liees_a_la_publication():
    lien = signer_serveur(PUBLICATION, reponse=publique(POSTE), scellement=b"\x09" * 32)
    assert lien.verifier(publique(PUBLICATION))
    assert not lien.verifier(RACINE_PUB)
    assert not LienServeur(lien.scellement, lien.reponse, lien.signature).verifier(publique(PUBLICATION))


def test_ce_qui_n_a_pas_de_place_ne_se_signe_pas():
    with pytest.raises(ValueError, match="32 bytes"):
        signer_publication(RACINE, b"courte", LE)
    with pytest.raises(ValueError, match="day out of range"):
        signer_publication(RACINE, publique(POSTE), date(2024, 12, 31))
    with pytest.raises(ValueError, match="out of range"):
        signer_poste(PUBLICATION, kid=65536, cle=publique(POSTE), premier_jour=LE, dernier_jour=LE)
    with pytest.raises(ValueError, match="out of range"):
        signer_poste(PUBLICATION, kid=1, cle=publique(POSTE), premier_jour=LE, dernier_jour=date(2026, 11, 22))


def test_une_signature_de_lien_ne_se_deplace_pas():
    # The same bytes signed for another purpose are worth nothing: each message names what it is for.
    assert not PUBLICATION_LIEN.verifier(publique(PUBLICATION))
    autre = Certificat(PUBLICATION_LIEN, CERTIFICAT.poste)
    assert autre.verifier(RACINE_PUB, LE)
    croise = Certificat(
        signer_publication(RACINE, publique(POSTE), date(2027, 2, 21)),
        CERTIFICAT.poste,
    )
    assert not croise.verifier(RACINE_PUB, LE)
