"""The digits of a pass: same bytes for ever, whole range, and what a reader must turn away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol.pass_token import lire_pass, signer_pass, verifier_pass
from tests.protocol.chaine import POSTE, publique, un_pass

CLE_FIGEE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
AZERTY = str.maketrans("0123456789", "à&é\"'(-è_ç")
AZERTY_MAC = str.maketrans("0123456789", "à&é\"'(§è!ç")
"""Of a Mac in French, and of any keyboard bought in Belgium, next door."""

VECTEURS = [
    (
        {"campagne": 12, "kid": 42, "carnet": 1234, "taille": 10, "rang": 3, "dernier_jour": date(2027, 12, 31)},
        "001_0001100_0000000000101010_000000000010011010010_1_0011_010001000110",
        "80103381485811999826625681941770980273638238202965830628121144467294647177444347184451464"
        "0060994792961587330518344405044359051902321344152230354431772341592398855245209848334090",
    ),
    (
        {"campagne": 127, "kid": 65535, "carnet": 2097151, "taille": 5, "rang": 5, "dernier_jour": date(2036, 3, 19)},
        "001_1111111_1111111111111111_111111111111111111111_0_0101_111111111111",
        "80106183260036827470563572407952703909451225584457999156557494897316103260565219458580984"
        "9871673344931175196494703870823798167152685636301684301039058753428081471991727964035841",
    ),
    (
        {"campagne": 0, "kid": 0, "carnet": 0, "taille": 5, "rang": 1, "dernier_jour": date(2025, 1, 1)},
        "001_0000000_0000000000000000_000000000000000000000_0_0001_000000000000",
        "80103091630018413812168198245521321256485255998709567717735369549596280657062310395451155"
        "0558331381690858550061171388635658687723658497790462110224525277417091166895309360136205",
    ),
]

numeros = st.fixed_dictionaries(
    {
        "campagne": st.integers(0, 127),
        "kid": st.integers(0, 65535),
        "carnet": st.integers(0, 2**21 - 1),
        "dernier_jour": st.integers(0, 4095).map(lambda n: date(2025, 1, 1) + timedelta(days=n)),
    }
)
rangs = st.sampled_from([(taille, rang) for taille in (5, 10) for rang in range(1, taille + 1)])


@pytest.mark.parametrize(("champs", "bits", "texte"), VECTEURS)
def test_les_octets_sont_figes(champs, bits, texte):
    token = signer_pass(CLE_FIGEE, **champs)
    assert token.texte == texte
    assert token.entete == int(bits, 2).to_bytes(8, "big")
    # The same from first principles: header ‖ Ed25519(b"PassNum/1\0" ‖ header), one integer in 174 digits.
    signature = CLE_FIGEE.sign(b"PassNum/1\x00" + token.entete)
    assert texte == "801" + f"{int.from_bytes(token.entete + signature, 'big'):0174d}"


@given(numeros, rangs)
def test_ce_qui_est_signe_se_relit(champs, taille_et_rang):
    taille, rang = taille_et_rang
    token = signer_pass(CLE_FIGEE, taille=taille, rang=rang, **champs)
    assert len(token.texte) == 177
    assert lire_pass(token.texte) == token
    assert verifier_pass(token, publique(CLE_FIGEE))
    assert not verifier_pass(token, publique(POSTE))


def test_un_lecteur_en_mode_clavier_azerty_ou_bavard_se_relit():
    token = un_pass()
    texte = token.texte
    assert lire_pass(texte.translate(AZERTY)) == token
    assert lire_pass(texte[:60].translate(AZERTY) + texte[60:]) == token
    assert lire_pass(texte.translate(AZERTY_MAC)) == token
    assert lire_pass(texte.translate(AZERTY).upper()) == token
    assert lire_pass("  " + " ".join(texte[i : i + 6] for i in range(0, 177, 6)) + "\u00a0\r\n") == token


def test_les_textes_qui_ne_sont_pas_un_pass_sont_tournes():
    texte = un_pass().texte
    refuses = [
        "",
        texte[:-1],
        texte + "0",
        "802" + texte[3:],
        "801" + str(2**576).zfill(174),
        "801" + "9" * 174,
        "801" + "0" * 174,  # version 0
        "801" + str(2 << 573).zfill(174),  # version 2
        texte[:10] + "x" + texte[11:],
        texte[:10] + "٣" + texte[11:],  # a digit, but not one of ours
        texte[:10] + "²" + texte[11:],
        "https://exemple.fr/" + texte,
        "1" * 100_000,
    ]
    assert [lire_pass(refuse) for refuse in refuses] == [None] * len(refuses)
    assert lire_pass("801" + str((1 << 573) + 1).zfill(174)) is not None


@pytest.mark.parametrize(
    "faute",
    [
        {"campagne": 128},
        {"campagne": -1},
        {"kid": 65536},
        {"carnet": 2**21},
        {"carnet": -1},
        {"rang": 0},
        {"rang": 11},
        {"taille": 5, "rang": 6},
        {"taille": 7},
        {"dernier_jour": date(2024, 12, 31)},
        {"dernier_jour": date(2036, 3, 20)},
    ],
)
def test_un_numero_sans_place_ne_se_signe_pas(faute):
    with pytest.raises(ValueError, match=r"out of range|do not agree"):
        un_pass(**faute)


def test_la_signature_ne_se_montre_pas():
    token = un_pass()
    assert token.signature.hex() not in repr(token)
    assert repr(token.signature) not in repr(token)
