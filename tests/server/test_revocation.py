"""A stolen laptop: heard no more from that instant, its unknown numbers refused everywhere, their value back later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import Confiance, lire_confiance
from passdesk.protocol.messages import Refusal, SyncAnswer
from passdesk.protocol.pass_token import signer_pass
from passdesk.protocol.verdict import verifier_code
from passdesk.server import echange
from passdesk.server import quarantaine as mise_a_part
from passdesk.server.administration import bilan, doter_poste, litiges
from passdesk.server.cles import renouveler
from passdesk.server.limbes import quarantaine, regler_quarantaine
from passdesk.server.publication import confiance, publier
from passdesk.server.racine import Racine
from passdesk.server.rappel import abandonner, montrer_lots, rappeler
from passdesk.server.region import Region
from passdesk.server.revocation import montrer_postes, revoquer
from tests.server.poste_factice import PosteFactice

Enroler = Callable[[str], PosteFactice]


def _disponible(region: Region) -> int:
    return next(p.disponible for p in bilan(region).pots if p.pot == "general")


def _annonce(region: Region) -> Confiance:
    with region.magasin.lire() as tx:
        return lire_confiance(confiance(tx), region.cles.racine)


def _verdict(region: Region, poste: PosteFactice, carnet: int, rang: int, taille: int) -> tuple[str, str | None]:
    """What a place says of a pass that the stolen key signs."""
    assert poste.enrolled is not None
    annonce = _annonce(region)
    jour = region.horloge.aujourdhui()
    code = signer_pass(
        poste.passe,
        campagne=12,
        kid=poste.enrolled.kid,
        carnet=carnet,
        taille=taille,
        rang=rang,
        dernier_jour=jour + timedelta(days=100),
    )
    lu = verifier_code(code.texte, region.cles.racine, annonce, (), jour)
    return lu.verdict, lu.raison


def _servi(region: Region, poste: PosteFactice) -> None:
    doter_poste(region, poste.device, taille=10, carnets=10)
    doter_poste(region, poste.device, taille=5, carnets=10)
    poste.inscrire("p1", b"k" * 16)
    poste.accorder("p1", 1, 10)
    poste.inscrire("p2", b"l" * 16)
    poste.accorder("p2", 11, 5)
    poste.synchroniser()


def test_a_desk_revoked_while_its_message_is_read_is_not_heard(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = enroler("Lens")
    _servi(region, un)
    lire = echange._lire

    def lire_pendant_le_vol(*ce_qui_vient: Any) -> Any:
        revoquer(region, un.device, vol=True)
        return lire(*ce_qui_vient)

    monkeypatch.setattr(echange, "_lire", lire_pendant_le_vol)
    un.inscrire("p3", b"m" * 16)
    refus = un.envoyer(un.preparer(un.log[-1:]))
    assert isinstance(refus, Refusal) and refus.code == "appareil_revoque"
    with region.magasin.lire() as tx:
        assert tx.une("SELECT count(*) FROM operation WHERE device = ?", un.device) == (len(un.log) - 1,)


def test_a_stolen_desk_is_heard_no_more_and_what_it_says_is_kept_aside(region: Region, enroler: Enroler) -> None:
    un, deux = enroler("Lens"), enroler("Creil")
    _servi(region, un)
    revoquer(region, un.device, vol=True)
    un.inscrire("p3", b"m" * 16)
    un.accorder("p3", 2, 10)
    for _ in range(2):
        refus = un.envoyer(un.preparer(un.log[-2:]))
        assert isinstance(refus, Refusal)
        assert refus.code == "appareil_revoque"
    vus = {lu.poste.nom: (lu.poste.etat, lu.gardes) for lu in montrer_postes(region)}
    assert vus == {"Lens": ("revoque", 1), "Creil": ("actif", 0)}
    assert litiges(region) == ()
    device = un.device
    # The ticket of its enrolment opens nothing any more, and it is not to be found among those to grant to.
    assert un.ou_en_est().etat == "refuse"
    with pytest.raises(SaisieRefusee) as introuvable:
        revoquer(region, "Lens", vol=True)
    assert (introuvable.value.code, introuvable.value.faits["appareils"]) == ("poste_deja_revoque", device)
    assert isinstance(deux.envoyer(deux.preparer([])), SyncAnswer)


def test_a_desk_revoked_fills_no_disk_and_is_not_kept_for_ever(
    region: Region, enroler: Enroler, horloge: HorlogeFixe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of what it sends is kept, for two years; what may name people is not there for good."""
    un = enroler("Lens")
    un.inscrire("p1", b"k" * 16)
    un.synchroniser()
    revoquer(region, un.device, vol=False)
    un.inscrire("p2", b"l" * 16)
    monkeypatch.setattr(mise_a_part, "REVOQUE_MAX", 3 * (mise_a_part.PLACE + len(un.preparer(un.log[-1:]).body)) + 200)
    for rang in range(12):
        un.inscrire(f"q{rang}", bytes([rang]) * 16)
        assert isinstance(un.envoyer(un.preparer(un.log[-1:])), Refusal)
    (lens,) = montrer_postes(region)
    assert 2 <= lens.gardes <= 3
    horloge.instant += timedelta(days=mise_a_part.REVOQUE_JOURS - 1)
    with region.magasin.ecrire() as tx:
        mise_a_part.purger_les_revoques(tx, region.maintenant())
    assert montrer_postes(region)[0].gardes == lens.gardes
    horloge.instant += timedelta(days=2)
    with region.magasin.ecrire() as tx:
        mise_a_part.purger_les_revoques(tx, region.maintenant())
    assert montrer_postes(region)[0].gardes == 0
    for envoi in ([], un.log[-1:]):
        assert isinstance(un.envoyer(un.preparer(envoi)), Refusal)
    assert montrer_postes(region)[0].gardes == 1, "what carries no act is not kept"


