"""Joining: a code that serves once, six words that are the same on both sides, keys that are certified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol import base45
from passdesk.protocol.certificat import MAGIE, lire_certificat
from passdesk.protocol.confiance import lire_campagne
from passdesk.protocol.enrolement import ALPHABET, read_code, six_words, verify_region_keys
from passdesk.server.enrolement import accepter, en_attente, mots, proposer_code, refuser_poste
from passdesk.server.region import Region
from tests.server.poste_factice import Envoi, PosteFactice, RefusRegion


def _autre_fin(code: str) -> str:
    """The same reference, another secret."""
    return code[:4] + "".join(ALPHABET[(ALPHABET.index(c) + 1) % 32] for c in code[4:6]) + code[6:]


def test_a_desk_joins_and_holds_all_it_needs(region: Region, envoi: Envoi) -> None:
    poste = PosteFactice(envoi)
    poste.demander(proposer_code(region, "Maison de Lens"))
    assert poste.ou_en_est().etat == "en_attente"
    (attente,) = en_attente(region)
    assert attente.nom == "Maison de Lens"
    assert attente.mots == six_words(poste.transcript, mots())
    accepter(region, attente.identifiant.lower())
    etat = poste.ou_en_est()
    recu = etat.enrolled
    assert etat.etat == "accepte"
    assert recu is not None
    assert (recu.name, recu.kid, recu.index_version) == ("Maison de Lens", 1, 1)
    certificat = lire_certificat(MAGIE + base45.encode(recu.certificate))
    assert certificat is not None
    assert certificat.poste.cle == poste.passe.public_key().public_bytes_raw()
    assert certificat.verifier(recu.region.root, region.horloge.aujourdhui())
    assert poste.index_secret == region.cles.index_secret
    assert lire_campagne(recu.campaigns[0].carte, recu.campaigns[0].signature, recu.region.root).campagne.numero == 12
    assert poste.synchroniser().have.seq == 0
    assert en_attente(region) == ()


def test_the_index_secret_opens_for_no_other_desk(region: Region, enroler: Callable[[str], PosteFactice]) -> None:
    un, deux = enroler("Lens"), enroler("Creil")
    deux.enrolled = un.enrolled
    with pytest.raises(SaisieRefusee):
        assert deux.index_secret


def test_a_code_serves_one_desk_only(region: Region, envoi: Envoi) -> None:
    code = proposer_code(region, "Lens")
    premier, second = PosteFactice(envoi), PosteFactice(envoi)
    ticket = premier.demander(code).ticket
    # Its first answer may have been lost: the same desk gets the same ticket.
    assert premier.demander(code).ticket == ticket
    with pytest.raises(RefusRegion, match="code_refuse"):
        second.demander(code)
    accepter(region, code[:4])
    with pytest.raises(RefusRegion, match="code_refuse"):
        second.demander(code)


def test_after_five_wrong_tries_the_right_code_is_refused_too(region: Region, envoi: Envoi) -> None:
    code = proposer_code(region, "Lens")
    for essai in range(5):
        with pytest.raises(RefusRegion, match="code_refuse"):
            PosteFactice(envoi).demander(_autre_fin(code))
        if essai == 3:
            assert proposer_code(region, "Un autre poste")[:2] != code[:4]
    with pytest.raises(RefusRegion, match="code_refuse"):
        PosteFactice(envoi).demander(code)


def test_four_wrong_tries_leave_the_code_good(region: Region, envoi: Envoi) -> None:
    code = proposer_code(region, "Lens")
    for _ in range(4):
        with pytest.raises(RefusRegion):
            PosteFactice(envoi).demander(_autre_fin(code))
    assert PosteFactice(envoi).demander(code).ticket


def test_a_code_lives_24_hours(region: Region, envoi: Envoi, horloge: HorlogeFixe) -> None:
    a_temps, trop_tard = proposer_code(region, "Lens"), proposer_code(region, "Creil")
    horloge.instant += timedelta(hours=23, minutes=59)
    assert PosteFactice(envoi).demander(a_temps).ticket
    horloge.instant += timedelta(minutes=1)
    with pytest.raises(RefusRegion, match="code_refuse"):
        PosteFactice(envoi).demander(trop_tard)
    with pytest.raises(SaisieRefusee):
        accepter(region, a_temps[:4])


def test_keys_that_nobody_holds_are_refused(region: Region, envoi: Envoi) -> None:
    voleur = PosteFactice(envoi)
    code = proposer_code(region, "Lens")
    victime = PosteFactice(envoi).passe

    class SansLaCle:
        """Claims another desk's pass key."""

        def public_key(self) -> object:
            return victime.public_key()

        def sign(self, message: bytes) -> bytes:
            return voleur.requete.sign(message)

    voleur.passe = SansLaCle()  # type: ignore[assignment]
    with pytest.raises(RefusRegion, match="code_refuse"):
        voleur.demander(code)


def test_a_desk_refused_by_a_person_learns_it(region: Region, envoi: Envoi) -> None:
    poste = PosteFactice(envoi)
    code = proposer_code(region, "Lens")
    poste.demander(code)
    refuser_poste(region, code[:4])
    assert poste.ou_en_est().etat == "refuse"
    with pytest.raises(SaisieRefusee):
        accepter(region, code[:4])


def test_only_the_desk_that_asked_may_poll(region: Region, envoi: Envoi) -> None:
    poste, curieux = PosteFactice(envoi), PosteFactice(envoi)
    poste.demander(proposer_code(region, "Lens"))
    curieux.ticket, curieux.region = poste.ticket, poste.region
    with pytest.raises(RefusRegion, match="signature_refusee"):
        curieux.ou_en_est()


def test_a_code_names_its_region(region: Region, envoi: Envoi) -> None:
    pending = PosteFactice(envoi).demander(proposer_code(region, "Lens"))
    autre = "".join(ALPHABET[(ALPHABET.index(c) + 1) % 32] for c in proposer_code(region, "Creil")[6:])
    with pytest.raises(SaisieRefusee) as refus:
        verify_region_keys(pending.region, "000000" + autre)
    assert refus.value.code == "region_inattendue"


@pytest.mark.parametrize("saisie", ["abcde-fgh0l", " ABCDE FGHOI ", "abcdefgho1"])
def test_a_code_is_read_as_people_type_it(saisie: str) -> None:
    assert read_code(saisie) == "ABCDEFGH01"


@pytest.mark.parametrize("saisie", ["", "ABCDEFGH0", "ABCDEFGH012", "ABCDEFGHU1", "ABCDEFGHé1"])
def test_what_is_no_code_is_told(saisie: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        read_code(saisie)
    assert refus.value.code == "code_enrolement_mal_ecrit"


def test_the_words_are_256_plain_ones() -> None:
    liste = mots()
    assert len(set(liste)) == 256
    assert all(mot.isascii() and mot.isalpha() and mot.islower() and 2 <= len(mot) <= 12 for mot in liste)


@pytest.mark.parametrize("nom", ["", "   ", "x" * 121])
def test_a_desk_has_a_name(region: Region, nom: str) -> None:
    with pytest.raises(SaisieRefusee):
        proposer_code(region, nom)
