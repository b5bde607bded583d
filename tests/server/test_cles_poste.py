"""A desk announces the key of its new epoch: the Region certifies it, on both stores, and gives it the lots to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.certificat import Certificat, certificat_des_octets
from passdesk.protocol.cle_epoque import annonce
from passdesk.protocol.confiance import Plage, lire_confiance
from passdesk.protocol.evenements import CleCertifiee, Evenement, LotAttribue
from passdesk.protocol.messages import Outcome
from passdesk.server import cles_poste
from passdesk.server.administration import doter_poste, litiges
from passdesk.server.adresse import Adresse, AdressePostgres
from passdesk.server.cles import renouveler
from passdesk.server.magasin_postgres import dialecte
from passdesk.server.migrations import ordres
from passdesk.server.postes import lister_postes
from passdesk.server.publication import publier
from passdesk.server.racine import Racine
from passdesk.server.recharge import Recharge, regler_recharge
from passdesk.server.region import Region
from tests.server.poste_factice import PosteFactice

Enroler = Callable[[str], PosteFactice]
Dotes = tuple[PosteFactice, PosteFactice]


def _epoque(
    poste: PosteFactice, epoch: int, passe: Ed25519PrivateKey, *, device: str | None = None, annoncee: int | None = None
) -> Outcome:
    """Begins this epoch with this key; `device`, `annoncee`: what the proof says instead."""
    poste.epoch, poste.log = epoch, []
    dit = annonce(passe, device or poste.device, annoncee or epoch)
    poste.ecrire("poste.epoque", f"epoque-{epoch}", {"epoch": epoch, **dit}, 2)
    (issue,) = poste.synchroniser().outcomes
    return issue


def _certificats(evenements: list[Evenement]) -> list[Certificat]:
    lus = [certificat_des_octets(e.octets) for e in evenements if isinstance(e, CleCertifiee)]
    return [certificat for certificat in lus if certificat is not None]


def _lots(evenements: list[Evenement]) -> list[LotAttribue]:
    return [e for e in evenements if isinstance(e, LotAttribue)]


def test_the_key_of_a_new_epoch_is_certified_and_signs_the_lots_to_come(
    region: Region, racine: Racine, dotes: Dotes
) -> None:
    un, deux = dotes
    un.ecouter(), deux.ecouter()
    passe = Ed25519PrivateKey.generate()
    assert _epoque(un, 2, passe) == Outcome(1, "appliquee")
    (certificat,) = _certificats(un.ecouter())
    assert (certificat.poste.kid, certificat.poste.cle) == (3, passe.public_key().public_bytes_raw())
    assert certificat.verifier(racine.publique, region.horloge.aujourdhui())
    assert _certificats(deux.ecouter()) == []
    doter_poste(region, un.device, taille=10, carnets=5)
    (lot,) = _lots(un.ecouter())
    assert (lot.kid, lot.premier, lot.dernier) == (3, 41, 45)
    lue = lire_confiance(publier(region), racine.publique)
    assert [cle.kid for cle in lue.contenu.cles] == [1, 2, 3]
    assert lue.contenu.plages == (
        Plage(12, 1, 1, 10), Plage(12, 1, 21, 30), Plage(12, 2, 11, 20), Plage(12, 2, 31, 40), Plage(12, 3, 41, 45),
    )  # fmt: skip
    assert [lue.dans_une_plage(12, kid, 41) for kid in (1, 2, 3)] == [False, False, True]


def test_the_desks_of_a_region_of_before_keep_their_key_until_they_announce_one(
    region: Region, racine: Racine, dotes: Dotes, adresse: Adresse
) -> None:
    un, _ = dotes
    avant = lire_confiance(publier(region), racine.publique).contenu
    with region.magasin.ecrire() as tx:
        tx.faire("DROP TABLE cle_ancienne")
        tx.faire("ALTER TABLE poste DROP COLUMN cle_annoncee")
        # That step alone is done again: those that came after it have nothing to do with keys.
        for ordre in ordres("0011_cles_de_poste"):
            tx.faire(dialecte(ordre) if isinstance(adresse, AdressePostgres) else ordre)
    apres = lire_confiance(publier(region), racine.publique).contenu
    assert (apres.cles, apres.plages) == (avant.cles, avant.plages)
    assert _epoque(un, 2, Ed25519PrivateKey.generate()) == Outcome(1, "appliquee")
    assert [cle.kid for cle in lire_confiance(publier(region), racine.publique).contenu.cles] == [1, 2, 3]


def test_sent_again_it_is_certified_once(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    passe = Ed25519PrivateKey.generate()
    _epoque(un, 2, passe)
    assert un.synchroniser().outcomes == (Outcome(1, "appliquee"),)
    assert len(_certificats(un.ecouter())) == 1
    # A Region that lost the act, not the key, tells the same number again.
    with region.magasin.ecrire() as tx:
        for table in ("corps", "operation", "journal"):
            tx.faire(f"DELETE FROM {table} WHERE device = ?", un.device)
    _epoque(un, 2, passe)
    assert [c.poste.kid for c in _certificats(un.ecouter())] == [3]
    with region.magasin.lire() as tx:
        assert next((p.device, p.kid) for p in lister_postes(tx)) == (un.device, 3)
        assert len(cles_poste.liens(tx)) == 3


def test_a_key_that_it_had_is_its_key_again_under_its_number(region: Region, racine: Racine, dotes: Dotes) -> None:
    un, _ = dotes
    for epoch, passe, kid in ((2, Ed25519PrivateKey.generate(), 3), (3, un.passe, 1)):
        assert _epoque(un, epoch, passe) == Outcome(1, "appliquee")
        assert _certificats(un.ecouter())[-1].poste.kid == kid
        doter_poste(region, un.device, taille=10, carnets=1)
        assert _lots(un.ecouter())[-1].kid == kid
    assert [cle.kid for cle in lire_confiance(publier(region), racine.publique).contenu.cles] == [1, 2, 3]


def test_an_epoch_heard_after_the_one_that_follows_it_gives_no_key(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    presente, passee = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    _epoque(un, 3, presente)
    _epoque(un, 2, passee)
    un.epoch = 3
    assert [c.poste.kid for c in _certificats(un.ecouter())] == [3], "nothing was printed with the other"
    doter_poste(region, un.device, taille=10, carnets=1)
    assert _lots(un.ecouter())[-1].kid == 3
    with region.magasin.lire() as tx:
        assert len(cles_poste.liens(tx)) == 3
        assert [poste.device for poste in lister_postes(tx)] == [un.device, deux.device]


def test_an_epoch_whose_number_is_lower_gives_its_key_to_the_desk_that_is_in_it(region: Region, dotes: Dotes) -> None:
    """Put back to a day before epochs 3 and 4, after which it began 2, which no one had heard."""
    un, _ = dotes
    cles = {epoch: Ed25519PrivateKey.generate() for epoch in (3, 4, 2)}
    for epoch, passe in cles.items():
        _epoque(un, epoch, passe)
    for epoch, kid, dits in ((2, 5, [3, 4, 5]), (2, 5, []), (4, 4, [4]), (2, 5, [5])):
        # And whichever of two copies is heard last.
        un.epoch = epoch
        assert [c.poste.kid for c in _certificats(un.ecouter())] == dits
        doter_poste(region, un.device, taille=10, carnets=1)
        assert _lots(un.ecouter())[-1].kid == kid
    with region.magasin.lire() as tx:
        assert len(cles_poste.liens(tx)) == 5


@pytest.mark.parametrize("attend", [False, True], ids=["certified", "waiting"])
def test_a_desk_back_before_the_epoch_whose_key_is_kept_for_it_is_told_so(
    region: Region, racine: Racine, dotes: Dotes, horloge: HorlogeFixe, attend: bool
) -> None:
    """Its counter shows nothing: it goes on from where the Region is. It signed with one key, and every lot was granted
    for the other."""
    un, deux = dotes
    un.ecouter()
    with region.magasin.ecrire() as tx:
        regler_recharge(tx, Recharge(12, "general", 10, 5, 10))
    horloge.instant += timedelta(days=91 if attend else 0)
    _epoque(un, 2, Ed25519PrivateKey.generate())
    assert [un.synchroniser(depuis=2).fork, deux.synchroniser().fork] == [False, False]
    for avant in range(2):
        un.epoch, un.log = 1, []
        reponse = un.synchroniser()
        assert (reponse.fork, [e.type for e in reponse.events if e.type == "lot.attribue"]) == (True, []), avant
    # What it does then: the Region has that epoch already, on another branch, and gives its key to the next.
    passe = Ed25519PrivateKey.generate()
    assert _epoque(un, 2, passe).raison == "fourche"
    object.__setattr__(region, "cles", renouveler(region.cles, racine, horloge.aujourdhui()))
    assert _epoque(un, 3, passe) == Outcome(1, "appliquee")
    recus = [*un.ecouter(), *un.ecouter()]
    assert _certificats(recus)[-1].poste.cle == passe.public_key().public_bytes_raw()
    assert un.synchroniser(depuis=2).fork is False
    assert {lot.kid for lot in _lots(recus)} == {_certificats(recus)[-1].poste.kid}


def test_the_publication_key_run_out_it_waits_for_that_key(
    region: Region, racine: Racine, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    un, _ = dotes
    presente = Ed25519PrivateKey.generate()
    _epoque(un, 3, Ed25519PrivateKey.generate())
    un.ecouter()
    horloge.instant += timedelta(days=91)
    _epoque(un, 2, presente)
    for _ in range(2):
        assert _certificats(un.ecouter()) == []
    object.__setattr__(region, "cles", renouveler(region.cles, racine, horloge.aujourdhui()))
    (certificat,) = _certificats(un.ecouter())
    assert certificat.poste.cle == presente.public_key().public_bytes_raw()


def test_it_takes_the_place_of_none_that_waits(
    region: Region, racine: Racine, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    un, _ = dotes
    un.ecouter()
    horloge.instant += timedelta(days=91)
    presente = Ed25519PrivateKey.generate()
    _epoque(un, 3, presente)
    _epoque(un, 2, Ed25519PrivateKey.generate())
    un.epoch = 3
    object.__setattr__(region, "cles", renouveler(region.cles, racine, horloge.aujourdhui()))
    (certificat,) = _certificats(un.ecouter())
    assert certificat.poste.cle == presente.public_key().public_bytes_raw()


@pytest.mark.parametrize("mal", ["appareil", "epoque", "cle_d_un_autre"])
def test_an_announcement_that_proves_nothing_is_kept_aside(region: Region, dotes: Dotes, mal: str) -> None:
    un, deux = dotes
    passe = deux.passe if mal == "cle_d_un_autre" else Ed25519PrivateKey.generate()
    issue = _epoque(
        un, 2, passe, device=deux.device if mal == "appareil" else None, annoncee=3 if mal == "epoque" else None
    )
    assert issue == Outcome(1, "en_attente", None, "inapplicable")
    assert _certificats(un.ecouter()) == []
    doter_poste(region, un.device, taille=10, carnets=1)
    assert _lots(un.ecouter())[-1].kid == 1


def test_an_epoch_of_an_earlier_program_changes_no_key(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.epoch, un.log = 2, []
    un.ecrire("poste.epoque", "e", {"epoch": 2})
    assert un.synchroniser().outcomes == (Outcome(1, "appliquee"),)
    assert _certificats(un.ecouter()) == []
    doter_poste(region, un.device, taille=10, carnets=1)
    assert _lots(un.ecouter())[-1].kid == 1


def test_a_desk_has_so_many_keys_with_lots_and_no_more(
    region: Region, racine: Racine, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put back again and again, it still gets a key that signs: those that signed nothing make room."""
    monkeypatch.setattr(cles_poste, "CLES_MAX", 3)
    un, deux = dotes
    un.ecouter()
    for epoch in range(2, 9):
        assert _epoque(un, epoch, Ed25519PrivateKey.generate()).result == "appliquee"
        (certificat,) = _certificats(un.ecouter())
        assert certificat.poste.kid == epoch + 1
    with region.magasin.lire() as tx:
        assert [lien.kid for qui, lien in cles_poste.liens(tx) if qui == un.device] == [1, 8, 9]
        assert [poste.device for poste in lister_postes(tx)] == [un.device, deux.device]
    # Carnets of these may be on paper: their keys stay, and a place reads them.
    doter_poste(region, un.device, taille=10, carnets=1)
    assert _epoque(un, 9, Ed25519PrivateKey.generate()).result == "appliquee"
    doter_poste(region, un.device, taille=10, carnets=1)
    lue = lire_confiance(publier(region), racine.publique)
    assert [cle.kid for cle in lue.contenu.cles] == [1, 2, 9, 10]
    assert _epoque(un, 10, Ed25519PrivateKey.generate()).raison == "inapplicable"
    assert _epoque(deux, 2, Ed25519PrivateKey.generate()).result == "appliquee"


