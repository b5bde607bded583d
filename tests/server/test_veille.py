"""What a server does by itself: the void list published within the hour, and a key that ends said two weeks before."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import Confiance, lire_confiance
from passdesk.protocol.messages import Refusal, SyncAnswer
from passdesk.server import veille
from passdesk.server.administration import bilan, doter_poste
from passdesk.server.annonce import ecrire_la_derniere, publier_dans, tenir_a_jour
from passdesk.server.campagnes import changer_stock
from passdesk.server.limbes import regler_quarantaine
from passdesk.server.magasin import ecrire_reglage
from passdesk.server.publication import annuler_carnet, confiance, publier, publier_si_besoin, remise
from passdesk.server.region import Region, server_epoch
from passdesk.server.restauration import Attente, attente, noter_restauration, reprendre_les_dotations
from passdesk.server.revocation import revoquer
from passdesk.server.servir import Serveur, ouvrir_prise
from passdesk.server.suivi import Suivi, ecrire_le_journal, fermer_le_journal
from tests.server.poste_factice import PosteFactice

Dotes = tuple[PosteFactice, PosteFactice]


def _annonce(region: Region) -> Confiance:
    with region.magasin.lire() as tx:
        return lire_confiance(confiance(tx), region.cles.racine)


@contextmanager
def _journal(fichier: Path) -> Iterator[None]:
    sortie = ecrire_le_journal(fichier)
    try:
        yield
    finally:
        fermer_le_journal(sortie)


def test_what_was_voided_is_published_within_the_hour_and_what_was_not_changed_within_the_week(
    region: Region, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    un, _ = dotes
    assert publier_si_besoin(region)
    assert not publier_si_besoin(region)
    un.inscrire("p1", b"k" * 16)
    un.accorder("p1", 1, 10)
    un.ecrire("carnet.declarer_vole", "p1", {"campagne": 12, "numero": 1})
    un.synchroniser()
    horloge.instant += timedelta(minutes=59)
    assert not publier_si_besoin(region)
    horloge.instant += timedelta(minutes=1)
    assert publier_si_besoin(region)
    assert [(nul.carnet, nul.raison) for nul in _annonce(region).contenu.annulations] == [(1, "vole")]
    horloge.instant += timedelta(days=6)
    assert not publier_si_besoin(region)
    assert _annonce(region).generation == 2
    horloge.instant += timedelta(days=1)
    assert publier_si_besoin(region)
    # What an agent published counts: the other processes have nothing to do either.
    horloge.instant += timedelta(hours=2)
    annuler_carnet(region, 12, 2)
    publier(region)
    annuler_carnet(region, 12, 3)
    assert not publier_si_besoin(region)


def test_nothing_is_published_that_cannot_be_signed_or_that_a_backup_forgot(
    region: Region, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    assert not publier_si_besoin(region)
    for poste in dotes:
        poste.envoyer(poste.preparer([]))
    assert publier_si_besoin(region)
    horloge.instant += timedelta(days=91)
    assert not publier_si_besoin(region)
    # Prolonged: what the places hold is by the certificate of before.
    lien = replace(region.cles.lien_publication, dernier_jour=horloge.aujourdhui() + timedelta(days=1))
    assert publier_si_besoin(replace(region, cles=replace(region.cles, lien_publication=lien)))


def test_a_lot_that_waited_for_room_is_taken_up(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    lot = {"lot": "l", "campagne": 12, "pot": "general", "taille": 10, "premier": 101, "dernier": 180, "kid": 1}
    un.ecrire("lot.recevoir", "l", {**lot, "bail_jusqu_au": "2027-12-16"})
    for poste in dotes:
        poste.synchroniser()
    with pytest.raises(SaisieRefusee, match="dotations_suspendues"):
        doter_poste(region, deux.device, taille=10, carnets=1)
    changer_stock(region, 12, {"general": 2000})
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(veille.veiller(lambda: region, _tours(lambda: None)))
    assert _annonce(region).dans_une_plage(12, 1, 180)
    assert doter_poste(region, deux.device, taille=10, carnets=1).premier > 180


def _mentir(poste: PosteFactice) -> None:
    """A lot that nobody gave, as a desk says it: two numbers near the end, and more numbers than any lot has."""
    assert poste.log
    for nom, premier, dernier in (("faux", 2_000_000, 2_000_001), ("immense", 1_000_000, 1_900_000)):
        numeros = {"lot": nom, "campagne": 12, "premier": premier, "dernier": dernier}
        corps = {**numeros, "pot": "general", "taille": 5, "kid": 1, "bail_jusqu_au": "2027-12-16"}
        poste.ecrire("lot.recevoir", nom, corps)
    poste.synchroniser(len(poste.log) - 1)


def test_a_lot_that_nobody_gave_stops_neither_what_is_published_nor_the_file_of_the_places(
    region: Region, dotes: Dotes, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    un, deux = dotes
    fichier = tmp_path / "confiance.bin"
    publier_dans(region, fichier)
    for poste in dotes:
        poste.inscrire("p1", None)
        poste.synchroniser()
    horloge.instant += timedelta(hours=1)
    # It begins a new life by a word, then says the lot once everybody was heard.
    deux.cursor += 1_000_000
    reponse = deux.envoyer(deux.preparer([]))
    assert isinstance(reponse, SyncAnswer) and deux.enrolled is not None
    assert reponse.server_epoch != deux.enrolled.server_epoch
    deux.enrolled, deux.cursor = replace(deux.enrolled, server_epoch=reponse.server_epoch), 0
    with region.magasin.lire() as tx:
        assert attente(tx) == Attente(frozenset({un.device}), frozenset(), deux.device)
    assert not publier_si_besoin(region)
    suite = len(un.log) + 1
    un.accorder("p1", 1, 10)
    un.ecrire("carnet.declarer_vole", "p1", {"campagne": 12, "numero": 1})
    un.synchroniser(suite)
    _mentir(deux)
    with region.magasin.lire() as tx:
        attendus = attente(tx)
    assert (attendus.envois, attendus.postes, len(attendus.lots)) == (frozenset(), {deux.device}, 2)
    with pytest.raises(SaisieRefusee, match="dotations_suspendues"):
        doter_poste(region, un.device, taille=10, carnets=1)
    assert publier_si_besoin(region)
    assert tenir_a_jour(region, fichier)
    lue = lire_confiance(fichier.read_bytes(), region.cles.racine)
    assert [(nul.carnet, nul.raison) for nul in lue.contenu.annulations] == [(1, "vole")]
    assert not lue.dans_une_plage(12, 1, 2_000_000)
    horloge.instant += timedelta(days=7)
    assert publier_si_besoin(region)
    assert tenir_a_jour(region, fichier)
    # What a decision published by itself is written too, as its answer says.
    revoquer(region, un.device, vol=True)
    assert tenir_a_jour(region, fichier)


def test_a_region_that_grants_nothing_says_so_once_a_day_and_in_its_health(
    region: Region, dotes: Dotes, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    _, deux = dotes

    def un_lendemain() -> None:
        horloge.instant += timedelta(days=1)

    def rien() -> None:
        """A look of the same day."""

    def sante() -> dict[str, object]:
        return {nom: fait for nom, fait in json.loads(Suivi(region).sante()[1]).items() if nom in dits}

    dits = ("dotations_suspendues", "postes_attendus", "lots_en_attente", "annonces_suspendues", "a_taper")
    assert sante() == {}
    deux.inscrire("p1", None)
    deux.synchroniser()
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant() + 1)
    assert sante() == dict(zip(dits, (True, 2, 0, True, "passdesk region postes"), strict=True))
    horloge.instant += timedelta(hours=1)

    def mentir() -> None:
        for poste in dotes:
            poste.envoyer(poste.preparer([]))
        _mentir(deux)

    def lacher() -> None:
        assert sante() == dict(zip(dits, (True, 1, 2, False, "passdesk region suspens"), strict=True))
        with region.magasin.ecrire() as tx:
            reprendre_les_dotations(tx, region.cles.corps)

    with _journal(tmp_path / "journal"), pytest.raises(asyncio.CancelledError):
        asyncio.run(
            veille.veiller(lambda: region, _tours(rien, mentir, rien, un_lendemain, rien, lacher, un_lendemain))
        )
    lignes = [json.loads(ligne) for ligne in (tmp_path / "journal").read_text(encoding="utf-8").splitlines()]
    assert [
        (li["niveau"], *(li[nom] for nom in dits[1:])) for li in lignes if li["quoi"] == "dotations_suspendues"
    ] == [
        ("warning", 2, 0, True, "passdesk region postes"),
        ("warning", 1, 2, False, "passdesk region suspens"),
        ("warning", 1, 2, False, "passdesk region suspens"),
    ]
    assert sante() == {}


def test_a_desk_that_says_again_that_the_data_were_put_back_is_told_to_whoever_watches(
    region: Region, dotes: Dotes, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    un, deux = dotes

    def redire() -> None:
        for poste in dotes:
            poste.envoyer(poste.preparer([], server_epoch=0))
        with region.magasin.lire() as tx:
            vie = server_epoch(tx)
        assert isinstance(un.envoyer(un.preparer([], cursor=10**9, server_epoch=vie)), Refusal)

    def regarder() -> None:
        sante = json.loads(Suivi(region).sante()[1])
        assert (sante["dotations_suspendues"], sante["postes_attendus"], sante["vies_redites"]) == (True, 1, 1)
        assert (sante["annonces_suspendues"], sante["a_taper"]) == (False, "passdesk region suspens")

    deux.inscrire("p1", None)
    deux.synchroniser()
    horloge.instant += timedelta(hours=1)
    with region.magasin.lire() as tx:
        vie = server_epoch(tx)
    assert isinstance(un.envoyer(un.preparer([], cursor=10**9, server_epoch=vie)), SyncAnswer)
    horloge.instant += timedelta(hours=1)
    with _journal(tmp_path / "journal"), pytest.raises(asyncio.CancelledError):
        asyncio.run(veille.veiller(lambda: region, _tours(redire, regarder)))
    lignes = [json.loads(ligne) for ligne in (tmp_path / "journal").read_text(encoding="utf-8").splitlines()]
    assert [
        (li["dite_par"], li["redite_par"], li["a_taper"]) for li in lignes if li["quoi"] == "dotations_suspendues"
    ] == [(un.device, [], "passdesk region postes"), (un.device, [un.device], "passdesk region suspens")]


def _tours(*gestes: Callable[[], object]) -> Callable[[float], Awaitable[None]]:
    """In place of the time between two looks: these, one each time, then the end."""
    suite = iter(gestes)

    async def attendre(_: float) -> None:
        geste = next(suite, None)
        if geste is None:
            raise asyncio.CancelledError
        geste()

    return attendre


def test_the_file_of_the_places_holds_the_last_bundle(
    region: Region, dotes: Dotes, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    fichier = tmp_path / "confiance.bin"
    lus: list[tuple[int, int]] = []

    def lire() -> None:
        with region.magasin.lire() as tx:
            assert fichier.read_bytes() == confiance(tx)
        lue = lire_confiance(fichier.read_bytes(), region.cles.racine)
        lus.append((lue.contenu.generation, len(lue.contenu.annulations)))

    def annuler_un_carnet() -> None:
        lire()
        annuler_carnet(region, 12, 1)
        horloge.instant += timedelta(hours=2)

    def revoquer_ailleurs() -> None:
        lire()
        revoquer(region, dotes[1].device, vol=False)

    def abimer() -> None:
        lire()
        fichier.write_bytes(b"coupe")

    publier(region)
    gestes = (annuler_un_carnet, revoquer_ailleurs, abimer, lire)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(veille.veiller(lambda: region, _tours(*gestes), annonce=fichier))
    assert lus == [(1, 0), (2, 1), (3, 21), (3, 21)]


def test_a_region_put_back_does_not_take_the_file_of_the_places_back(
    region: Region, dotes: Dotes, tmp_path: Path
) -> None:
    fichier = tmp_path / "confiance.bin"
    publier(region)
    with region.magasin.lire() as tx:
        avant = confiance(tx)
    plus_tard = publier_dans(region, fichier)
    with region.magasin.ecrire() as tx:
        ecrire_reglage(tx, "confiance", avant)
    assert not tenir_a_jour(region, fichier)
    with pytest.raises(SaisieRefusee, match="annonce_plus_recente"):
        ecrire_la_derniere(region, fichier)
    assert fichier.read_bytes() == plus_tard
    # Elsewhere the file of the places is not in sight: the desks are heard first.
    with region.magasin.ecrire() as tx:
        noter_restauration(tx, region.maintenant())
    assert not tenir_a_jour(region, tmp_path / "autre.bin")
    for poste in dotes:
        poste.synchroniser()
    assert tenir_a_jour(region, tmp_path / "autre.bin")


def test_what_no_place_can_have_heard_gives_no_value_back(
    region: Region, dotes: Dotes, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    un, deux = dotes
    fichier = tmp_path / "confiance.bin"

    def disponible() -> int:
        return next(pot.disponible for pot in bilan(region).pots if pot.pot == "general")

    for numero in (1, 2):
        un.inscrire(f"p{numero}", None)
        un.accorder(f"p{numero}", numero, 10)
    un.ecrire("carnet.gacher", "p1", {"campagne": 12, "numero": 1})
    un.synchroniser()
    with region.magasin.ecrire() as tx:
        regler_quarantaine(tx, 10)
    revoquer(region, deux.device, vol=False)
    horloge.instant += timedelta(days=11)
    assert publier_si_besoin(region)
    assert disponible() == 700
    # Said since that bundle was made: it is not in the file.
    un.ecrire("carnet.gacher", "p2", {"campagne": 12, "numero": 2})
    un.synchroniser(5)
    assert tenir_a_jour(region, fichier)
    assert not tenir_a_jour(region, fichier)
    assert disponible() == 710
    horloge.instant += timedelta(hours=2)
    assert publier_si_besoin(region)
    assert disponible() == 710
    ecrire_la_derniere(region, fichier)
    assert disponible() == 720
    horloge.instant += timedelta(days=10)
    assert publier_si_besoin(region)
    assert disponible() == 720
    assert tenir_a_jour(region, fichier)
    assert disponible() == 870


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_written_does_not_end_the_watch(region: Region, tmp_path: Path) -> None:
    fichier = tmp_path / "absent" / "confiance.bin"
    publier(region)
    with _journal(tmp_path / "journal"), pytest.raises(asyncio.CancelledError):
        asyncio.run(veille.veiller(lambda: region, _tours(lambda: None), annonce=fichier))
    dits = [json.loads(ligne)["quoi"] for ligne in (tmp_path / "journal").read_text(encoding="utf-8").splitlines()]
    assert dits == ["panne %s"] * 2
    with region.magasin.lire() as tx:
        assert remise(tx) == 1


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_a_look_that_fails_does_not_end_the_watch(
    region: Region, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    suites: Iterator[object] = iter([PanneAttendue("region_injoignable"), ValueError("x"), True])
    attentes: list[float] = []

    def publier_ou_pas(_: Region) -> object:
        suite = next(suites)
        if isinstance(suite, Exception):
            raise suite
        return suite

    async def attendre(duree: float) -> None:
        attentes.append(duree)
        if len(attentes) == 4:
            raise asyncio.CancelledError

    monkeypatch.setattr(veille, "publier_si_besoin", publier_ou_pas)
    with _journal(tmp_path / "journal"), pytest.raises(asyncio.CancelledError):
        asyncio.run(veille.veiller(lambda: region, attendre))
    dits = [json.loads(ligne)["quoi"] for ligne in (tmp_path / "journal").read_text(encoding="utf-8").splitlines()]
    assert dits == ["panne %s", "imprevu %s", "annonce_publiee"]
    assert attentes == [veille.TOUR_S] * 4


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_a_server_watches_from_its_first_minutes_to_its_end(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    pret, vue, finie = threading.Event(), threading.Event(), threading.Event()

    async def veiller(presente: object, *, annonce: object) -> None:
        vue.set()
        try:
            await asyncio.Event().wait()
        finally:
            finie.set()

    monkeypatch.setattr("passdesk.server.servir.veiller", veiller)
    serveur = Serveur(region, pret.set)
    with ouvrir_prise("127.0.0.1", 0) as prise:
        fil = threading.Thread(target=serveur.run, kwargs={"sockets": [prise]})
        fil.start()
        try:
            assert pret.wait(60)
            assert vue.wait(60)
        finally:
            serveur.should_exit = True
            fil.join(60)
    assert finie.is_set()
    assert not fil.is_alive()


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_the_end_of_the_publication_key_is_said_two_weeks_before_and_once_a_day(
    region: Region, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    suivi = Suivi(region)
    dernier = region.cles.lien_publication.dernier_jour
    horloge.instant += timedelta(days=75)
    sante = json.loads(suivi.sante()[1])
    assert (sante["publication_jusqu_au"], "a_prolonger" in sante) == (dernier.isoformat(), False)
    with _journal(tmp_path / "journal"):
        dit = veille.prevenir(region)
        assert dit is None
        horloge.instant += timedelta(days=1)
        dit = veille.prevenir(region, dit)
        assert veille.prevenir(region, dit) == 14
        horloge.instant += timedelta(days=15)
        assert veille.prevenir(region, dit) == -1
    sante = json.loads(suivi.sante()[1])
    assert (sante["etat"], sante["a_prolonger"], sante["jours"]) == ("bon", True, -1)
    lignes = [json.loads(ligne) for ligne in (tmp_path / "journal").read_text(encoding="utf-8").splitlines()]
    assert [(li["quoi"], li["niveau"], li["jours"]) for li in lignes] == [
        ("cle_de_publication", "warning", 14), ("cle_de_publication", "warning", -1),
    ]  # fmt: skip
    assert {li["jusqu_au"] for li in lignes} == {dernier.isoformat()}
