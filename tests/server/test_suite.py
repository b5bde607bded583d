"""A desk goes on with its log under other keys: what it shows, what a person says, and the computer that it leaves."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol import canonique, enrolement
from passdesk.protocol.cle_epoque import annonce
from passdesk.protocol.evenements import IndexRenouvele
from passdesk.protocol.index_renouvele import ouvrir_suite
from passdesk.protocol.messages import REQUEST_MAX, Refusal, SyncAnswer
from passdesk.protocol.operations import Operation, calculer_hash, engagement
from passdesk.protocol.scellement import Corps
from passdesk.protocol.signatures import SignedRequest
from passdesk.server import echange, gardes, quarantaine
from passdesk.server.administration import bilan, doter_poste
from passdesk.server.cles_poste import liens
from passdesk.server.corps import decrypt, lire_corps
from passdesk.server.enrolement import accepter, en_attente, proposer_code
from passdesk.server.gardes import montrer_gardes, ouvrir_les_anciens, reprendre_gardes
from passdesk.server.limbes import QUARANTAINE_JOURS
from passdesk.server.litiges import lister_litiges
from passdesk.server.publication import annuler_carnet, publier
from passdesk.server.quarantaine import garder_message, lire_ouverte
from passdesk.server.region import Region
from passdesk.server.revocation import montrer_postes, revoquer
from passdesk.server.suite import Suite
from tests.server.poste_factice import _SEL, Envoi, PosteFactice

Enroler = Callable[[str], PosteFactice]


def _servi(region: Region, enroler: Enroler) -> PosteFactice:
    un = enroler("Lens")
    doter_poste(region, un.device, taille=10, carnets=10)
    un.inscrire("p1", b"k" * 16)
    un.accorder("p1", 1, 10)
    un.synchroniser()
    return un


def _ailleurs(un: PosteFactice) -> PosteFactice:
    """The same log on a computer that has none of its keys."""
    return PosteFactice(un.envoi, log=[*un.log], ids=un.ids, epoch=un.epoch)


def _repris(region: Region, un: PosteFactice, nom: str = "Lens") -> PosteFactice:
    neuf = _ailleurs(un)
    code = proposer_code(region, nom)
    neuf.demander(code, un.suite)
    accepter(region, code[:4], a_la_place_de=un.device)
    assert neuf.ou_en_est().etat == "accepte"
    neuf.epoch += 1
    neuf.ecrire("poste.epoque", "poste", {"epoch": neuf.epoch})
    return neuf


def _une(region: Region, sql: str, *valeurs: object) -> object:
    with region.magasin.lire() as tx:
        rangee = tx.une(sql, *valeurs)
    return rangee[0] if rangee else None


def test_it_keeps_its_id_its_people_and_its_carnets(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    assert un.enrolled is not None
    ancien_kid = un.enrolled.kid
    neuf = _repris(region, un, "Lens, à l’étage")
    assert neuf.enrolled is not None
    assert (neuf.device, neuf.enrolled.name) == (un.device, "Lens, à l’étage")
    neuf.ecrire("carnet.declarer_perdu", "p1", {"campagne": 12, "numero": 1})
    assert [o.result for o in neuf.synchroniser().outcomes] == ["appliquee", "appliquee"]
    assert _une(region, "SELECT raison FROM nul WHERE carnet = 1") == "perdu"
    assert _une(region, "SELECT etat FROM lot") == "laisse"
    assert len(montrer_postes(region)) == 1
    with region.magasin.lire() as tx:
        assert [(qui, lien.kid) for qui, lien in liens(tx)] == [(un.device, ancien_kid), (un.device, neuf.enrolled.kid)]


def test_what_it_was_granted_before_it_is_heard_is_its_own(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    neuf = _repris(region, un)
    lot = doter_poste(region, neuf.device, taille=10, carnets=2)
    neuf.synchroniser()
    corps = {"lot": lot.lot_id, "bail_jusqu_au": lot.bail_jusqu_au.isoformat()}
    neuf.ecrire("lot.recevoir", lot.lot_id, corps)
    neuf.inscrire("p2", b"l" * 16)
    assert neuf.enrolled is not None
    un.enrolled = neuf.enrolled
    neuf.accorder("p2", lot.premier, 10)
    assert [o.result for o in neuf.synchroniser(2).outcomes] == ["appliquee"] * 3
    assert _une(region, "SELECT etat FROM lot WHERE lot = ?", lot.lot_id) == "actif"


def test_neither_the_desk_alone_nor_a_person_alone(region: Region, envoi: Envoi, enroler: Enroler) -> None:
    un, deux = _servi(region, enroler), enroler("Creil")
    neuf = _ailleurs(un)
    code = proposer_code(region, "Lens")
    neuf.demander(code, un.suite)
    (attente,) = en_attente(region)
    vu = _une(region, "SELECT vu_le FROM poste WHERE device = ?", un.device)
    assert attente.suite == Suite(un.device, "Lens", "actif", int(str(vu)))
    for dite, refus in ((None, "suite_a_dire"), (deux.device, "suite_non_montree")):
        with pytest.raises(SaisieRefusee, match=refus):
            accepter(region, code[:4], a_la_place_de=dite)
    assert isinstance(un.envoyer(un.preparer([])), SyncAnswer)
    device, origine, sel = un.suite
    for fausse in ((device, origine, bytes(32)), (device, bytes(32), sel), (device.upper(), bytes(32), sel)):
        hostile, code = PosteFactice(envoi), proposer_code(region, "Hostile")
        hostile.demander(code, fausse)
        assert {attendu.nom: attendu.suite for attendu in en_attente(region)}["Hostile"] is None
        with pytest.raises(SaisieRefusee, match="suite_non_montree"):
            accepter(region, code[:4], a_la_place_de=un.device)
        assert accepter(region, code[:4]).device != un.device


def test_a_proof_is_of_one_request(region: Region, envoi: Envoi, enroler: Enroler) -> None:
    """Who heard it cannot show it for keys of its own."""
    un = _servi(region, enroler)
    device, origine, sel = un.suite
    voleur, code = PosteFactice(envoi), proposer_code(region, "Voleur")
    entendue = enrolement.decode_request(
        enrolement.build_request(
            code, Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate(), b"b" * 32, "a", log=un.suite
        )
    )
    sienne = enrolement.decode_request(
        enrolement.build_request(code, voleur.requete, voleur.passe, voleur.box, "a", log=(device, origine, sel))
    )
    voleur.code = code
    pending = enrolement.decode_pending(
        voleur._joindre("/v1/enrolement", enrolement.encode_request(replace(sienne, log=entendue.log)))
    )
    assert pending.ticket
    assert en_attente(region)[0].suite is None


def test_the_computer_it_left_is_kept_aside_within_bounds(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = _servi(region, enroler)
    neuf = _repris(region, un)
    neuf.synchroniser()
    compteur = _une(region, "SELECT compteur FROM poste")
    un.counter += 1000
    un.inscrire("p3", b"m" * 16)
    for _ in range(2):
        refus = un.envoyer(un.preparer(un.log[-1:]))
        assert isinstance(refus, Refusal) and refus.code == "appareil_revoque"
    assert _une(region, "SELECT count(*) FROM quarantaine WHERE raison = 'appareil_revoque'") == 1, "the same acts once"
    assert _une(region, "SELECT compteur FROM poste") == compteur, "it moves nothing of the desk"
    assert _une(region, "SELECT count(*) FROM sujet WHERE sujet = 'p3'") == 0
    monkeypatch.setattr(gardes, "OCTETS_QUITTE", _une(region, "SELECT octets FROM ordinateur_quitte"))
    un.inscrire("p4", b"n" * 16)
    un.envoyer(un.preparer(un.log[-1:]))
    assert _une(region, "SELECT count(*) FROM quarantaine") == 1
    etranger = replace(un, requete=Ed25519PrivateKey.generate())
    refus = etranger.envoyer(etranger.preparer([]))
    assert isinstance(refus, Refusal) and refus.code == "signature_refusee"
    assert un.ou_en_est().etat == "refuse", "its ticket gives nothing of what the desk has today"
    assert isinstance(neuf.envoyer(neuf.preparer([])), SyncAnswer)


def test_what_was_set_aside_is_applied_when_a_person_says_so(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    revoquer(region, un.device, vol=False)
    debut = len(un.log)
    un.inscrire("p2", b"l" * 16)
    un.accorder("p2", 2, 10)
    un.envoyer(un.preparer(un.log[debut:]))
    un.inscrire("p3", b"m" * 16)
    un.inscrire("p4", b"n" * 16)
    # Asked again, it sends all that it holds; later it says what comes after one that never arrived.
    un.envoyer(un.preparer(un.log[debut:-1]))
    un.envoyer(un.preparer(un.log[-1:]))
    etranger = replace(un, requete=Ed25519PrivateKey.generate())
    assert isinstance(etranger.envoyer(etranger.preparer([])), Refusal)
    with region.magasin.ecrire() as tx:
        garder_message(tx, region.cles.corps, un.device, b"bruit", "appareil_revoque", region.maintenant())
    lus = [(garde.epoch, garde.premier, garde.actes) for garde in montrer_gardes(region, un.device)]
    assert lus == [(1, debut + 1, 3), (1, debut + 4, 1), (None, 0, 0)], "what was sent twice is kept once"
    assert _une(region, "SELECT raison FROM nul WHERE carnet = 2") == "annule"
    repris = reprendre_gardes(region, un.device.upper())
    assert (repris.messages, dict(repris.issues)) == (2, {"appliquee": 4})
    assert [garde.epoch for garde in montrer_gardes(region, un.device)] == [None]
    assert _une(region, "SELECT raison FROM nul WHERE carnet = 2") is None
    assert _une(region, "SELECT count(*) FROM sujet WHERE sujet IN ('p2', 'p3', 'p4')") == 3
    assert reprendre_gardes(region, un.device).messages == 0
    with pytest.raises(SaisieRefusee, match="appareil_sans_nom"):
        montrer_gardes(region, "Lens")


def test_the_acts_of_the_computer_it_left_take_their_place_in_its_log(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    neuf = _repris(region, un)
    neuf.synchroniser()
    debut = len(un.log)
    for nom in ("p2", "p3", "p4"):
        un.inscrire(nom, nom.encode() * 8)
    un.envoyer(un.preparer(un.log[debut + 1 :]))
    assert reprendre_gardes(region, un.device).messages == 0, "one is missing before it"
    assert len(montrer_gardes(region, un.device)) == 1
    assert _une(region, "SELECT count(*) FROM journal WHERE tete_seq > seq") == 0, "nothing more is waited for"
    un.envoyer(un.preparer(un.log[debut : debut + 1]))
    assert reprendre_gardes(region, un.device).messages == 2
    assert _une(region, "SELECT count(*) FROM sujet WHERE device = ?", un.device) == 4
    # What a person asks to erase is nowhere else any more.
    neuf.ecrire("personne.effacer", "p3", {"cle": b"p3" * 8, "motif": "demande", "litiges": []})
    neuf.synchroniser(2)
    assert _une(region, "SELECT count(*) FROM quarantaine") == 0
    reste = (
        "SELECT count(*) FROM corps c JOIN operation o ON o.device = c.device AND o.epoch = c.epoch AND o.seq = c.seq"
    )
    assert _une(region, f"{reste} WHERE o.sujet = 'p3' AND o.type = 'personne.enregistrer'") == 0
    assert _une(region, f"{reste} WHERE o.sujet = 'p2'") == 1


def _noms(region: Region, nom: str) -> int:
    """How many acts tell this name, in the log or set aside."""
    cle, trouves = region.cles.corps, 0
    with region.magasin.lire() as tx:
        for device, epoch, seq in tx.toutes("SELECT device, epoch, seq FROM corps"):
            corps = lire_corps(tx, cle, device, epoch, seq)
            trouves += corps is not None and nom.encode() in corps.octets
        gardes = tx.toutes("SELECT device, epoch, seq, scelle FROM quarantaine WHERE epoch > 0")
    for device, epoch, seq, scelle in gardes:
        _, corps_gardes = lire_ouverte(decrypt(cle, scelle, device, epoch, seq))
        trouves += sum(lu is not None and nom.encode() in lu.octets for lu in corps_gardes)
    return trouves


@pytest.mark.parametrize("heard", ["before", "after"])
def test_what_is_taken_up_brings_back_nobody_whom_its_desk_erased(region: Region, enroler: Enroler, heard: str) -> None:
    un = _servi(region, enroler)
    un.inscrire("p2", b"l" * 16, "Absorbée")
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": "Zoulou, dit son cousin", "traite": True})
    un.synchroniser()
    neuf = _repris(region, un)
    neuf.synchroniser()
    debut = len(un.log)
    for sujet in ("p1", "p2"):
        un.ecrire("personne.modifier", sujet, {"nom_naissance": "Zoulou", "prenoms": "Awa", "cle": b"k" * 16})
    un.inscrire("p3", b"m" * 16, "Yankee")
    un.accorder("p1", 2, 10)
    effacement = {"cle": b"k" * 16, "motif": "demande", "litiges": ["L000001"]}
    if heard == "before":
        un.envoyer(un.preparer(un.log[debut:]))
        assert (_noms(region, "Zoulou"), _noms(region, "Yankee")) == (3, 1)
    neuf.ecrire("personne.effacer", "p1", effacement)
    neuf.synchroniser(2)
    if heard == "after":
        un.envoyer(un.preparer(un.log[debut:]))
    assert (_noms(region, "Zoulou"), _noms(region, "Yankee")) == (0, 1)
    # And what says it on the case alone, which the headers of an erasure do not tell.
    un.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": "Zoulou encore", "traite": True})
    un.envoyer(un.preparer(un.log[-1:]))
    repris = reprendre_gardes(region, un.device)
    assert (repris.messages, sum(repris.issues.values())) == (2, 5)
    assert (_noms(region, "Zoulou"), _noms(region, "Yankee"), _noms(region, "Absorbée")) == (0, 1, 0)
    assert _une(region, "SELECT count(*) FROM attribution WHERE sujet = 'p1'") == 2


def _tenir_ferme(region: Region, un: PosteFactice, demande: SignedRequest) -> None:
    """As PassDesk kept it before: as it came."""
    with region.magasin.ecrire() as tx:
        garder_message(tx, region.cles.corps, un.device, demande.body, "appareil_revoque", region.maintenant())


@pytest.mark.parametrize("opened", ["before", "after"])
def test_what_was_set_aside_closed_is_opened_and_an_erasure_reaches_it(
    region: Region, enroler: Enroler, opened: str
) -> None:
    un = _servi(region, enroler)
    neuf = _repris(region, un)
    neuf.synchroniser()
    debut = len(un.log)
    un.ecrire("personne.modifier", "p1", {"nom_naissance": "Zoulou", "prenoms": "Awa", "cle": b"k" * 16})
    un.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": "Zoulou, dit son cousin", "traite": True})
    un.inscrire("p3", b"m" * 16, "Yankee")
    # Tried again with one more each time, and kept each time.
    for fin in range(debut + 1, len(un.log) + 1):
        _tenir_ferme(region, un, un.preparer(un.log[debut:fin]))
    with region.magasin.ecrire() as tx:
        garder_message(tx, region.cles.corps, un.device, b"bruit", "appareil_revoque", region.maintenant())
    if opened == "before":
        ouvrir_les_anciens(region)
        assert (_noms(region, "Zoulou"), _noms(region, "Yankee")) == (2, 1)
    neuf.ecrire("personne.effacer", "p1", {"cle": b"k" * 16, "motif": "demande", "litiges": ["L000001"]})
    neuf.synchroniser(2)
    if opened == "after":
        ouvrir_les_anciens(region, noter=True)
    lus = [(garde.epoch, garde.premier, garde.actes) for garde in montrer_gardes(region, un.device)]
    assert sorted(lus, key=str) == [(1, debut + 1, 3), (None, 0, 0)], "what does not open stays"
    assert (_noms(region, "Zoulou"), _noms(region, "Yankee")) == (0, 1)
    assert _une(region, "SELECT count(*) FROM quarantaine WHERE epoch = 0") == 1
    assert reprendre_gardes(region, un.device).issues == {"appliquee": 3}
    assert (_noms(region, "Zoulou"), _noms(region, "Yankee")) == (0, 1)


def test_what_was_set_aside_closed_goes_when_its_desk_had_said_it_itself(region: Region, enroler: Enroler) -> None:
    """A desk revoked by mistake before its Region was upgraded, and linked again since."""
    un = _servi(region, enroler)
    revoquer(region, un.device, vol=False)
    debut = len(un.log)
    un.inscrire("p2", b"l" * 16, "Zoulou")
    _tenir_ferme(region, un, un.preparer(un.log[debut:]))
    neuf = _repris(region, un)
    fin, neuf.epoch = neuf.epoch, 1
    neuf.envoyer(neuf.preparer(neuf.log[debut : debut + 1]))
    neuf.epoch = fin
    ouvrir_les_anciens(region, noter=True)
    assert _une(region, "SELECT count(*) FROM quarantaine") == 0
    # Said: what does not open is not tried again by the same program.
    un.inscrire("p3", b"m" * 16)
    _tenir_ferme(region, un, un.preparer(un.log[-1:]))
    ouvrir_les_anciens(region)
    assert _une(region, "SELECT count(*) FROM quarantaine WHERE epoch = 0") == 1


def _gros(un: PosteFactice, rang: int, octets: int) -> Operation:
    """A body that takes a thousand times less on the way."""
    return un.ecrire("personne.modifier", f"g{rang}", {"nom_naissance": "Zoulou", "rien": bytes(octets)})


def test_what_is_set_aside_counts_as_it_is_once_opened(
    region: Region, enroler: Enroler, horloge: HorlogeFixe, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = _servi(region, enroler)
    _repris(region, un).synchroniser()
    mebi = 1 << 20
    for rang in range(5):
        # Each on its own.
        demande = un.preparer([_gros(un, rang, mebi - 100)])
        assert len(demande.body) < 4096
        assert isinstance(un.envoyer(demande), Refusal)
        if rang == 1:
            assert 2 * mebi < int(str(_une(region, "SELECT octets FROM ordinateur_quitte"))) < 2.1 * mebi
            monkeypatch.setattr(quarantaine, "REVOQUE_MAX", 4 * mebi)
    assert _une(region, "SELECT count(*) FROM quarantaine") == 3
    monkeypatch.setattr(quarantaine, "REVOQUE_MAX", 100 * mebi)
    monkeypatch.setattr(gardes, "OCTETS_QUITTE", 4 * mebi)
    for rang in range(5, 8):
        un.envoyer(un.preparer([_gros(un, rang, mebi - 100)]))
    assert _une(region, "SELECT count(*) FROM quarantaine") == 4
    # And in its day, whatever is kept of it: beyond, nothing is opened.
    assert 8 * mebi < int(str(_une(region, "SELECT volume FROM ordinateur_quitte"))) < 8.1 * mebi
    compte = _une(region, "SELECT octets FROM poste WHERE device = ?", un.device)
    monkeypatch.setattr(echange, "VOLUME_JOUR", 8 * mebi)
    monkeypatch.setattr(gardes, "OCTETS_QUITTE", 100 * mebi)
    un.inscrire("p9", b"n" * 16)
    refus = un.envoyer(un.preparer(un.log[-1:]))
    assert isinstance(refus, Refusal) and refus.code == "region_indisponible"
    horloge.instant += timedelta(days=1)
    refus = un.envoyer(un.preparer(un.log[-1:]))
    assert isinstance(refus, Refusal) and refus.code == "appareil_revoque"
    assert _une(region, "SELECT count(*) FROM quarantaine") == 5
    assert _une(region, "SELECT octets FROM poste WHERE device = ?", un.device) == compte, "nothing of the desk's"


def test_a_message_set_aside_that_does_not_open_takes_as_much_of_its_day(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    _repris(region, un).synchroniser()
    un.inscrire("p3", b"m" * 16)
    un.envoyer(un.preparer(un.log[-1:], bodies=b"illisible"))
    assert _une(region, "SELECT volume FROM ordinateur_quitte") == REQUEST_MAX
    assert _une(region, "SELECT count(*) FROM quarantaine WHERE epoch = 0") == 1


def test_a_message_alone_has_its_place_whatever_it_holds(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasure opens them one after the other."""
    un = _servi(region, enroler)
    revoquer(region, un.device, vol=False)
    monkeypatch.setattr(quarantaine, "REVOQUE_MAX", 3 * quarantaine.PLACE)
    for rang in range(6):
        un.inscrire(f"p{rang}", b"m" * 16)
        un.envoyer(un.preparer(un.log[-1:]))
    assert _une(region, "SELECT count(*) FROM quarantaine") == 2


