"""A new epoch signs with a new key: two copies of a desk part, and what was printed before stays good."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from passdesk.domain.carnet import Carnet
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.printing.carnet_imprime import CarnetImprime
from passdesk.protocol.certificat import lire_certificat
from passdesk.protocol.confiance import Confiance, lire_confiance
from passdesk.protocol.verdict import verifier_code
from passdesk.server import cles_poste, effets
from passdesk.server.publication import publier
from passdesk.services import impression, stock, visite
from passdesk.services import poste as noms
from passdesk.services.poste import Poste, etat_poste, ouvrir_poste
from passdesk.services.restauration import apercevoir, restaurer
from passdesk.services.sauvegarde import sauvegarder
from passdesk.services.signature import cle_du_carnet, signer
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import cle_pass, copie_laterale, engine, envoi
from passdesk.storage.appareil import FICHIER, SecretsAppareil, lire_appareil
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.builders import INDEX_LEGER, PHRASE, Terrain, terrain, visite_accord

NOM = "Guichet d’essai"


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


class _Coupure(BaseException):
    """The power goes."""


def _attribuer(poste: Poste, nom: str) -> Carnet:
    return visite.attribuer(poste, visite_accord(poste, nom_naissance=nom)).carnet


def _refus(poste: Poste, nom: str = "Walbecq") -> str:
    with pytest.raises(SaisieRefusee) as refus:
        _attribuer(poste, nom)
    return refus.value.code


def _secrets(poste: Poste) -> SecretsAppareil:
    lus = lire_appareil(poste.dossier, poste.cle)
    assert lus is not None
    return lus


def _rouvrir(lieu: Terrain, ancien: Poste) -> Poste:
    remis = ouvrir_poste(ancien.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(ancien, remis)
    return remis


def _remettre_la_base(lieu: Terrain, poste: Poste, travail: Callable[[], object]) -> Poste:
    """The base alone is put back to what it was before this work, its second copy lost too."""
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    octets = (poste.dossier / engine.FICHIER).read_bytes()
    travail()
    poste.fermer()
    (poste.dossier / copie_laterale.FICHIER).unlink()
    (poste.dossier / engine.FICHIER).write_bytes(octets)
    return _rouvrir(lieu, poste)


def _confiance(lieu: Terrain) -> Confiance:
    return lire_confiance(publier(lieu.region), lieu.racine.publique)


def _verdict(lieu: Terrain, liste: Confiance | None, texte: str, couverture: str = "") -> tuple[str, str | None]:
    certificat = lire_certificat(couverture)
    certificats = [certificat] if certificat is not None else []
    rendu = verifier_code(texte, lieu.racine.publique, liste, certificats, lieu.horloge.aujourdhui())
    return rendu.verdict, rendu.raison


def _imprime(poste: Poste, carnet: Carnet) -> CarnetImprime:
    return impression.contenu_imprime(poste, carnet)


def test_after_a_base_put_back_old_and_new_papers_are_good_each_under_its_key(lieu: Terrain) -> None:
    ancien = lieu.nouveau_poste()
    avant = _attribuer(ancien, "Alpha")
    papier = _imprime(ancien, avant)
    poste = _remettre_la_base(lieu, ancien, lambda: _attribuer(ancien, "Bravo"))
    assert (etat_poste(poste).cle_attendue, _refus(poste)) == (True, "cle_attendue")
    assert all(pot.cle_attendue for pot in stock.stocks(poste))
    assert synchroniser(poste).restent == 0
    assert (etat_poste(poste).cle_attendue, _refus(poste)) == (False, "reserve_epuisee_10")
    lieu.doter(NOM, 10, 2)
    assert synchroniser(poste).fin == "fini"
    apres = _attribuer(poste, "Walbecq")
    assert synchroniser(poste).litiges == 0
    assert (avant.kid, apres.kid) == (1, 2)
    # The same bytes again, its cover too; the new one has its own.
    assert _imprime(poste, avant) == papier
    nouveau = _imprime(poste, apres)
    assert nouveau.certificat_texte != papier.certificat_texte
    liste = _confiance(lieu)
    assert [c.kid for c in liste.contenu.cles] == [1, 2]
    for imprime in (papier, nouveau):
        assert _verdict(lieu, liste, imprime.passes[0].qr_texte) == ("valide", None)
        assert _verdict(lieu, None, imprime.passes[0].qr_texte, imprime.certificat_texte) == ("valide", "sans_liste")
    # The other key on either range is not good, though the Region knows both.
    for carnet, kid in ((avant, 2), (apres, 1)):
        cle = _secrets(poste).cle_pass(kid)
        assert cle is not None
        assert _verdict(lieu, liste, signer(cle, replace(carnet, kid=kid), 1).texte) == ("inconnu", "hors_plage")
    reconstruire_projections(poste.base)
    assert (etat_poste(poste).carnets_10, verifier_base(poste.base)) == (1, ())


def test_a_lot_granted_before_the_region_heard_of_the_epoch_is_left(lieu: Terrain) -> None:
    ancien = lieu.nouveau_poste()
    poste = _remettre_la_base(lieu, ancien, lambda: _attribuer(ancien, "Alpha"))
    with poste.base.ecriture():
        # As after an answer in which the Region had told everything.
        noms.identite.ecrire_texte(poste.base, noms.LOTS_A_LAISSER, None)
    lieu.doter(NOM, 10, 3)
    assert synchroniser(poste).fin == "fini"
    assert _refus(poste) == "reserve_epuisee_10"
    lieu.doter(NOM, 10, 1)
    synchroniser(poste)
    assert etat_poste(poste).carnets_10 == 1


def test_two_copies_of_one_computer_part_and_share_no_lot_any_more(lieu: Terrain, tmp_path: Path) -> None:
    un = lieu.nouveau_poste(carnets_10=2)
    un.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(un.dossier, tmp_path / "copie")
    deux = ouvrir_poste(tmp_path / "copie", PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    try:
        # Before they part, the same number on two papers: nothing tells them from one another, and a case opens.
        assert (_attribuer(un, "Alpha").numero, _attribuer(deux, "Bravo").numero) == (21, 21)
        synchroniser(un)
        assert synchroniser(deux).fin == "fourche"
        assert synchroniser(un).fin == "fourche"
        kids = [_secrets(copie).kid for copie in (un, deux)]
        assert len({1, *kids}) == 3
        lieu.doter(NOM, 10, 2)
        # Only the last that spoke holds the key of this lot.
        synchroniser(un)
        assert (etat_poste(un).carnets_10, _attribuer(un, "Walbecq").kid) == (2, kids[0])
        synchroniser(deux)
        assert etat_poste(deux).carnets_10 == 0
        lieu.doter(NOM, 10, 1)
        synchroniser(deux)
        carnet = _attribuer(deux, "Zola")
        assert carnet.kid not in {1, *kids}
        liste = _confiance(lieu)
        cle = cle_du_carnet(deux, carnet)
        assert cle is not None
        assert _verdict(lieu, liste, signer(cle, carnet, 1).texte) == ("valide", None)
    finally:
        deux.fermer()


def test_cut_between_the_key_file_and_the_act_the_same_key_is_announced(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    ancien = lieu.nouveau_poste()

    def mourir(*_: object) -> None:
        raise _Coupure

    with monkeypatch.context() as coupe:
        coupe.setattr(noms, "changer_epoque", mourir)
        with pytest.raises(_Coupure):
            _remettre_la_base(lieu, ancien, lambda: _attribuer(ancien, "Alpha"))
    ((epoch, privee),) = lire_appareil(ancien.dossier, ancien.cle).attendues  # type: ignore[union-attr]
    poste = _rouvrir(lieu, ancien)
    assert (epoch, envoi.tete(poste.base).epoch) == (2, 2)
    assert _secrets(poste).attendues == ((2, privee),)
    synchroniser(poste)
    lu = _secrets(poste)
    assert (lu.kid, lu.passe, lu.attendues) == (2, privee, ())
    assert dict(lu.anciennes).keys() == {1}


def test_cut_between_the_certificate_in_the_key_file_and_in_the_base_it_heals(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    ancien = lieu.nouveau_poste()
    avant = _attribuer(ancien, "Alpha")
    papier = _imprime(ancien, avant)
    poste = _remettre_la_base(lieu, ancien, lambda: _attribuer(ancien, "Bravo"))

    def mourir(*_: object) -> None:
        raise _Coupure

    with monkeypatch.context() as coupe:
        coupe.setattr(cle_pass, "poser", mourir)
        with pytest.raises(_Coupure):
            synchroniser(poste)
    assert _secrets(poste).kid == 2
    poste.fermer()
    poste = _rouvrir(lieu, poste)
    assert etat_poste(poste).cle_attendue
    assert _imprime(poste, avant) == papier
    assert synchroniser(poste).fin == "fini"
    assert not etat_poste(poste).cle_attendue
    assert _imprime(poste, avant) == papier
    lieu.doter(NOM, 10, 1)
    synchroniser(poste)
    assert _attribuer(poste, "Walbecq").kid == 2


def test_a_region_of_before_knows_no_such_announcement_and_the_key_it_knows_goes_on(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(effets.VERSIONS_CONNUES, "poste.epoque")
    ancien = lieu.nouveau_poste()
    poste = _remettre_la_base(lieu, ancien, lambda: _attribuer(ancien, "Alpha"))
    assert _refus(poste) == "cle_attendue"
    assert synchroniser(poste).en_attente == 1
    assert _refus(poste) == "reserve_epuisee_10"
    lieu.doter(NOM, 10, 1)
    assert synchroniser(poste).fin == "fini"
    carnet = _attribuer(poste, "Walbecq")
    assert (carnet.kid, synchroniser(poste).litiges) == (1, 0)
    assert _verdict(lieu, _confiance(lieu), _imprime(poste, carnet).passes[0].qr_texte) == ("valide", None)


def test_back_to_a_backup_twice_each_epoch_has_its_key(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    papiers = []
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    for rang, nom in enumerate(("Alpha", "Bravo"), 1):
        carnet = _attribuer(poste, nom)
        assert carnet.kid == rang
        papiers.append(_imprime(poste, carnet).passes[0].qr_texte)
        synchroniser(poste)
        poste.fermer()
        (poste.dossier / engine.FICHIER).write_bytes(b"\0" * 50_000)
        cles_avant = (poste.dossier / FICHIER).read_bytes()
        apercevoir(poste.dossier, fichier, PHRASE, lieu.horloge)
        assert (poste.dossier / FICHIER).read_bytes() == cles_avant
        restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
        poste = _rouvrir(lieu, poste)
        assert _refus(poste) == "cle_attendue"
        assert synchroniser(poste).restent == 0
        lieu.doter(NOM, 10, 1)
        synchroniser(poste)
    papiers.append(_imprime(poste, _attribuer(poste, "Walbecq")).passes[0].qr_texte)
    liste = _confiance(lieu)
    assert [_verdict(lieu, liste, texte) for texte in papiers] == [("valide", None)] * 3
    # The second way back is seen again by the counter of the first exchange, which begins one epoch more.
    assert [cle.kid for cle in liste.contenu.cles] == [1, 2, 3, 4]
    assert _secrets(poste).kid == 4
    assert verifier_base(poste.base) == ()


def test_an_epoch_that_comes_back_from_the_side_copy_alone_still_gets_its_key(lieu: Terrain, tmp_path: Path) -> None:
    ancien = lieu.nouveau_poste()
    # The Region does not have it: the side copy shows that the epoch begins right after it.
    _attribuer(ancien, "Avant")
    fichier = sauvegarder(ancien, tmp_path / "copie.sauvegarde").chemin
    poste = _remettre_la_base(lieu, ancien, lambda: _attribuer(ancien, "Alpha"))
    assert envoi.tete(poste.base).epoch == 2
    poste.fermer()
    (poste.dossier / engine.FICHIER).write_bytes(b"\0" * 50_000)
    apercu = restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert (apercu.reviennent, apercu.lisible) == (1, True)
    poste = _rouvrir(lieu, poste)
    assert (envoi.tete(poste.base).epoch, _refus(poste)) == (2, "cle_attendue")
    synchroniser(poste)
    lieu.doter(NOM, 10, 1)
    synchroniser(poste)
    assert _attribuer(poste, "Walbecq").kid == 2


def test_an_epoch_that_comes_back_without_its_key_is_left_for_another(lieu: Terrain) -> None:
    """The base is put back with the keys of then; its acts since come again from beside it, the key of theirs does not:
    the Region certified that one, nobody held it, and the desk never awarded again."""
    poste = lieu.nouveau_poste()
    # The Region does not have it: the side copy shows that the epoch begins right after it.
    _attribuer(poste, "Avant")
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    image = {nom: (poste.dossier / nom).read_bytes() for nom in (engine.FICHIER, FICHIER)}
    poste = _remettre_la_base(lieu, poste, lambda: _attribuer(poste, "Alpha"))
    assert (envoi.tete(poste.base).epoch, len(_secrets(poste).attendues)) == (2, 1)
    poste.fermer()
    for nom, octets in image.items():
        (poste.dossier / nom).write_bytes(octets)
    poste = _rouvrir(lieu, poste)
    assert (envoi.tete(poste.base).epoch, _refus(poste)) == (3, "cle_attendue")
    assert synchroniser(poste).restent == 0
    lieu.doter(NOM, 10, 1)
    assert synchroniser(poste).fin == "fini"
    assert _attribuer(poste, "Walbecq").kid == 3
    assert synchroniser(poste).litiges == 0
    # Opened once more, it stays in the epoch whose key it holds.
    poste.fermer()
    poste = _rouvrir(lieu, poste)
    assert (envoi.tete(poste.base).epoch, verifier_base(poste.base)) == (3, ())


def test_a_whole_computer_put_back_before_its_last_epoch_begins_another(lieu: Terrain) -> None:
    """It asks as often as it had, and no counter shows it: the Region kept the key of the epoch gone with the disk, the
    desk signed with the one before, and no lot was ever for it again."""
    poste = lieu.nouveau_poste()
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    image = {chemin.name: chemin.read_bytes() for chemin in poste.dossier.iterdir() if chemin.is_file()}
    poste = _remettre_la_base(lieu, poste, lambda: _attribuer(poste, "Alpha"))
    assert (synchroniser(poste).fin, _secrets(poste).kid) == ("fini", 2)
    poste.fermer()
    for nom, octets in image.items():
        (poste.dossier / nom).write_bytes(octets)
    poste = _rouvrir(lieu, poste)
    assert envoi.tete(poste.base).epoch == 1
    assert (synchroniser(poste).fin, _refus(poste)) == ("fourche", "reserve_epuisee_10")
    lieu.doter(NOM, 10, 1)
    assert synchroniser(poste).fin == "fini"
    carnet = _attribuer(poste, "Walbecq")
    assert synchroniser(poste).litiges == 0
    assert (carnet.kid, carnet.numero) == (_secrets(poste).kid, 41)
    assert _verdict(lieu, _confiance(lieu), _imprime(poste, carnet).passes[0].qr_texte) == ("valide", None)


def test_a_certificate_of_another_root_is_not_taken(lieu: Terrain, tmp_path: Path) -> None:
    ancien = lieu.nouveau_poste()
    poste = _remettre_la_base(lieu, ancien, lambda: _attribuer(ancien, "Alpha"))
    vrai = cles_poste.Certificat

    class Faux:
        def __init__(self, publication: object, lien: object) -> None:
            octets = bytearray(vrai(publication, lien).octets)  # type: ignore[arg-type]
            octets[-1] ^= 1
            self.octets = bytes(octets)

    cles_poste.Certificat = Faux  # type: ignore[assignment, misc]
    try:
        bilan = synchroniser(poste)
    finally:
        cles_poste.Certificat = vrai  # type: ignore[misc]
    assert (bilan.fin, bilan.raison) == ("refuse", "confiance_illisible")
    assert _refus(poste) == "cle_attendue"