@pytest.mark.parametrize("connues", [64, 3])
def test_one_desk_does_not_use_up_the_key_numbers_of_the_region(
    region: Region, dotes: Dotes, horloge: HorlogeFixe, monkeypatch: pytest.MonkeyPatch, connues: int
) -> None:
    """So many a day, whatever is forgotten of them meanwhile; the key waits, and is certified the day after."""
    monkeypatch.setattr(cles_poste, "CLES_MAX", connues)
    hostile, autre = dotes
    hostile.ecouter(), autre.ecouter()
    for epoch in range(2, 2 + cles_poste.CLES_PAR_JOUR + 4):
        assert _epoque(hostile, epoch, Ed25519PrivateKey.generate()) == Outcome(1, "appliquee")
    certifiees = _certificats(hostile.ecouter())
    assert [c.poste.kid for c in certifiees] == list(range(3, 3 + cles_poste.CLES_PAR_JOUR))
    assert _epoque(autre, 2, Ed25519PrivateKey.generate()) == Outcome(1, "appliquee")
    (certificat,) = _certificats(autre.ecouter())
    assert certificat.poste.kid == 3 + cles_poste.CLES_PAR_JOUR
    horloge.instant += timedelta(days=1)
    (certificat,) = _certificats(hostile.ecouter())
    assert certificat.poste.kid == 4 + cles_poste.CLES_PAR_JOUR


