"""What a forger would try, all of it: each bit, another's key, digits at random, an older list, a list of one's own."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.confiance import lire_confiance, signer_confiance
from passdesk.protocol.pass_token import CHIFFRES, MAGIE, lire_pass
from passdesk.protocol.verdict import Verdict, verifier_code
from tests.protocol.chaine import (
    AUTRE_KID,
    AUTRE_POSTE,
    CERTIFICAT,
    CONTENU,
    KID,
    PUBLICATION,
    PUBLICATION_LIEN,
    RACINE_PUB,
    cle,
    confiance,
    publique,
    un_pass,
)

LE = date(2026, 12, 1)
CONFIANCE = confiance()
MOYENS = {"liste": (CONFIANCE, ()), "couverture": (None, (CERTIFICAT,))}
"""What a place holds besides the root: the Region's list, or no more than the cover of the carnet."""


def juger(texte: str, moyens: str) -> Verdict:
    """The verdict at a place."""
    liste, certificats = MOYENS[moyens]
    return verifier_code(texte, RACINE_PUB, liste, certificats, LE)


def ecrire(octets: bytes) -> str:
    """The digits of 72 bytes."""
    return MAGIE + f"{int.from_bytes(octets, 'big'):0{CHIFFRES}d}"


@pytest.mark.parametrize("moyens", MOYENS)
def test_each_of_the_576_bits_counts(moyens: str) -> None:
    juste = un_pass().entete + un_pass().signature
    assert juger(ecrire(juste), moyens).verdict == "valide"
    for bit in range(8 * len(juste)):
        octets = bytearray(juste)
        octets[bit // 8] ^= 1 << bit % 8
        verdict = juger(ecrire(bytes(octets)), moyens).verdict
        assert verdict != "valide", bit
        if bit >= 64:
            assert verdict == "falsifie", bit


@pytest.mark.parametrize("moyens", MOYENS)
def test_the_key_of_another_desk_signs_nothing_for_this_one(moyens: str) -> None:
    for etranger in (AUTRE_POSTE, cle("personne"), PUBLICATION):
        assert juger(un_pass(etranger, kid=KID).texte, moyens).verdict == "falsifie"
    # Its own number, then: known to the list, but not in that range; unknown to this cover.
    assert juger(un_pass(AUTRE_POSTE, kid=AUTRE_KID).texte, moyens).verdict == "inconnu"


@pytest.mark.parametrize("moyens", MOYENS)
def test_a_hundred_thousand_digits_at_random_make_no_pass(moyens: str) -> None:
    alea, vus = Random(801), Counter[str]()
    for rang in range(100_000):
        longueur = CHIFFRES if rang % 10 else alea.randrange(200)
        vus[juger(MAGIE + str(alea.randrange(10**longueur)).zfill(longueur), moyens).verdict] += 1
    assert set(vus) == {"illisible", "inconnu"}
    assert vus["inconnu"] > 1000, "some are well formed: they reach the search of the key"


@pytest.mark.parametrize("moyens", MOYENS)
def test_well_made_headers_with_signatures_at_random_are_false(moyens: str) -> None:
    alea, entete = Random(64), un_pass().entete
    vus = Counter(juger(ecrire(entete + alea.randbytes(64)), moyens).verdict for _ in range(2000))
    assert vus == {"falsifie": 2000}


def test_the_signature_of_one_pass_is_not_that_of_its_neighbour() -> None:
    passes = [un_pass(rang=rang) for rang in range(1, 11)]
    for un in passes:
        for autre in passes:
            melange = lire_pass(ecrire(un.entete + autre.signature))
            assert melange is not None
            attendu = "valide" if un is autre else "falsifie"
            assert juger(melange.texte, "liste").verdict == attendu


def test_an_older_list_never_makes_good_what_the_newer_one_voids() -> None:
    """It does say good what it cannot know: that is why its day is shown, and why it stops counting."""
    texte = un_pass(carnet=1500).texte
    ancienne = confiance(annulations=(), generation=CONTENU.generation - 1, faite_le=LE - timedelta(days=91))
    assert verifier_code(texte, RACINE_PUB, CONFIANCE, (), LE).verdict == "annule"
    vieux = verifier_code(texte, RACINE_PUB, ancienne, (), LE)
    assert (vieux.verdict, vieux.raison) == ("inconnu", "liste_trop_ancienne")
    assert vieux.liste_du == LE - timedelta(days=91)


def test_a_list_signed_by_anybody_else_is_not_a_list() -> None:
    octets = signer_confiance(CONTENU, PUBLICATION, PUBLICATION_LIEN)
    assert lire_confiance(octets, RACINE_PUB).generation == CONTENU.generation
    for racine in (publique(cle("autre racine")), publique(PUBLICATION), publique(AUTRE_POSTE)):
        with pytest.raises(SaisieRefusee) as refus:
            lire_confiance(octets, racine)
        assert (refus.value.code, refus.value.faits["raison"]) == ("confiance_illisible", "racine")
    for place in range(len(octets) - 64, len(octets)):
        abimes = bytearray(octets)
        abimes[place] ^= 1
        with pytest.raises(SaisieRefusee) as refus:
            lire_confiance(bytes(abimes), RACINE_PUB)
        assert refus.value.faits["raison"] == "signature"
