"""The printed serial: its form, its key (that of the paper's pictures), its code, and what people type of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol.serie import cle97, code_controle, lire_serie, serie, serie_carnet

series = st.tuples(st.integers(0, 127), st.integers(0, 2**21 - 1), st.integers(1, 10))


def test_forme_imprimee():
    assert serie(12, 1234, 3) == "012 0001234 03"
    assert serie_carnet(12, 1234) == "012 0001234"
    assert serie(127, 2097151, 10) == "127 2097151 10"


def test_la_cle_est_celle_des_images_du_papier():
    # The pictures group the twelve digits otherwise: 0042 001234 01 … 05.
    assert [cle97(4, 2001234, rang) for rang in (1, 2, 3, 4, 5)] == ["25", "22", "19", "16", "13"]


@given(series)
def test_la_cle_se_calcule_comme_celle_d_un_rib(numeros):
    chiffres = serie(*numeros).replace(" ", "")
    cle = cle97(*numeros)
    assert int(chiffres + cle) % 97 == 0
    assert 1 <= int(cle) <= 97
    assert len(cle) == 2


@given(series, st.data())
def test_un_chiffre_faux_ou_deux_voisins_echanges_se_voient(numeros, data):
    juste = serie(*numeros).replace(" ", "") + cle97(*numeros)
    place = data.draw(st.integers(0, 13))
    fautes = {juste[:place] + c + juste[place + 1 :] for c in "0123456789"} - {juste}
    voisins = {juste[:i] + juste[i + 1] + juste[i] + juste[i + 2 :] for i in range(13)} - {juste}
    for faute in fautes | voisins:
        lue = lire_serie(faute)
        assert lue is None or lue.cle_juste is False


def test_toutes_les_fautes_d_un_chiffre_d_une_serie():
    juste = "0120001234" + "03" + cle97(12, 1234, 3)
    fautes = [juste[:i] + c + juste[i + 1 :] for i in range(14) for c in "0123456789" if c != juste[i]]
    assert len(fautes) == 126
    assert not any(lue and lue.cle_juste for lue in map(lire_serie, fautes))


@given(st.binary(min_size=64, max_size=64))
def test_le_code_tient_les_25_premiers_bits(signature):
    code = code_controle(signature)
    bits = "".join(f"{'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(c):05b}" for c in code)
    assert bits == "".join(f"{octet:08b}" for octet in signature)[:25]


def test_code_de_signatures_connues():
    assert code_controle(b"\x00" * 64) == "00000"
    assert code_controle(b"\xff" * 64) == "ZZZZZ"
    assert code_controle(bytes.fromhex("0443214f") + b"\x00" * 60) == "0H1J2"


@pytest.mark.parametrize(
    "tape",
    [
        "012 0001234 03 {cle}",
        "012000123403{cle}",
        " 012\u00a00001234\u202f03   {cle}\n",
        "O12 OOO1234 O3 {cle}",
        "0I2 000l234 03 {cle}",
        "N° 012 0001234 03  clé {cle}",
        "n°012 0001234 03 clé\u00a0: {cle}",
        "Nº 012 0001234 03 CLE {cle}",
        "012-0001234-03-{cle}",
        'à&é ààà&é"\' à" {azerty}',
    ],
)
def test_ce_que_l_on_tape_se_lit(tape):
    cle = cle97(12, 1234, 3)
    texte = tape.format(cle=cle, azerty=cle.translate(str.maketrans("0123456789", "à&é\"'(-è_ç")))
    lue = lire_serie(texte)
    assert lue is not None
    assert (lue.campagne, lue.carnet, lue.rang, lue.cle_juste) == (12, 1234, 3, True)


def test_le_code_tape_se_lit_aussi():
    lue = lire_serie(f"N° 012 0001234 03 clé {cle97(12, 1234, 3)} code Orpmo")
    assert lue is not None
    assert (lue.cle_juste, lue.code) == (True, "0RPM0")
    # The printed words go, a code that resembles them stays.
    lue = lire_serie(f"012 0001234 03 {cle97(12, 1234, 3)} cle23")
    assert lue is not None
    assert lue.code == "C1E23"


def test_sans_cle_on_ne_sait_pas_si_elle_est_juste():
    lue = lire_serie("012 0001234 03")
    assert lue is not None
    assert lue.cle_juste is None


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "012",
        "bonjour",
        "128 0001234 03",
        "012 2097152 03",
        "012 0001234 00",
        "012 0001234 11",
        "0120001234031",
        "8" * 177,
    ],
)
def test_ce_qui_n_est_pas_une_serie(texte):
    assert lire_serie(texte) is None


@pytest.mark.parametrize("numeros", [(128, 1, 1), (-1, 1, 1), (1, 2**21, 1), (1, 1, 0), (1, 1, 11)])
def test_un_numero_sans_place_ne_s_imprime_pas(numeros):
    with pytest.raises(ValueError, match="no serial"):
        serie(*numeros)
    with pytest.raises(ValueError, match="no serial"):
        cle97(*numeros)
