"""Base45 as RFC 9285 writes it, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol import base45


@pytest.mark.parametrize(
    ("octets", "texte"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", "")],
)
def test_exemples_de_la_rfc(octets, texte):
    assert base45.encode(octets) == texte
    assert base45.decode(texte) == octets


@given(st.binary(max_size=300))
def test_aller_retour(octets):
    texte = base45.encode(octets)
    assert base45.decode(texte) == octets
    assert set(texte) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize("texte", ["A", "GGX", ":::", "::", "U6", "bb8", "BB8é", "BB,", "AAAA"])
def test_ce_qui_n_est_pas_du_base45_est_refuse(texte):
    with pytest.raises(ValueError, match="base45"):
        base45.decode(texte)


@given(st.text(alphabet=base45.ALPHABET, max_size=60))
def test_un_texte_n_a_qu_une_lecture(texte):
    try:
        octets = base45.decode(texte)
    except ValueError:
        return
    assert base45.encode(octets) == texte