def test_while_the_publication_key_has_run_out_it_waits_and_no_lot_is_lost(
    region: Region, racine: Racine, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    un, _ = dotes
    un.ecouter()
    horloge.instant += timedelta(days=91)
    passe = Ed25519PrivateKey.generate()
    assert _epoque(un, 2, passe).result == "appliquee"
    assert un.ecouter() == []
    with pytest.raises(SaisieRefusee) as refus:
        doter_poste(region, un.device, taille=10, carnets=1)
    assert refus.value.code == "publication_expiree"
    prolongee = replace(region, cles=renouveler(region.cles, racine, horloge.aujourdhui()))
    doter_poste(prolongee, un.device, taille=10, carnets=1)
    certificat, lot = un.ecouter()
    assert isinstance(certificat, CleCertifiee)
    assert isinstance(lot, LotAttribue)
    assert lot.kid == 3


def test_a_refill_is_for_the_new_key_and_none_comes_before_it_is_certified(
    region: Region, racine: Racine, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    un, _ = dotes
    un.ecouter()
    with region.magasin.ecrire() as tx:
        regler_recharge(tx, Recharge(12, "general", 10, 5, 10))
    horloge.instant += timedelta(days=91)
    _epoque(un, 2, Ed25519PrivateKey.generate())
    for _ in range(2):
        assert un.ecouter() == []
    # The server starts again with a publication key that the root prolonged.
    object.__setattr__(region, "cles", renouveler(region.cles, racine, horloge.aujourdhui()))
    recus = [*un.ecouter(), *un.ecouter()]
    assert [type(recu) for recu in recus] == [CleCertifiee, LotAttribue]
    assert [lot.kid for lot in _lots(recus)] == [3]


def test_a_number_awarded_under_another_key_of_the_desk_opens_a_case(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    _epoque(un, 2, Ed25519PrivateKey.generate())
    doter_poste(region, un.device, taille=10, carnets=2)
    # Under the key of its enrolment: on the old range it is its own, on the new one it is not.
    for rang, numero in enumerate((1, 41)):
        un.inscrire(f"p{rang}", bytes([rang]) * 16)
        un.accorder(f"p{rang}", numero, 10)
    un.synchroniser()
    assert [(litige.genre, litige.carnets[0].carnet) for litige in litiges(region)] == [("hors_lot", 41)]


def test_a_later_epoch_does_not_make_an_older_computer_the_newest(region: Region, enroler: Enroler) -> None:
    ancien, neuf = enroler("Lens"), enroler("Lens")
    _epoque(ancien, 2, Ed25519PrivateKey.generate())
    with region.magasin.lire() as tx:
        assert [poste.device for poste in lister_postes(tx)] == [ancien.device, neuf.device]
