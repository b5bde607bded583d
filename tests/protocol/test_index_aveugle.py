"""The blind index: key v1 is frozen by vectors, and what people write in two ways gives one key."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date
from pathlib import Path

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.protocol.index_aveugle import ARGON2_INDEX, ParametresIndex, cle_identite, index_aveugle

VECTEURS = json.loads(Path(__file__).with_name("vecteurs_index.json").read_text(encoding="utf-8"))
SECRET = bytes.fromhex(VECTEURS["secret"])
LEGER = ParametresIndex(memoire_kio=64, temps=1)
NAISSANCE = date(1987, 4, 12)


@pytest.mark.parametrize("vecteur", VECTEURS["vecteurs"], ids=lambda v: v["cle"])
def test_les_cles_sont_figees(vecteur):
    naissance = date.fromisoformat(vecteur["naissance"])
    assert cle_identite(vecteur["nom_naissance"], vecteur["prenoms"], naissance) == vecteur["cle"]


@pytest.mark.parametrize("vecteur", VECTEURS["vecteurs"][::6], ids=lambda v: v["cle"])
def test_les_index_sont_figes(vecteur):
    assert index_aveugle(vecteur["cle"], SECRET).hex() == vecteur["index"]


def test_un_index_est_fait_de_la_cle_du_sel_et_du_secret():
    # Written out again from protocol §6, beside the code under test.
    vecteur = VECTEURS["vecteurs"][0]
    lent = argon2.low_level.hash_secret_raw(
        vecteur["cle"].encode(),
        hashlib.sha256(b"passdesk-index-v1").digest(),
        time_cost=2,
        memory_cost=65536,
        parallelism=1,
        hash_len=32,
        type=argon2.Type.ID,
    )
    assert hmac.new(SECRET, lent, hashlib.sha256).digest()[:16].hex() == vecteur["index"]
    assert (ARGON2_INDEX.memoire_kio, ARGON2_INDEX.temps, ARGON2_INDEX.parallelisme) == (65536, 2, 1)


def test_tous_les_index_sont_distincts_comme_les_cles():
    assert len({v["index"] for v in VECTEURS["vecteurs"]}) == len({v["cle"] for v in VECTEURS["vecteurs"]})


def test_le_secret_et_le_cout_comptent():
    cle = cle_identite("Dupont", "Marie", NAISSANCE)
    index = index_aveugle(cle, SECRET, LEGER)
    assert len(index) == 16
    assert index == index_aveugle(cle, SECRET, LEGER)
    assert index != index_aveugle(cle, SECRET[::-1], LEGER)
    assert index != index_aveugle(cle, SECRET, ParametresIndex(memoire_kio=64, temps=2))
    with pytest.raises(ValueError, match="32 bytes"):
        index_aveugle(cle, b"trop court", LEGER)


def test_seul_le_premier_prenom_compte_et_la_date_en_entier():
    cle = cle_identite("Dupont", "Marie-Louise", NAISSANCE)
    for prenoms in ("Marie", "marie louise", "MARIE, Anne", "Marie‐Anne", " -Marie", "Mârie\tB"):
        assert cle_identite("Dupont", prenoms, NAISSANCE) == cle
    assert cle_identite("Dupont", "Marielouise", NAISSANCE) != cle
    assert cle_identite("Dupont", "Marie", date(1987, 12, 4)) != cle


@given(st.text(max_size=40), st.text(max_size=40), st.dates())
def test_une_cle_ne_contient_que_des_lettres_nues(nom, prenoms, naissance):
    lettres_nom, lettres_prenom, jour = cle_identite(nom, prenoms, naissance).split("|")
    assert set(lettres_nom + lettres_prenom) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert jour == naissance.isoformat()


@given(st.text(alphabet="aàâäæbcçdeéèêëfghiîïjklmnoôöœpqrstuùûüvwxyÿzß'’- ", max_size=30))
def test_la_casse_ne_change_rien(nom):
    assert cle_identite(nom, "A", NAISSANCE) == cle_identite(nom.upper(), "a", NAISSANCE)