def test_what_a_revoked_desk_sent_goes_with_a_publication(
    region: Region, enroler: Enroler, horloge: HorlogeFixe, racine: Racine
) -> None:
    un = enroler("Lens")
    revoquer(region, un.device, vol=False)
    un.inscrire("p1", b"k" * 16)
    assert isinstance(un.envoyer(un.preparer(un.log)), Refusal)
    assert montrer_postes(region)[0].gardes == 1
    horloge.instant += timedelta(days=mise_a_part.REVOQUE_JOURS + 1)
    cles = renouveler(region.cles, racine, horloge.aujourdhui())
    publier(replace(region, cles=cles))
    assert montrer_postes(region)[0].gardes == 0


def test_no_place_takes_a_pass_that_the_region_does_not_know_of(region: Region, enroler: Enroler) -> None:
    un, deux = enroler("Lens"), enroler("Creil")
    _servi(region, un)
    doter_poste(region, deux.device, taille=10, carnets=1)
    publier(region)
    assert _verdict(region, un, 2, 1, 10) == ("valide", None)
    assert revoquer(region, un.device, vol=True).carnets == 18
    assert [_verdict(region, un, *qui)[0] for qui in ((1, 1, 10), (1, 10, 10), (11, 5, 5))] == ["valide"] * 3
    assert _verdict(region, un, 2, 1, 10) == ("annule", "vole")
    # A carnet of 5 has no sixth pass, whatever the thief signs.
    assert _verdict(region, un, 11, 6, 10) == ("annule", "vole")
    assert _verdict(region, deux, 21, 1, 10) == ("valide", None)


def test_the_value_comes_back_after_the_quarantine_that_a_published_list_began(
    region: Region, enroler: Enroler, horloge: HorlogeFixe
) -> None:
    un = enroler("Lens")
    _servi(region, un)
    revoquer(region, un.device, vol=False)
    assert _verdict(region, un, 2, 1, 10) == ("annule", "annule")
    publier(region)
    horloge.instant += timedelta(days=59)
    publier(region)
    assert _disponible(region) == 1000 - 150
    horloge.instant += timedelta(days=1)
    assert _disponible(region) == 1000 - 150
    publier(region)
    assert _disponible(region) == 1000 - 15
    publier(region)
    assert _disponible(region) == 1000 - 15
    # Its numbers are not granted again, and stay void.
    assert doter_poste(region, enroler("Creil").device, taille=10, carnets=1).premier == 21
    assert _verdict(region, un, 2, 1, 10) == ("annule", "annule")


