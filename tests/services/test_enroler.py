"""Linking a desk: wrong code, code used, somebody else answering, a cut at each step. Then it works all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.protocol.enrolement import EnrolmentRequest
from passdesk.server import enrolement, inscription
from passdesk.server.racine import nouvelle_racine
from passdesk.server.region import initialiser
from passdesk.server.revocation import revoquer
from passdesk.services import enroler, visite
from passdesk.services.poste import Poste, creer_poste, etat_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import poste as identite
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.integrite import verifier_base
from passdesk.sync.transport import HttpTransport, Reponse
from tests.builders import (
    INDEX_LEGER,
    PHRASE,
    PHRASE_LEGERE,
    Terrain,
    horloge_fixe,
    serveur,
    terrain,
    visite_accord,
)


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    cree = creer_poste(
        tmp_path / "neuf", PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    yield cree
    cree.fermer()


def _relier_pour_de_bon(lieu: Terrain, poste: Poste, nom: str = "Guichet neuf") -> None:
    """The whole enrolment, and a first award: nothing that happened before stands in the way."""
    mots = enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, nom))
    attente = next(a for a in enrolement.en_attente(lieu.region) if a.nom == nom)
    assert attente.mots == mots
    enrolement.accepter(lieu.region, attente.identifiant)
    assert enroler.terminer(poste)
    _servir(lieu, poste, nom)


def _servir(lieu: Terrain, poste: Poste, nom: str) -> None:
    lieu.doter(nom, 10, 2)
    assert synchroniser(poste).fin == "fini"
    visite.attribuer(poste, visite_accord(poste))
    assert synchroniser(poste).restent == 0
    assert verifier_base(poste.base) == ()


def _refus(poste: Poste, adresse: str, code: str) -> str:
    with pytest.raises(SaisieRefusee) as refus:
        enroler.demander(poste, adresse, code)
    assert not enroler.en_attente(poste)
    assert not etat_poste(poste).enrole
    return refus.value.code


def test_a_wrong_code(lieu: Terrain, poste: Poste) -> None:
    bon = enrolement.proposer_code(lieu.region, "Guichet")
    faux = bon[:4] + ("00" if bon[4:6] != "00" else "11") + bon[6:]
    assert _refus(poste, lieu.adresse, faux) == "code_refuse"
    assert _refus(poste, lieu.adresse, "ABC") == "code_enrolement_mal_ecrit"
    assert enrolement.en_attente(lieu.region) == ()
    _relier_pour_de_bon(lieu, poste)


def test_a_code_tried_too_often_is_spent(lieu: Terrain, poste: Poste) -> None:
    bon = enrolement.proposer_code(lieu.region, "Guichet")
    for essai in range(enrolement.ESSAIS):
        faux = bon[:4] + str(essai) + ("Z" if bon[5] != "Z" else "Y") + bon[6:]
        assert _refus(poste, lieu.adresse, faux) == "code_refuse"
    assert _refus(poste, lieu.adresse, bon) == "code_refuse"
    _relier_pour_de_bon(lieu, poste)


def test_a_code_serves_once(lieu: Terrain, poste: Poste, tmp_path: Path) -> None:
    code = enrolement.proposer_code(lieu.region, "Guichet")
    enroler.demander(poste, lieu.adresse, code)
    autre = creer_poste(
        tmp_path / "autre", PHRASE, "X", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    assert _refus(autre, lieu.adresse, code) == "code_refuse"
    (attente,) = enrolement.en_attente(lieu.region)
    enrolement.accepter(lieu.region, attente.identifiant)
    assert enroler.terminer(poste)
    assert _refus(autre, lieu.adresse, code) == "code_refuse"
    autre.fermer()
    _servir(lieu, poste, "Guichet")


def test_a_region_of_before_knows_no_log_to_go_on_with(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    lire = inscription.decode_request

    def lire_en_v1(octets: bytes) -> EnrolmentRequest:
        demande = lire(octets)
        if demande.log is not None:
            raise SaisieRefusee("version_recente")
        return demande

    monkeypatch.setattr(inscription, "decode_request", lire_en_v1)
    _relier_pour_de_bon(lieu, poste)
    # One that has been linked would be a stranger there: it waits until that Region is of today.
    revoquer(lieu.region, "Guichet neuf", vol=False)
    assert synchroniser(poste).raison == "appareil_revoque"
    with pytest.raises(SaisieRefusee, match="version_recente"):
        enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, "Guichet neuf"))
    assert synchroniser(poste).raison == "appareil_revoque", "nothing has changed here"


def test_another_region_at_the_address_is_not_believed(lieu: Terrain, poste: Poste, tmp_path: Path) -> None:
    """A Region that is not the one of the code answers it with the right words of the protocol."""
    ailleurs = initialiser(tmp_path / "ailleurs", nouvelle_racine(demonstration=True), horloge_fixe())
    code_d_ici = enrolement.proposer_code(lieu.region, "Guichet")
    # The impostor accepts any code: it gives this one to its own table.
    with ailleurs.magasin.ecrire() as tx:
        tx.faire(
            "INSERT INTO enrolement (repere, code_mac, nom, expire_le) VALUES (?, ?, 'x', ?)",
            code_d_ici[:4], ailleurs.cles.code_mac(code_d_ici), ailleurs.maintenant() + 3_600_000,
        )  # fmt: skip
    with serveur(ailleurs) as adresse:
        assert _refus(poste, adresse, code_d_ici) == "region_inattendue"
    ailleurs.fermer()
    assert identite.lire_octets(poste.base, "enrolement_racine") is None
    _relier_pour_de_bon(lieu, poste)


class _Coupe(HttpTransport):
    """The answer is lost on its way back."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        super().post(url, headers, body)
        raise PanneAttendue("hors_ligne")


