"""A desk that goes on under other keys stays at home with its own people: on another computer, or revoked by mistake
(decision 0090). What it did before is held against what the Region and the other desks then know.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.domain.visite import CarnetAttribue
from passdesk.server import enrolement
from passdesk.server.cles_poste import liens
from passdesk.server.corps import lire_corps
from passdesk.server.courrier import recevoir_courrier
from passdesk.server.litiges import lister_litiges
from passdesk.server.publication import publier
from passdesk.server.restauration import noter_restauration, reprendre_les_dotations
from passdesk.server.revocation import revoquer
from passdesk.services import enroler, lien, visite
from passdesk.services.anterieurs import pass_recus
from passdesk.services.carnets import agir
from passdesk.services.courrier import etat_courrier, preparer, recevoir
from passdesk.services.effacement import effacer_personne
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.lien import APPAREIL_D_AVANT
from passdesk.services.poste import (
    APPAREIL,
    CONFIANCE,
    KID,
    Poste,
    creer_poste,
    etat_poste,
    nouvelle_epoque,
    ouvrir_poste,
)
from passdesk.services.remise import remettre
from passdesk.services.remplacement import remplacer
from passdesk.services.restauration import restaurer
from passdesk.services.sauvegarde import sauvegarder
from passdesk.services.stock import stocks
from passdesk.services.synchroniser import BilanEnvoi, synchroniser
from passdesk.storage import cle_pass, copie_laterale, envoi, personnes
from passdesk.storage import poste as identite
from passdesk.storage.appareil import FICHIER as FICHIER_APPAREIL
from passdesk.storage.engine import FICHIER as BASE
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, NOM, PHRASE, PHRASE_LEGERE, Coupe, Terrain, terrain, visite_accord
from tests.modele import Registre

SEUL: dict[str, object] = {"accompagnement": False, "prescripteur": None}


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _accorder(poste: Poste, nom: str, **champs: object) -> CarnetAttribue:
    return visite.attribuer(poste, visite_accord(poste, nom_naissance=nom, **champs))


def _imprimer(poste: Poste, nom: str, **champs: object) -> CarnetAttribue:
    attribue = _accorder(poste, nom, **champs)
    lancer_impression(poste, attribue.carnet.campagne, attribue.carnet.numero)
    repondre(poste, attribue.carnet.campagne, attribue.carnet.numero, "tout")
    return attribue


def _donner(poste: Poste, nom: str, **champs: object) -> CarnetAttribue:
    """Awarded, printed and handed over."""
    attribue = _imprimer(poste, nom, **champs)
    remettre(poste, attribue.carnet.campagne, attribue.carnet.numero, poste.horloge.aujourdhui())
    return attribue


def _compte(poste: Poste, nom: str) -> int:
    """Pass that this desk counts for this person."""
    (personne,) = [p for p in personnes.recentes(poste.base) if p.nom_naissance == nom]
    cle = personnes.cle_de(poste.base, personne.personne_id)
    return sum(a.nombre for a in pass_recus(poste, personne.personne_id, cle).tous)


def _entendus(poste: Poste, nom: str) -> int:
    """Pass of somebody whom this desk never saw, as far as it heard."""
    cle = poste.cle_de_la_personne(nom, "Maëlle", date(1987, 4, 12))
    assert cle is not None
    return sum(a.nombre for a in pass_recus(poste, None, cle).ailleurs)


def _envoyer(poste: Poste) -> BilanEnvoi:
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent, bilan.en_attente) == ("fini", 0, 0)
    assert verifier_base(poste.base) == ()
    return bilan


def _appareil(poste: Poste) -> str:
    return identite.lire_texte(poste.base, APPAREIL) or ""


def _demander(lieu: Terrain, poste: Poste, nom: str = NOM) -> enrolement.Attente:
    mots = enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, nom))
    (attente,) = enrolement.en_attente(lieu.region)
    assert attente.mots == mots
    return attente


def _code_inconnu(lieu: Terrain) -> str:
    return "ZZZZZZ" + enrolement.proposer_code(lieu.region, NOM)[6:]


def _relier(lieu: Terrain, poste: Poste, suite: str | None) -> None:
    """Linked again, and granted lots at once: before the desk is heard."""
    attente = _demander(lieu, poste)
    accepte = enrolement.accepter(lieu.region, attente.identifiant, a_la_place_de=suite)
    assert enroler.terminer(poste)
    for taille in (5, 10):
        lieu.doter(accepte.device, taille, 4)


@contextmanager
def _ailleurs(lieu: Terrain, fichier: Path) -> Iterator[Poste]:
    """The backup put back on a computer that holds nothing of this desk."""
    neuf = lieu.dossier / "ordinateur-neuf"
    assert restaurer(neuf, fichier, PHRASE, lieu.horloge).autre_ordinateur
    remis = ouvrir_poste(neuf, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    try:
        yield remis
    finally:
        remis.fermer()


def _nul(lieu: Terrain, numero: int) -> str | None:
    """Why the first pass of this carnet is void."""
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT raison FROM nul WHERE carnet = ? AND rangs % 2 = 1", numero)
        return str(rangee[0]) if rangee else None


def _gardes(lieu: Terrain, device: str) -> int:
    """Messages set aside from this device."""
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT count(*) FROM quarantaine WHERE device = ? AND raison = 'appareil_revoque'", device)
        return int(rangee[0]) if rangee else 0


def _noms_a_la_region(lieu: Terrain, nom: str) -> int:
    """How many bodies of the log hold this name."""
    with lieu.region.magasin.lire() as tx:
        cle, trouves = lieu.region.cles.corps, 0
        for device, epoch, seq in tx.toutes("SELECT device, epoch, seq FROM corps"):
            corps = lire_corps(tx, cle, device, epoch, seq)
            trouves += corps is not None and nom.encode() in corps.octets
        return trouves


def test_restored_on_another_computer_it_serves_the_people_it_had(lieu: Terrain, tmp_path: Path) -> None:
    poste, temoin = lieu.nouveau_poste(), lieu.nouveau_poste("Autre guichet")
    moitie = _donner(poste, "Moitie", **SEUL)
    perdu, vole, seule = _donner(poste, "Perdu"), _donner(poste, "Vole"), _imprimer(poste, "Seule", **SEUL)
    jamais_imprime = _accorder(poste, "Jamaisimprime")
    _donner(poste, "Efface")
    _envoyer(poste)
    appareil = _appareil(poste)
    # Recorded before the backup, and never sent by the computer that is lost.
    _accorder(poste, "Zoulou", **SEUL)
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    poste.fermer()
    with _ailleurs(lieu, fichier) as remis:
        assert _compte(remis, "Moitie") == 5, "counted once, before it is linked too"
        _relier(lieu, remis, appareil)
        assert _appareil(remis) == appareil
        bilan = _envoyer(remis)
        assert (bilan.litiges, etat_poste(remis).carnets_5, etat_poste(remis).carnets_10) == (0, 4, 4)
        _envoyer(temoin)
        assert _entendus(temoin, "Zoulou") == 5, "what was never sent has left, with its key"
        assert _compte(remis, "Moitie") == 5
        # The second carnet, and no third.
        _accorder(remis, "Moitie", personne_id=moitie.personne.personne_id, complementaire=True, **SEUL)
        with pytest.raises(SaisieRefusee):
            _accorder(remis, "Moitie", personne_id=moitie.personne.personne_id, complementaire=True, **SEUL)
        # Handed over here, printed on the computer of before; that one alone could print another.
        remettre(remis, seule.carnet.campagne, seule.carnet.numero, remis.horloge.aujourdhui())
        with pytest.raises(SaisieRefusee, match="cle_d_un_autre_ordinateur"):
            lancer_impression(remis, jamais_imprime.carnet.campagne, jamais_imprime.carnet.numero)
        agir(remis, jamais_imprime.carnet.campagne, jamais_imprime.carnet.numero, "attribution.annuler", "Jamais sorti")
        _accorder(remis, "Jamaisimprime", personne_id=jamais_imprime.personne.personne_id)
        agir(remis, perdu.carnet.campagne, perdu.carnet.numero, "carnet.declarer_perdu")
        agir(remis, vole.carnet.campagne, vole.carnet.numero, "carnet.declarer_vole")
        nouveau = remplacer(remis, perdu.carnet.campagne, perdu.carnet.numero)
        (efface,) = [p for p in personnes.recentes(remis.base) if p.nom_naissance == "Efface"]
        assert _noms_a_la_region(lieu, "Efface") > 0
        assert effacer_personne(remis, efface.personne_id)
        bilan = _envoyer(remis)
        assert bilan.litiges == 0, "ten pass of the replacement take the place of the ten lost"
        assert _noms_a_la_region(lieu, "Efface") == 0
        assert (_nul(lieu, perdu.carnet.numero), _nul(lieu, vole.carnet.numero)) == ("perdu", "vole")
        assert _nul(lieu, jamais_imprime.carnet.numero) == "annule"
        assert _nul(lieu, nouveau.carnet.numero) is None
        with lieu.region.magasin.lire() as tx:
            assert lister_litiges(tx) == () and tx.une("SELECT count(*) FROM attribution WHERE length(cle) <> 16") == (
                0,
            )
            assert tx.une("SELECT remis FROM attribution WHERE carnet = ?", seule.carnet.numero) == (1,)


def test_a_stolen_laptop_is_heard_no_more_and_its_desk_goes_on_elsewhere(lieu: Terrain, tmp_path: Path) -> None:
    poste, temoin = lieu.nouveau_poste(), lieu.nouveau_poste("Autre guichet")
    moitie = _donner(poste, "Moitie", **SEUL)
    _envoyer(poste)
    appareil = _appareil(poste)
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    perdu = _accorder(poste, "Jamaisdit")
    assert revoquer(lieu.region, NOM, vol=True).carnets
    with _ailleurs(lieu, fichier) as remis:
        _relier(lieu, remis, appareil)
        _envoyer(remis)
        _envoyer(temoin)
        # The index was renewed, and both desks were told under their keys of today.
        _accorder(remis, "Moitie", personne_id=moitie.personne.personne_id, complementaire=True, **SEUL)
        _envoyer(remis)
        _envoyer(temoin)
        assert _entendus(temoin, "Moitie") == 10
        assert (_nul(lieu, perdu.carnet.numero), _nul(lieu, moitie.carnet.numero)) == ("vole", None)
        avant = _gardes(lieu, appareil)
        bilan = synchroniser(poste)
        assert (bilan.fin, bilan.raison) == ("refuse", "appareil_revoque")
        assert _gardes(lieu, appareil) == avant + 1, "what it says is set aside, and applied to nobody"
        _envoyer(remis)
        assert _entendus(temoin, "Jamaisdit") == 0


def test_revoked_by_mistake_it_is_linked_again_and_sends_what_it_kept(lieu: Terrain) -> None:
    poste, temoin = lieu.nouveau_poste(), lieu.nouveau_poste("Autre guichet")
    moitie, perdu = _donner(poste, "Moitie", **SEUL), _donner(poste, "Perdu")
    _envoyer(poste)
    appareil = _appareil(poste)
    zoulou = _donner(poste, "Zoulou", **SEUL)
    with pytest.raises(SaisieRefusee, match="deja_enrole"):
        enroler.demander(poste, lieu.adresse, enrolement.proposer_code(lieu.region, NOM))
    revoquer(lieu.region, NOM, vol=False)
    for _ in range(2):
        assert synchroniser(poste).raison == "appareil_revoque"
    assert _gardes(lieu, appareil) == 1, "what it tries again is kept once"
    assert (_nul(lieu, zoulou.carnet.numero), _nul(lieu, zoulou.carnet.numero + 1)) == ("annule", "annule")
    with pytest.raises(SaisieRefusee, match="poste_retire"):
        _accorder(poste, "Personne")
    _relier(lieu, poste, appareil)
    assert _appareil(poste) == appareil and etat_poste(poste).carnets_5 == 0, "those it had are void"
    _envoyer(poste)
    assert _gardes(lieu, appareil) == 0, "it said it itself"
    _envoyer(temoin)
    assert _entendus(temoin, "Zoulou") == 5
    # Somebody answers for that paper; for the next number of the lot, nobody.
    assert (_nul(lieu, zoulou.carnet.numero), _nul(lieu, zoulou.carnet.numero + 1)) == (None, "annule")
    assert (etat_poste(poste).carnets_5, etat_poste(poste).carnets_10) == (4, 4)
    _accorder(poste, "Moitie", personne_id=moitie.personne.personne_id, complementaire=True, **SEUL)
    agir(poste, perdu.carnet.campagne, perdu.carnet.numero, "carnet.declarer_perdu")
    nouveau = remplacer(poste, perdu.carnet.campagne, perdu.carnet.numero)
    assert _envoyer(poste).litiges == 0
    assert (_nul(lieu, perdu.carnet.numero), _nul(lieu, nouveau.carnet.numero)) == ("perdu", None)
    # What it printed before comes out again under the key of then.
    lancer_impression(poste, nouveau.carnet.campagne, nouveau.carnet.numero)


def test_revoked_without_a_network_it_learns_it_by_courier(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    appareil = _appareil(poste)
    _accorder(poste, "Zoulou", **SEUL)
    revoquer(lieu.region, NOM, vol=False)
    recu = recevoir_courrier(lieu.region, preparer(poste, lieu.dossier / "a.courrier").chemin.read_bytes())
    assert (recu.refus, recevoir(poste, recu.reponse).raison) == ("appareil_revoque", "appareil_revoque")
    assert [sum(nombre for _, nombre in pot.carnets) + pot.en_attente for pot in stocks(poste)] == [0]
    # Another is out when it is linked again: its answer is for the computer of before.
    preparer(poste, lieu.dossier / "b.courrier")
    assert etat_courrier(poste).prepare_le is not None
    _relier(lieu, poste, appareil)
    assert etat_courrier(poste).prepare_le is None
    _envoyer(poste)
    assert [sum(nombre for _, nombre in pot.carnets) for pot in stocks(poste)] == [8]


def test_forgotten_by_the_region_it_is_known_again_with_all_it_did(lieu: Terrain) -> None:
    temoin = lieu.nouveau_poste("Autre guichet")
    registre = Registre(lieu.dossier / "region")
    avant = registre.copier()
    poste = lieu.nouveau_poste("Oublié")
    moitie = _donner(poste, "Moitie", **SEUL)
    _envoyer(poste)
    _envoyer(temoin)
    appareil = _appareil(poste)
    _donner(poste, "Zoulou", **SEUL)
    registre.remplacer(avant)
    with lieu.region.magasin.ecrire() as tx:
        noter_restauration(tx, lieu.region.maintenant())
        reprendre_les_dotations(tx, lieu.region.cles.corps)
    assert synchroniser(poste).raison == "appareil_inconnu"
    _relier(lieu, poste, appareil)
    assert _appareil(poste) == appareil
    assert _envoyer(poste).litiges == 0
    _envoyer(temoin)
    assert (_entendus(temoin, "Moitie"), _entendus(temoin, "Zoulou")) == (5, 5), "each counts once"
    _accorder(poste, "Moitie", personne_id=moitie.personne.personne_id, complementaire=True, **SEUL)
    assert _envoyer(poste).litiges == 0
    registre.fermer()
    avant.close()


def test_linked_since_the_region_s_backup_it_is_linked_once_more(lieu: Terrain, tmp_path: Path) -> None:
    poste, temoin = lieu.nouveau_poste(), lieu.nouveau_poste("Autre guichet")
    moitie = _donner(poste, "Moitie", **SEUL)
    _envoyer(poste)
    appareil = _appareil(poste)
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    registre = Registre(lieu.dossier / "region")
    avant = registre.copier()
    with _ailleurs(lieu, fichier) as remis:
        _relier(lieu, remis, appareil)
        publier(lieu.region)
        _envoyer(remis)
        liste = identite.lire_octets(remis.base, CONFIANCE)
        _donner(remis, "Zoulou", **SEUL)
        registre.remplacer(avant)
        with lieu.region.magasin.ecrire() as tx:
            noter_restauration(tx, lieu.region.maintenant())
            reprendre_les_dotations(tx, lieu.region.cles.corps)
        # It listens to the computer of before again, and knows nothing of this one.
        assert synchroniser(remis).raison == "signature_refusee"
        _relier(lieu, remis, appareil)
        assert _appareil(remis) == appareil
        assert identite.lire_octets(remis.base, CONFIANCE) == liste, "the one that it gives is of the day before"
        assert _envoyer(remis).litiges == 0
        _envoyer(temoin)
        assert (_entendus(temoin, "Moitie"), _entendus(temoin, "Zoulou")) == (5, 5), "each counts once"
        _accorder(remis, "Moitie", personne_id=moitie.personne.personne_id, complementaire=True, **SEUL)
        assert _envoyer(remis).litiges == 0
        assert synchroniser(poste).raison == "appareil_revoque"
    registre.fermer()
    avant.close()


def test_revoked_it_stays_so_whatever_the_line_changes(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    revoquer(lieu.region, NOM, vol=False)
    assert synchroniser(poste).raison == "appareil_revoque"
    lien.noter_refus(poste.base, "signature_refusee")
    assert lien.retire(poste.base), "its numbers are void all the same"


def test_an_agent_says_which_desk_goes_on_and_the_desk_shows_that_it_does(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    _envoyer(poste)
    appareil = _appareil(poste)
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    with _ailleurs(lieu, fichier) as remis:
        attente = _demander(lieu, remis)
        assert attente.suite is not None
        assert (attente.suite.device, attente.suite.nom, attente.suite.etat) == (appareil, NOM, "actif")
        for dite, code in ((None, "suite_a_dire"), ("0123456789abcdef", "suite_non_montree")):
            with pytest.raises(SaisieRefusee, match=code):
                enrolement.accepter(lieu.region, attente.identifiant, a_la_place_de=dite)
        # Nobody was put in anybody's place.
        assert synchroniser(poste).fin == "fini"
        enrolement.accepter(lieu.region, attente.identifiant, a_la_place_de=f" {appareil.upper()} ")
        assert enroler.terminer(remis)
    hostile = creer_poste(
        tmp_path / "hostile", PHRASE, "X", lieu.horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    try:
        # It says the id of another, which every desk hears in the index, and holds another log.
        identite.ecrire_texte(hostile.base, APPAREIL_D_AVANT, appareil)
        attente = _demander(lieu, hostile, "Hostile")
        assert attente.suite is None
        with pytest.raises(SaisieRefusee, match="suite_non_montree"):
            enrolement.accepter(lieu.region, attente.identifiant, a_la_place_de=appareil)
        assert enrolement.accepter(lieu.region, attente.identifiant).device != appareil
        assert enroler.terminer(hostile)
        assert _envoyer(hostile).litiges == 0
    finally:
        hostile.fermer()


@pytest.mark.parametrize("octets", [None, b"abime"], ids=["lost", "damaged"])
def test_the_keys_of_this_computer_gone_it_is_linked_again(lieu: Terrain, octets: bytes | None) -> None:
    poste = lieu.nouveau_poste()
    _donner(poste, "Zoulou", **SEUL)
    (poste.dossier / FICHIER_APPAREIL).unlink()
    if octets is not None:
        (poste.dossier / FICHIER_APPAREIL).write_bytes(octets)
    coupee = Coupe()
    with pytest.raises(SaisieRefusee, match="code_refuse"):
        enroler.demander(poste, lieu.adresse, _code_inconnu(lieu), lambda: coupee)
    with pytest.raises(PanneAttendue, match="hors_ligne"):
        enroler.demander(poste, lieu.adresse, _code_inconnu(lieu), lambda: coupee)
    # A request that came to nothing is no set of keys.
    with pytest.raises(BaseFermee):
        synchroniser(poste)
    _relier(lieu, poste, _appareil(poste))
    assert _envoyer(poste).litiges == 0


def _remise(poste: Poste) -> None:
    """Its base is put back: an epoch of its own, with a key of its own."""
    with poste.base.acte(poste.agent_id) as acte:
        nouvelle_epoque(poste, acte, envoi.tete(poste.base).epoch + 1)


def _kid(lieu: Terrain, poste: Poste) -> tuple[int, int]:
    """The number of the key that this desk signs with: what it says, what the Region says."""
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT kid FROM poste WHERE device = ?", _appareil(poste))
    assert rangee is not None
    return int(identite.lire_texte(poste.base, KID) or 0), int(rangee[0])


def _servi_comme_avant(lieu: Terrain, poste: Poste, nom: str = "Apres") -> None:
    """It is heard, and receives what it is granted from then on, under the key that both mean."""
    _envoyer(poste)
    dit, connu = _kid(lieu, poste)
    assert dit == connu and not cle_pass.en_attente(poste.base)
    avant = etat_poste(poste).carnets_5
    lieu.doter(_appareil(poste), 5, 3)
    _envoyer(poste)
    assert etat_poste(poste).carnets_5 == avant + 3
    donne = _donner(poste, nom, **SEUL)
    assert (donne.carnet.kid, _envoyer(poste).litiges) == (connu, 0)


def test_a_key_announced_before_it_was_linked_again_is_not_its_key(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _envoyer(poste)
    # Announced, and never heard: the desk holds that key no more.
    _remise(poste)
    revoquer(lieu.region, NOM, vol=False)
    assert synchroniser(poste).raison == "appareil_revoque"
    _relier(lieu, poste, _appareil(poste))
    assert etat_poste(poste).cle_attendue is False
    _servi_comme_avant(lieu, poste)
    # And once more, with the key that was announced for the first time it was linked.
    revoquer(lieu.region, NOM, vol=False)
    assert synchroniser(poste).raison == "appareil_revoque"
    _relier(lieu, poste, _appareil(poste))
    _servi_comme_avant(lieu, poste, "Encore")


def test_a_backup_that_announces_a_key_is_linked_elsewhere(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    _envoyer(poste)
    appareil = _appareil(poste)
    _remise(poste)
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    poste.fermer()
    with _ailleurs(lieu, fichier) as remis:
        _relier(lieu, remis, appareil)
        _servi_comme_avant(lieu, remis)


def test_forgotten_with_the_keys_of_its_epochs_it_is_served_again_and_its_papers_are_good(lieu: Terrain) -> None:
    registre = Registre(lieu.dossier / "region")
    avant = registre.copier()
    poste = lieu.nouveau_poste("Oublié")
    _envoyer(poste)
    _remise(poste)
    _envoyer(poste)
    appareil = _appareil(poste)
    lieu.doter(appareil, 5, 4)
    _envoyer(poste)
    imprime = _donner(poste, "Imprime", **SEUL)
    _envoyer(poste)
    registre.remplacer(avant)
    with lieu.region.magasin.ecrire() as tx:
        noter_restauration(tx, lieu.region.maintenant())
        reprendre_les_dotations(tx, lieu.region.cles.corps)
    assert synchroniser(poste).raison == "appareil_inconnu"
    _relier(lieu, poste, appareil)
    _servi_comme_avant(lieu, poste)
    with lieu.region.magasin.lire() as tx:
        connues = {lien.kid: qui for qui, lien in liens(tx)}
    assert connues[imprime.carnet.kid] == appareil, "what it printed under the key of that epoch can be checked"
    registre.fermer()
    avant.close()


def test_a_region_put_back_to_before_two_epochs_knows_the_keys_of_both(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _envoyer(poste)
    registre = Registre(lieu.dossier / "region")
    avant = registre.copier()
    imprimes = []
    for nom in ("Alpha", "Bravo"):
        _remise(poste)
        _envoyer(poste)
        lieu.doter(_appareil(poste), 5, 2)
        _envoyer(poste)
        imprimes.append(_donner(poste, nom, **SEUL).carnet.kid)
        _envoyer(poste)
    registre.remplacer(avant)
    with lieu.region.magasin.ecrire() as tx:
        noter_restauration(tx, lieu.region.maintenant())
    _servi_comme_avant(lieu, poste)
    with lieu.region.magasin.lire() as tx:
        connues = {lien.kid for qui, lien in liens(tx) if qui == _appareil(poste)}
    assert connues >= set(imprimes), "what each printed can be checked"
    registre.fermer()
    avant.close()


def test_a_base_of_before_it_was_linked_again_signs_with_a_key_of_its_own(lieu: Terrain) -> None:
    """Put back beside the keys of today, it knew the certificate of those of then: every lot was for nobody."""
    poste = lieu.nouveau_poste()
    _donner(poste, "Avant", **SEUL)
    _envoyer(poste)
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    octets = (poste.dossier / BASE).read_bytes()
    revoquer(lieu.region, NOM, vol=False)
    assert synchroniser(poste).raison == "appareil_revoque"
    _relier(lieu, poste, _appareil(poste))
    poste.fermer()
    (poste.dossier / copie_laterale.FICHIER).unlink()
    (poste.dossier / BASE).write_bytes(octets)
    poste = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    try:
        _envoyer(poste)
        lieu.doter(_appareil(poste), 5, 1)
        _envoyer(poste)
        assert etat_poste(poste).carnets_5 == 1
        _donner(poste, "Walbecq", **SEUL)
        assert _envoyer(poste).litiges == 0
    finally:
        poste.fermer()