def test_no_body_is_set_aside_that_its_header_does_not_tell_of(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    revoquer(region, un.device, vol=False)
    un.inscrire("p2", b"l" * 16, "Zoulou")
    un.inscrire("p3", b"m" * 16, "Yankee")
    trop = bytes((1 << 20) + 1)
    entete = replace(
        un.log[-1].entete, commitment=engagement(_SEL, trop), prev_hash=un.log[-1].entete.hash, seq=un.tete.seq + 1
    )
    un.log.append(Operation(replace(entete, hash=calculer_hash(entete)), _SEL, trop))
    corps = [Corps(_SEL, b"autre"), *(Corps(_SEL, lu.corps) for lu in un.log[-2:] if lu.corps)]
    un.envoyer(un.preparer(un.log[-3:], corps=list(corps)))
    assert [garde.actes for garde in montrer_gardes(region, un.device)] == [3]
    assert (_noms(region, "autre"), _noms(region, "Yankee")) == (0, 1)
    assert int(str(_une(region, "SELECT sum(length(scelle)) FROM quarantaine"))) < 4096


@pytest.mark.parametrize("meanwhile", ["erased", "shorter", "the_same"])
def test_what_is_set_aside_is_made_ready_before_the_lock(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    """And made again when something changed meanwhile."""
    un = _servi(region, enroler)
    neuf = _repris(region, un)
    neuf.synchroniser()
    un.ecrire("personne.modifier", "p1", {"nom_naissance": "Zoulou", "prenoms": "Awa", "cle": b"k" * 16})
    un.inscrire("p2", b"l" * 16, "Yankee")
    court, long = (un.preparer(un.log[-2:][:fin]) for fin in (1, 2))
    sans = un.preparer(un.log[-2:], corps=[None, None])
    neuf.ecrire("personne.effacer", "p1", {"cle": b"k" * 16, "motif": "demande", "litiges": []})
    gestes: dict[str, Callable[[], object]] = {
        "erased": lambda: neuf.synchroniser(2),
        "shorter": lambda: un.envoyer(court),
        "the_same": lambda: un.envoyer(sans),
    }
    arrivent, sceller = [gestes[meanwhile]], gardes.sceller_ouverte

    def pendant(*quoi: Any) -> Any:
        garde = sceller(*quoi)
        if arrivent:
            # Another writer is served at once.
            with ThreadPoolExecutor(1) as autre:
                autre.submit(arrivent.pop()).result(timeout=30)
        return garde

    monkeypatch.setattr(gardes, "sceller_ouverte", pendant)
    assert isinstance(un.envoyer(long), Refusal) and not arrivent
    assert [garde.actes for garde in montrer_gardes(region, un.device)] == [2]
    assert (_noms(region, "Zoulou"), _noms(region, "Yankee")) == (0 if meanwhile == "erased" else 1, 1)


def test_what_its_desk_says_itself_is_set_aside_no_more(region: Region, enroler: Enroler) -> None:
    un = _servi(region, enroler)
    revoquer(region, un.device, vol=False)
    debut = len(un.log)
    for sujet in ("p2", "p3", "p4"):
        un.inscrire(sujet, sujet.encode() * 8, "Zoulou")
        # Tried again and again, with one more each time.
        un.envoyer(un.preparer(un.log[debut:]))
        un.envoyer(un.preparer(un.log[debut:]))
    assert [(garde.premier, garde.actes) for garde in montrer_gardes(region, un.device)] == [(debut + 1, 3)]
    neuf = _repris(region, un)
    fin, neuf.epoch = neuf.epoch, 1
    neuf.envoyer(neuf.preparer(neuf.log[debut : debut + 2]))
    assert len(montrer_gardes(region, un.device)) == 1, "one of them is nowhere else"
    neuf.envoyer(neuf.preparer(neuf.log[debut + 2 : debut + 3], bodies=b"illisible"))
    assert len(montrer_gardes(region, un.device)) == 1, "nor is its body"
    with region.magasin.ecrire() as tx:
        # As if that one had not come.
        tx.faire("DELETE FROM operation WHERE seq = ?", debut + 3)
        tx.faire("UPDATE journal SET seq = ?, hash = ?", debut + 2, neuf.log[debut + 1].entete.hash)
    neuf.envoyer(neuf.preparer(neuf.log[debut : debut + 3]))
    assert montrer_gardes(region, un.device) == ()
    neuf.epoch = fin
    neuf.ecrire("personne.effacer", "p3", {"cle": b"p3" * 8, "motif": "demande", "litiges": []})
    neuf.synchroniser()
    assert _noms(region, "Zoulou") == 2


def test_a_request_in_flight_when_its_desk_moved_is_of_the_computer_that_it_left(
    region: Region, enroler: Enroler, monkeypatch: pytest.MonkeyPatch
) -> None:
    un = _servi(region, enroler)
    un.counter += 1000
    un.inscrire("p2", b"l" * 16)
    neufs: list[PosteFactice] = []
    lire = echange._lire

    def lire_pendant_l_accueil(*ce_qui_vient: Any) -> Any:
        if not neufs:
            neufs.append(_repris(region, un))
        return lire(*ce_qui_vient)

    monkeypatch.setattr(echange, "_lire", lire_pendant_l_accueil)
    # Without its last act: what the desk goes on with is the log as it was before.
    envoi = un.preparer([un.log.pop()])
    refus = un.envoyer(envoi)
    assert isinstance(refus, Refusal) and refus.code == "appareil_revoque"
    assert _une(region, "SELECT compteur FROM poste WHERE device = ?", un.device) == 0
    assert _une(region, "SELECT count(*) FROM sujet WHERE sujet = 'p2'") == 0
    assert [garde.actes for garde in montrer_gardes(region, un.device)] == [1]
    assert isinstance(neufs[0].envoyer(neufs[0].preparer(neufs[0].log[-1:])), SyncAnswer)


def test_the_computer_it_left_gives_the_desk_no_key_and_leaves_none_of_its_lots(
    region: Region, enroler: Enroler
) -> None:
    un = _servi(region, enroler)
    neuf = _repris(region, un)
    neuf.synchroniser()
    lot = doter_poste(region, neuf.device, taille=10, carnets=2)
    debut = len(un.log)
    # It was put back to a copy twice, once it was left.
    for epoch in (3, 4):
        un.epoch = epoch
        dit = annonce(Ed25519PrivateKey.generate(), un.device, epoch)
        un.ecrire("poste.epoque", "poste", {"epoch": epoch, **dit}, 2)
        un.envoyer(un.preparer(un.log[-1:]))
    un.ecrire("lot.recevoir", "l", {"lot": _une(region, "SELECT min(lot) FROM lot WHERE etat = 'laisse'")})
    un.envoyer(un.preparer(un.log[-1:]))
    assert reprendre_gardes(region, un.device).issues == {"appliquee": len(un.log) - debut}
    assert neuf.synchroniser(depuis=len(neuf.log) + 1).fork is False
    assert neuf.enrolled is not None
    assert _une(region, "SELECT kid FROM poste WHERE device = ?", un.device) == neuf.enrolled.kid
    assert _une(region, "SELECT etat FROM lot WHERE lot = ?", lot.lot_id) == "actif"
    assert _une(region, "SELECT count(*) FROM lot WHERE etat = 'laisse'") == 1
    assert _une(region, "SELECT count(*) FROM poste WHERE cle_annoncee IS NOT NULL") == 0
    dernier = doter_poste(region, neuf.device, taille=10, carnets=1)
    assert _une(region, "SELECT kid FROM lot WHERE lot = ?", dernier.lot_id) == neuf.enrolled.kid


def _secrets(poste: PosteFactice) -> list[int]:
    """How many further secrets of the index each event tells, all of which this computer can open."""
    dits = [evenement for evenement in poste.ecouter() if isinstance(evenement, IndexRenouvele)]
    return [len(ouvrir_suite(dit.scelle, poste.requete, poste.device)) for dit in dits]


def test_stolen_first_its_numbers_stay_void_and_the_index_is_told_to_its_new_key(
    region: Region, enroler: Enroler
) -> None:
    un = _servi(region, enroler)
    revoquer(region, un.device, vol=True)
    neuf = _repris(region, un)
    neuf.synchroniser()
    assert _secrets(neuf) == [1]
    assert _une(region, "SELECT etat FROM lot") == "limbes"
    assert _une(region, "SELECT raison FROM nul WHERE carnet = 2") == "vole"
    # And once more: it is the same desk each time.
    encore = _repris(region, neuf)
    encore.synchroniser()
    assert _secrets(encore) == [1], "what was sealed to the key before this one is told again"
    assert encore.device == un.device and _une(region, "SELECT count(*) FROM ordinateur_quitte") == 2


@pytest.mark.parametrize("vol", [True, False], ids=["stolen", "by_mistake"])
def test_what_it_had_given_is_good_again_and_nothing_else(
    region: Region, enroler: Enroler, horloge: HorlogeFixe, vol: bool
) -> None:
    un = enroler("Lens")
    doter_poste(region, un.device, taille=10, carnets=5)
    doter_poste(region, un.device, taille=5, carnets=5)
    un.inscrire("p1", b"k" * 16)
    un.synchroniser()
    # Given, and never heard of; the first carnet is one that a person at the Region voids, whatever the desk says.
    for rang, (carnet, taille) in enumerate(((1, 10), (2, 10), (6, 5), (7, 5)), 2):
        un.inscrire(f"p{rang}", bytes([rang]) * 16)
        un.accorder(f"p{rang}", carnet, taille)
    revoquer(region, un.device, vol=vol)
    publier(region)
    annuler_carnet(region, 12, 1)
    un.ecrire("carnet.declarer_perdu", "p5", {"campagne": 12, "numero": 7})
    neuf = _repris(region, un)
    neuf.epoch = 1
    assert {o.result for o in neuf.synchroniser().outcomes} == {"appliquee"}
    with region.magasin.lire() as tx:
        nuls = {(c, r): champ for c, r, champ in tx.toutes("SELECT carnet, raison, rangs FROM nul WHERE carnet < 9")}
    raison, trop = ("vole", {(6, "vole"): 0b1111100000, (7, "vole"): 0b1111100000}) if vol else ("annule", {})
    tenus = {(carnet, raison): 1023 for carnet in (3, 4, 5, 8)}
    assert nuls == {(1, "annule"): 1023, (7, "perdu"): 1023, **tenus, **trop}
    (libre,) = [p.disponible for p in bilan(region).pots if p.pot == "general"]
    horloge.instant += timedelta(days=QUARANTAINE_JOURS)
    publier(region)
    (apres,) = [p.disponible for p in bilan(region).pots if p.pot == "general"]
    assert apres - libre == 3 * 10 + 3 * 5, "the value of what nobody was given, and no more"


def test_heard_once_its_value_came_back_a_carnet_stays_void(
    region: Region, enroler: Enroler, horloge: HorlogeFixe
) -> None:
    un = enroler("Lens")
    doter_poste(region, un.device, taille=10, carnets=2)
    un.inscrire("p1", b"k" * 16)
    un.synchroniser()
    un.accorder("p1", 2, 10)
    revoquer(region, un.device, vol=False)
    publier(region)
    neuf = _repris(region, un)
    horloge.instant += timedelta(days=QUARANTAINE_JOURS)
    publier(region)
    assert _une(region, "SELECT valeur FROM lot") == 20, "linked again or not"
    neuf.epoch = 1
    assert "litige" in {o.result for o in neuf.synchroniser().outcomes}
    assert _une(region, "SELECT count(*) FROM nul WHERE limbes = 1 AND rangs = 1023") == 2, "its value may be another's"


def test_what_another_said_of_it_does_not_keep_it_void(region: Region, enroler: Enroler) -> None:
    un, hostile = enroler("Lens"), enroler("Creil")
    doter_poste(region, un.device, taille=10, carnets=5)
    hostile.inscrire("h1", b"h" * 16)
    for carnet in (1, 2):
        hostile.accorder("h1", carnet, 10)
    hostile.synchroniser()
    un.inscrire("p1", b"k" * 16)
    un.synchroniser()
    un.accorder("p1", 2, 10)
    revoquer(region, un.device, vol=False)
    neuf = _repris(region, un)
    neuf.epoch = 1
    neuf.synchroniser()
    with region.magasin.lire() as tx:
        nuls = [carnet for (carnet,) in tx.toutes("SELECT carnet FROM nul ORDER BY carnet")]
        (litige,) = [litige for litige in lister_litiges(tx) if litige.genre == "numero_double"]
    assert nuls == [1, 3, 4, 5], "its desk answers for that one"
    assert {c.carnet for c in litige.carnets} == {2}


def test_a_desk_that_the_region_forgot_is_given_its_id_again(region: Region, envoi: Envoi) -> None:
    perdu = PosteFactice(envoi, boite=X25519PrivateKey.generate())
    code = proposer_code(region, "Lens")
    perdu.demander(code, ("0123456789abcdef", b"o" * 32, b"s" * 32))
    (attente,) = en_attente(region)
    assert attente.suite == Suite("0123456789abcdef", "", "inconnu", 0)
    with pytest.raises(SaisieRefusee, match="suite_a_dire"):
        accepter(region, code[:4])
    assert accepter(region, code[:4], a_la_place_de="0123456789ABCDEF").device == "0123456789abcdef"
    perdu.ou_en_est()
    perdu.inscrire("p1", b"k" * 16)
    assert [o.result for o in perdu.synchroniser().outcomes] == ["appliquee"]
    for dit in ("", "court", "x" * 16):
        autre, code = PosteFactice(envoi), proposer_code(region, f"Autre {dit}")
        autre.demander(code, (dit, b"o" * 32, b"s" * 32))
        assert {attendu.nom: attendu.suite for attendu in en_attente(region)}[f"Autre {dit}".strip()] is None


def test_a_request_to_join_says_a_version_only_when_it_has_more_to_say(enroler: Enroler, region: Region) -> None:
    un = _servi(region, enroler)
    for log, version in ((None, 1), (un.suite, 2)):
        octets = enrolement.build_request("ABCDEFGHJK", un.requete, un.passe, un.box, "essai", log=log)
        assert canonique.decode(octets)["v"] == version
        assert enrolement.encode_request(enrolement.decode_request(octets)) == octets
    with pytest.raises(SaisieRefusee, match="version_recente"):
        enrolement.decode_request(canonique.encode({"v": 3, "autre": []}))