def test_an_answer_lost_at_each_step(lieu: Terrain, poste: Poste) -> None:
    with pytest.raises(PanneAttendue):
        enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, "Perdu"), _Coupe)
    assert not enroler.en_attente(poste)
    code = enrolement.proposer_code(lieu.region, "Guichet")
    with pytest.raises(PanneAttendue):
        enroler.demander(poste, lieu.adresse, code, _Coupe)
    # The program was closed meanwhile; the mediator types the code once more, then to read the words again.
    rouvert = poste.rouvrir()
    mots = enroler.demander(rouvert, lieu.adresse, code)
    assert enroler.demander(rouvert, lieu.adresse, code) == mots
    assert next(a.mots for a in enrolement.en_attente(lieu.region) if a.nom == "Guichet") == mots
    rouvert.fermer()
    assert enroler.en_attente(poste)
    with pytest.raises(PanneAttendue):
        enroler.terminer(poste, _Coupe)
    assert not enroler.terminer(poste)
    attente = next(a for a in enrolement.en_attente(lieu.region) if a.nom == "Guichet")
    enrolement.accepter(lieu.region, attente.identifiant)
    with pytest.raises(PanneAttendue):
        enroler.terminer(poste, _Coupe)
    assert enroler.terminer(poste)
    assert enroler.terminer(poste)
    _servir(lieu, poste, "Guichet")


class _Coupure(BaseException):
    """The computer dies here: nothing of the program runs any more."""


@pytest.mark.parametrize("rang", [1, 2])
def test_cut_around_the_commit_of_the_base_it_heals(
    lieu: Terrain, poste: Poste, rang: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys on disk and base not written (1), base written and keys not tidied up (2): asked again, it is finished."""
    enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, "Guichet"))
    (attente,) = enrolement.en_attente(lieu.region)
    enrolement.accepter(lieu.region, attente.identifiant)
    vrai, ecrits = enroler.ecrire_appareil, []

    def mourir(*arguments: object) -> None:
        ecrits.append(1)
        if len(ecrits) == 2 and rang == 2:
            raise _Coupure
        vrai(*arguments)  # type: ignore[arg-type]
        if len(ecrits) == 1 and rang == 1:
            raise _Coupure

    with monkeypatch.context() as coupe:
        coupe.setattr(enroler, "ecrire_appareil", mourir)
        with pytest.raises(_Coupure):
            enroler.terminer(poste)
    rouvert = poste.rouvrir()
    assert etat_poste(rouvert).enrole is (rang == 2)
    assert verifier_base(rouvert.base) == ()
    assert enroler.terminer(rouvert)
    assert etat_poste(rouvert).nom_poste == "Guichet"
    secrets = lire_appareil(rouvert.dossier, rouvert.cle)
    assert secrets is not None
    assert secrets.kid is not None
    _servir(lieu, rouvert, "Guichet")
    rouvert.fermer()


def test_the_region_says_no(lieu: Terrain, poste: Poste) -> None:
    enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, "Guichet"))
    (attente,) = enrolement.en_attente(lieu.region)
    enrolement.refuser_poste(lieu.region, attente.identifiant)
    with pytest.raises(SaisieRefusee) as refus:
        enroler.terminer(poste)
    assert refus.value.code == "enrolement_refuse"
    _relier_pour_de_bon(lieu, poste)


def test_a_desk_is_linked_once(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    with pytest.raises(SaisieRefusee) as refus:
        enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, "Encore"))
    assert refus.value.code == "deja_enrole"
    assert enroler.terminer(poste)


def test_nobody_was_asked(poste: Poste) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        enroler.terminer(poste)
    assert refus.value.code == "enrolement_non_demande"


def test_a_visit_kept_before_the_link_is_recognised_after(lieu: Terrain, poste: Poste) -> None:
    """Without a Region the request is kept; the day the desk is linked, the same person is served from it."""
    sans = visite_accord(poste)
    assert visite.apprecier(poste, sans).empechement == "poste_non_enrole"
    with pytest.raises(SaisieRefusee):
        visite.attribuer(poste, sans)
    garde = visite.garder(poste, replace(sans, pieces=()))
    assert garde is not None
    _relier_pour_de_bon(lieu, poste)
    assert visite.apprecier(poste, visite_accord(poste)).pass_anterieurs == 10