def test_without_a_publication_key_the_revocation_stands_and_says_what_is_missing(
    region: Region, enroler: Enroler, horloge: HorlogeFixe
) -> None:
    un = enroler("Lens")
    _servi(region, un)
    horloge.instant += timedelta(days=91)
    assert not revoquer(region, un.device, vol=True).publiee
    refus = un.envoyer(un.preparer([]))
    assert isinstance(refus, Refusal)
    horloge.instant += timedelta(days=61)
    lien = replace(region.cles.lien_publication, dernier_jour=horloge.aujourdhui() + timedelta(days=1))
    with pytest.raises(SaisieRefusee):
        publier(region)
    # Nothing published, so the quarantine has not begun.
    assert _disponible(region) == 1000 - 150
    publier(replace(region, cles=replace(region.cles, lien_publication=lien)))
    assert _disponible(region) == 1000 - 150


def test_what_a_desk_left_can_be_given_up(region: Region, enroler: Enroler, horloge: HorlogeFixe) -> None:
    un = enroler("Lens")
    _servi(region, un)
    with pytest.raises(SaisieRefusee):
        abandonner(region, "Lens")
    un.epoch = 2
    un.ecrire("poste.epoque", "e", {"epoch": 2})
    un.synchroniser()
    assert abandonner(region, "Lens") == 18
    publier(region)
    assert {lu.lot.etat for lu in montrer_lots(region)} == {"limbes"}
    with region.magasin.ecrire() as tx:
        regler_quarantaine(tx, 10)
        assert quarantaine(tx) == 10
        with pytest.raises(SaisieRefusee):
            regler_quarantaine(tx, 0)
    horloge.instant += timedelta(days=10)
    publier(region)
    assert _disponible(region) == 1000 - 15


def test_of_two_active_desks_of_one_name_none_is_taken_for_the_other(region: Region, enroler: Enroler) -> None:
    stolen, new = enroler("Maubeuge 1"), enroler("Maubeuge 1")
    acts = (
        lambda poste: revoquer(region, poste, vol=True),
        lambda poste: rappeler(region, poste),
        lambda poste: doter_poste(region, poste, taille=10, carnets=1),
    )
    for act in acts:
        with pytest.raises(SaisieRefusee) as refus:
            act(" maubeuge  1 ")
        assert refus.value.code == "poste_ambigu"
        assert str(refus.value.faits["appareils"]).split(", ") == [stolen.device, new.device]
    assert isinstance(stolen.envoyer(stolen.preparer([])), SyncAnswer)
    assert revoquer(region, stolen.device, vol=True).poste.device == stolen.device
    # The one that is left is the only one of that name.
    assert doter_poste(region, "Maubeuge 1", taille=10, carnets=1).premier == 1
    assert isinstance(new.envoyer(new.preparer([])), SyncAnswer)


def test_cut_before_its_end_a_revocation_did_nothing_and_is_done_again(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = enroler("Lens")
    _servi(region, un)
    publier(region)

    def cut(*_: object) -> bytes:
        raise PanneAttendue("region_injoignable")

    with monkeypatch.context() as panne:
        panne.setattr("passdesk.server.publication.signer_confiance", cut)
        with pytest.raises(PanneAttendue):
            revoquer(region, "Lens", vol=True)
    assert isinstance(un.envoyer(un.preparer([])), SyncAnswer)
    faite = revoquer(region, "Lens", vol=True)
    assert (faite.carnets, faite.publiee, faite.index) == (18, True, 2)
    assert _verdict(region, un, 2, 1, 10) == ("annule", "vole")


def test_the_theft_that_finds_no_secret_left_is_published_all_the_same(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passdesk.server.index_region.SUITE_MAX", 0)
    un = enroler("Lens")
    _servi(region, un)
    faite = revoquer(region, "Lens", vol=True)
    assert (faite.publiee, faite.index) == (True, None)
    assert _verdict(region, un, 2, 1, 10) == ("annule", "vole")


def test_a_desk_revoked_before_can_be_said_to_be_stolen(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    _servi(region, un)
    assert revoquer(region, "Lens", vol=False).index is None
    assert _verdict(region, un, 11, 6, 10)[0] == "valide"
    assert revoquer(region, un.device, vol=True).index == 2
    assert _verdict(region, un, 11, 6, 10) == ("annule", "vole")
