"""The trust bundle: what goes in comes out, and nothing that was touched, cut or signed by others is believed."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdesk.domain.campagne import Campagne
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.annulations import RAISONS, Annulation, decode_nombres, encode_nombres
from passdesk.protocol.certificat import signer_publication
from passdesk.protocol.confiance import (
    TAILLE_MAX,
    CampagneSignee,
    ClePoste,
    Plage,
    lire_campagne,
    lire_confiance,
    signer_campagne,
    signer_confiance,
)
from tests.protocol.chaine import (
    AUTRE_KID,
    CAMPAGNE,
    CONTENU,
    DERNIER_JOUR,
    FAITE_LE,
    FIN_CLE,
    KID,
    PREMIER_JOUR,
    PUBLICATION,
    PUBLICATION_LIEN,
    RACINE,
    RACINE_PUB,
    cle,
    confiance,
    publique,
)

OCTETS = signer_confiance(CONTENU, PUBLICATION, PUBLICATION_LIEN)


def refus(octets: bytes, racine: bytes = RACINE_PUB) -> str:
    """Why the bundle is turned away."""
    with pytest.raises(SaisieRefusee) as attrape:
        lire_confiance(octets, racine)
    assert attrape.value.code == "confiance_illisible"
    return str(attrape.value.faits["raison"])


def test_le_contenu_se_relit():
    lue = lire_confiance(OCTETS, RACINE_PUB)
    assert lue.contenu == CONTENU
    assert lue.publication == PUBLICATION_LIEN
    assert (lue.faite_le, lue.generation) == (FAITE_LE, 7)
    assert lue.cle_poste(KID) == ClePoste(KID, CONTENU.cles[0].cle, PREMIER_JOUR, FIN_CLE)
    assert lue.cle_poste(44) is None
    assert lue.campagne(12) == CAMPAGNE
    assert lue.campagne(11) is None
    assert lue.raison_annulation(12, 1500, 4) == "perdu"
    assert lue.raison_annulation(12, 1502, 6) == "litige"
    assert lue.raison_annulation(12, 1502, 5) is None
    assert lue.raison_annulation(11, 1500, 4) is None


def test_le_meme_contenu_donne_les_memes_octets():
    melange = replace(
        CONTENU,
        cles=CONTENU.cles[::-1],
        plages=CONTENU.plages[::-1],
        annulations=CONTENU.annulations[::-1],
    )
    assert signer_confiance(melange, PUBLICATION, PUBLICATION_LIEN) == OCTETS


def test_les_bornes_des_plages_sont_comprises():
    lue = confiance()
    dedans = [1000, 1500, 1999, 2100, 2109]
    dehors = [0, 999, 2000, 2050, 2099, 2110, 2_000_000]
    assert [n for n in dedans + dehors if lue.dans_une_plage(12, KID, n)] == dedans
    assert not lue.dans_une_plage(11, KID, 1500)
    assert lue.dans_une_plage(12, AUTRE_KID, 2000)


def test_une_plage_est_d_une_seule_cle_quand_celle_du_poste_change():
    neuve = ClePoste(50, publique(cle("époque 2")), PREMIER_JOUR, FIN_CLE)
    lue = confiance(cles=(*CONTENU.cles, neuve), plages=(*CONTENU.plages, Plage(12, 50, 3000, 3009)))
    assert [lue.dans_une_plage(12, kid, 1500) for kid in (KID, 50, AUTRE_KID)] == [True, False, False]
    assert [lue.dans_une_plage(12, kid, 3005) for kid in (KID, 50, AUTRE_KID)] == [False, True, False]


def test_deux_plages_d_un_appareil_peuvent_se_toucher_ou_se_couvrir():
    plages = (Plage(12, KID, 10, 30), Plage(12, KID, 15, 20), Plage(12, KID, 25, 40), Plage(12, KID, 41, 41))
    lue = confiance(plages=plages)
    assert [n for n in range(60) if lue.dans_une_plage(12, KID, n)] == list(range(10, 42))


def test_chaque_octet_change_se_voit():
    for place in range(len(OCTETS)):
        for masque in (1, 1 << place % 8, 0xF4):
            change = bytearray(OCTETS)
            change[place] ^= masque
            assert refus(bytes(change)) in {"format", "version", "racine", "signature"}, place


def test_un_fichier_coupe_ou_allonge_se_voit():
    for longueur in [0, 1, 2, 10, *range(11, len(OCTETS), 37), len(OCTETS) - 1]:
        assert refus(OCTETS[:longueur]) in {"format", "version"}
    assert refus(OCTETS + b"\x00") == "format"


@given(st.binary(max_size=200))
def test_des_octets_quelconques_ne_font_pas_tomber_la_lecture(octets):
    refus(octets)


def test_des_valeurs_bien_formees_mais_autres_non_plus():
    version, charge, lien, signature = canonique.decode(OCTETS)
    assert refus(canonique.encode([2, charge, lien, signature])) == "version"
    assert refus(canonique.encode([2, "tout autre chose"])) == "version"
    assert refus(canonique.encode([True, charge, lien, signature])) == "format"
    for forme in (None, 12, "texte", [], {}, [1], [version, charge, [], signature], [version, "x", lien, signature]):
        assert refus(canonique.encode(forme)) in {"format", "signature"}
    assert refus(canonique.encode([version, charge, [lien[0], 10**12, lien[2]], signature])) == "format"
    assert refus(b"\x84" + OCTETS[1:2] + b"\x5b" + b"\xff" * 8) == "format"


def test_une_autre_racine_est_refusee():
    assert refus(OCTETS, publique(cle("autre racine"))) == "racine"
    assert refus(OCTETS, b"") == "racine"


def test_une_cle_de_publication_que_la_racine_n_a_pas_signee_est_refusee():
    faux = cle("fausse publication")
    lien = signer_publication(cle("fausse racine"), publique(faux), date(2027, 2, 21))
    assert refus(signer_confiance(CONTENU, faux, lien)) == "racine"
    _, charge, lien_juste, _ = canonique.decode(OCTETS)
    signature = faux.sign(b"PassDesk-confiance/1\x00" + charge)
    assert refus(canonique.encode([1, charge, lien_juste, signature])) == "signature"


def signe(charge: bytes) -> bytes:
    """A bundle whose signatures are good whatever it says: the publication key in wrong hands."""
    lien = [PUBLICATION_LIEN.cle, (PUBLICATION_LIEN.dernier_jour - date(2025, 1, 1)).days, PUBLICATION_LIEN.signature]
    signature = PUBLICATION.sign(b"PassDesk-confiance/1\x00" + charge)
    return canonique.encode([1, charge, lien, signature])


def charge_changee(**changements: object) -> bytes:
    """The payload of the good bundle, some of its values replaced."""
    return canonique.encode(canonique.decode(canonique.decode(OCTETS)[1]) | changements)


def test_la_publication_ne_signe_plus_apres_son_dernier_jour():
    dernier = PUBLICATION_LIEN.dernier_jour
    assert confiance(faite_le=dernier).faite_le == dernier
    trop_tard = (dernier - date(2025, 1, 1)).days + 1
    assert refus(signe(charge_changee(faite_le=trop_tard))) == "lien_expire"
    with pytest.raises(ValueError, match="run out"):
        confiance(faite_le=date(2027, 2, 22))


def test_meme_bien_signe_un_contenu_impossible_est_refuse():
    autre_racine = signer_campagne(cle("autre racine"), CAMPAGNE)
    demo = signer_campagne(RACINE, replace(CAMPAGNE, numero=127))
    bonne = [CONTENU.campagnes[0].octets, CONTENU.campagnes[0].signature]
    impossibles: list[tuple[dict[str, object], str]] = [
        ({"cles": {KID: [b"courte", 1, 2, None]}}, "contenu"),
        ({"cles": {70000: [b"\x01" * 32, 1, 2, None]}}, "contenu"),
        ({"cles": {KID: [b"\x01" * 32, 3, 2, None]}}, "contenu"),
        ({"cles": [1, 2]}, "contenu"),
        ({"plages": [[12, KID, 1000, 1999], [12, AUTRE_KID, 1999, 2000]]}, "contenu"),
        ({"plages": [[12, KID, 20, 10]]}, "contenu"),
        ({"plages": [[12, KID, 0, 1 << 21]]}, "contenu"),
        ({"plages": [[12, KID, 0]]}, "contenu"),
        ({"campagnes": [[autre_racine.octets, autre_racine.signature]]}, "campagne"),
        ({"campagnes": [bonne, bonne]}, "contenu"),
        ({"campagnes": [bonne, [demo.octets, demo.signature]]}, "contenu"),
        ({"annulations": {12: {9: [b"\x01", b""]}}}, "contenu"),
        ({"annulations": {12: {0: [b"\x80", b""]}}}, "contenu"),
        ({"annulations": {12: {0: [b"\x01", b""], 1: [b"\x01", b""]}}}, "contenu"),
        ({"annulations": {200: {0: [b"\x01", b""]}}}, "contenu"),
        ({"annulations": {12: {0: [b"", b"\x0b"]}}}, "contenu"),
        ({"faite_le": 10**15}, "contenu"),
        ({"generation": -1}, "contenu"),
    ]
    for changement, raison in impossibles:
        assert refus(signe(charge_changee(**changement))) == raison, changement
    assert refus(signe(b"\xff")) == "contenu"
    assert refus(signe(canonique.encode({"faite_le": 1}))) == "contenu"


def test_un_contenu_impossible_ne_se_signe_pas():
    for changement in (
        {"plages": (Plage(12, KID, 1, 10), Plage(12, AUTRE_KID, 10, 20))},
        {"plages": (Plage(12, KID, 1, 100), Plage(12, KID, 5, 10), Plage(12, AUTRE_KID, 50, 60))},
        {"cles": (CONTENU.cles[0], CONTENU.cles[0])},
        {"annulations": (Annulation(12, 5, 0, "fatigue"),)},
        {"annulations": (Annulation(12, 5, 11, "perdu"),)},
        {"generation": -1},
    ):
        with pytest.raises(ValueError):
            confiance(**changement)
    with pytest.raises(ValueError, match="another key"):
        signer_confiance(CONTENU, cle("autre"), PUBLICATION_LIEN)


def test_un_fichier_demesure_n_est_pas_lu():
    assert refus(b"\x00" * (TAILLE_MAX + 1)) == "taille"


@given(st.sets(st.integers(0, 2**21 - 1), max_size=300))
def test_les_nombres_se_relisent(nombres):
    tries = sorted(nombres)
    assert decode_nombres(encode_nombres(tries), 2**21 - 1) == tries


@pytest.mark.parametrize(
    "octets", [b"\x80", b"\x80\x00", b"\xff\x80\x00", b"\xff\xff\xff\xff\xff\x01", b"\xff\xff\xff\x7f"]
)
def test_un_nombre_mal_ecrit_est_refuse(octets):
    with pytest.raises(ValueError, match=r"varint|range"):
        decode_nombres(octets, 2**21 - 1)


annulations = st.dictionaries(
    st.tuples(st.sampled_from([3, 12]), st.integers(0, 2**21 - 1), st.integers(0, 10)),
    st.sampled_from(RAISONS),
    max_size=40,
).map(lambda d: tuple(sorted(Annulation(*sujet, raison) for sujet, raison in d.items())))


@given(annulations)
def test_les_annulations_se_relisent(liste):
    lue = confiance(annulations=liste)
    assert lue.contenu.annulations == liste
    entiers = {(a.campagne, a.carnet): a.raison for a in liste if a.rang == 0}
    for a in liste:
        assert lue.raison_annulation(a.campagne, a.carnet, a.rang or 1) == entiers.get((a.campagne, a.carnet), a.raison)


def test_un_carnet_annule_pour_plusieurs_raisons_n_arrete_pas_la_publication():
    # Blocked by a case, then declared stolen: one line, and the reason that no one can lift.
    raisons = ("litige", "annule", "vole", "perdu", "vole")
    lue = confiance(annulations=tuple(Annulation(12, 5, rang, raison) for raison in raisons for rang in (0, 6)))
    assert lue.contenu.annulations == (Annulation(12, 5, 0, "vole"), Annulation(12, 5, 6, "vole"))
    lue = confiance(annulations=(Annulation(12, 5, 6, "litige"), Annulation(12, 5, 0, "perdu")))
    assert lue.raison_annulation(12, 5, 6) == "perdu"


def test_cinq_mille_annulations_et_350_postes_tiennent_en_peu_de_place():
    # anchors: 5 000 voids of 500 000 pass take 5 KB, the keys of 350 desks 14 KB.
    cles = tuple(ClePoste(kid, os.urandom(32), PREMIER_JOUR, FIN_CLE) for kid in range(1, 351))
    plages = tuple(Plage(12, kid, kid * 1000, kid * 1000 + 142) for kid in range(1, 351))
    entiers = [(n * 1429 % 350 * 1000 + n % 143, 0) for n in range(250)]
    seuls = [(n * 733 % 350 * 1000 + n % 143, 1 + n % 10) for n in range(2500)]
    liste = {(carnet, rang): Annulation(12, carnet, rang, "perdu") for carnet, rang in entiers + seuls}
    contenu = replace(CONTENU, cles=cles, plages=plages, annulations=tuple(liste.values()))
    octets = signer_confiance(contenu, PUBLICATION, PUBLICATION_LIEN)
    assert len(octets) < 30_000
    assert len(lire_confiance(octets, RACINE_PUB).contenu.annulations) == len(liste)


def test_une_campagne_recue_seule_se_verifie():
    signee = signer_campagne(RACINE, CAMPAGNE)
    assert lire_campagne(signee.octets, signee.signature, RACINE_PUB) == signee
    assert signee.verifier(RACINE_PUB)
    autre = canonique.encode(canonique.decode(signee.octets) | {"tolerance_mois": 12})
    assert not CampagneSignee(CAMPAGNE, autre, signee.signature).verifier(RACINE_PUB)
    for octets, signature in (
        (autre, signee.signature),
        (signee.octets, b"\x00" * 64),
        (b"\x01", RACINE.sign(b"PassDesk-campagne/1\x00\x01")),
    ):
        with pytest.raises(SaisieRefusee) as attrape:
            lire_campagne(octets, signature, RACINE_PUB)
        assert attrape.value.faits == {"raison": "campagne"}
    with pytest.raises(ValueError, match="out of range"):
        signer_campagne(RACINE, Campagne(128, "trop", 1000, DERNIER_JOUR))
