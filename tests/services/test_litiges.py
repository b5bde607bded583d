"""Cases as the desk sees them: opened by a real Region between two desks, seen, noted, sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import evenements
from passdesk.protocol.operations import TypeOperation
from passdesk.server import administration
from passdesk.server.region import ouvrir_region
from passdesk.server.trancher import trancher
from passdesk.services import courrier, visite
from passdesk.services.fusion import defaire, fusionner, fusions_de
from passdesk.services.homonyme import declarer_homonyme
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.litiges import a_verifier, compter_a_verifier, noter_appel, noter_vu
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import attribuer
from passdesk.storage import envoi
from passdesk.storage.envoi import Issue
from passdesk.storage.integrite import verifier_base
from tests.builders import horloge_fixe, terrain, visite_accord

HEURE = timedelta(hours=1)


@pytest.fixture
def croises(tmp_path: Path) -> Iterator[tuple[Poste, Poste]]:
    """Two desks that gave ten pass each to one person while offline, then told the Region: first, second."""
    with terrain(tmp_path) as lieu:
        premier = lieu.nouveau_poste("France Services de Fourmies")
        second = lieu.nouveau_poste("Bus de l’Avesnois")
        for poste in (premier, second):
            attribuer(poste, visite_accord(poste))
        for poste in (premier, second, premier):
            assert synchroniser(poste).fin == "fini"
        yield premier, second


def test_both_desks_see_the_same_case_each_with_its_own_carnet(croises: tuple[Poste, Poste]) -> None:
    premier, second = croises
    (cas_premier,), (cas_second,) = a_verifier(premier).ouverts, a_verifier(second).ouverts
    assert cas_premier.litige_id == cas_second.litige_id
    assert (cas_premier.excedent, cas_second.excedent) == (10, 10)
    assert [c.bloques for c in cas_premier.ici] == [0], "the first award stands"
    assert [c.bloques for c in cas_second.ici] == [10], "the later one is blocked"
    assert (cas_premier.nom_poste, cas_premier.postes) == ("France Services de Fourmies", ("Bus de l’Avesnois",))
    assert cas_premier.ailleurs == (cas_second.ici[0].serie,)
    for cas in (cas_premier, cas_second):
        assert cas.personne is not None and cas.personne.nom_complet == "Maëlle Dufresnoy"


def test_a_case_seen_is_noted_once_and_reaches_the_region(croises: tuple[Poste, Poste]) -> None:
    _, second = croises
    (cas,) = a_verifier(second).ouverts
    assert compter_a_verifier(second) == 1
    noter_vu(second, cas.litige_id, "  Carnet  rapporté demain ")
    noter_vu(second, cas.litige_id, "encore")
    vue = a_verifier(second)
    assert vue.ouverts == () and compter_a_verifier(second) == 0
    (vu,) = vue.vus
    assert [(n.texte, n.agent) for n in vu.notes] == [("Carnet rapporté demain", "Claire Mabille")]
    tete = envoi.tete(second.base)
    (derniere,) = envoi.operations_apres(second.base, tete.epoch, tete.seq - 1)
    assert derniere.entete.type == TypeOperation.LITIGE_NOTER
    assert synchroniser(second).restent == 0
    assert a_verifier(second).suspens == ()


def test_a_call_is_noted_with_its_day_and_the_case_stays_until_it_is_seen(croises: tuple[Poste, Poste]) -> None:
    _, second = croises
    (cas,) = a_verifier(second).ouverts
    noter_appel(second, cas.litige_id, "Appel au  bus")
    (encore,) = a_verifier(second).ouverts
    assert [(n.texte, n.agent) for n in encore.notes] == [("Appel au bus", "Claire Mabille")]
    assert encore.notes[0].quand.date() == second.horloge.maintenant().date()
    assert synchroniser(second).restent == 0
    assert a_verifier(second).suspens == (), "the Region takes it"
    noter_vu(second, cas.litige_id, "vu")
    noter_appel(second, cas.litige_id, "trop tard")
    (vu,) = a_verifier(second).vus
    assert [n.texte for n in vu.notes] == ["Appel au bus", "vu"]
    with pytest.raises(SaisieRefusee, match="cas_inconnu"):
        noter_appel(second, "L999999", "")


def _servir(poste: Poste, **champs: object) -> str:
    attribue = attribuer(poste, visite_accord(poste, **champs))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    return attribue.personne.personne_id


@pytest.mark.parametrize("envoi_entre", [True, False])
def test_a_case_of_two_records_separated_since_says_so_and_stays_to_be_decided(
    tmp_path: Path, envoi_entre: bool
) -> None:
    horloge = horloge_fixe()
    with terrain(tmp_path, horloge) as lieu:
        poste = lieu.nouveau_poste()
        garde, autre = _servir(poste), _servir(poste, nom_naissance="Carlier")
        fusionner(poste, garde, autre)
        if envoi_entre:
            synchroniser(poste)
            synchroniser(poste)
            assert [(c.separees, c.excedent) for c in a_verifier(poste).ouverts] == [(None, 10)]
        horloge.instant += HEURE
        defaire(poste, fusions_de(poste, garde)[0].acte, garde)
        separees = horloge.maintenant()
        horloge.instant += HEURE
        synchroniser(poste)
        synchroniser(poste)
        (cas,) = a_verifier(poste).ouverts
        assert cas.separees == separees
        assert sum(carnet.bloques for carnet in cas.ici) == 10, "a person of the Region decides"
        (litige,) = administration.litiges(lieu.region)
        assert litige.separe_le is not None
        assert administration.clore(lieu.region, litige.litige)
        synchroniser(poste)
        assert [carnet.bloques for carnet in a_verifier(poste).ouverts[0].ici] == [0, 0]
        # Made one again, it is of one person again.
        fusionner(poste, garde, autre)
        assert a_verifier(poste).ouverts[0].separees is None


def test_a_case_with_another_desk_that_came_from_a_merge_says_so_too(tmp_path: Path) -> None:
    horloge = horloge_fixe()
    with terrain(tmp_path, horloge) as lieu:
        poste, ailleurs = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
        _servir(ailleurs)
        synchroniser(ailleurs)
        garde = visite.garder(poste, visite_accord(poste, pieces=()))
        assert garde is not None and garde.personne_id is not None
        visite.abandonner(poste, garde.brouillon_id)
        autre = _servir(poste, nom_naissance="Carlier")
        fusionner(poste, garde.personne_id, autre)
        synchroniser(poste)
        synchroniser(poste)
        horloge.instant += HEURE
        defaire(poste, fusions_de(poste, garde.personne_id)[0].acte, garde.personne_id)
        (cas,) = a_verifier(poste).ouverts
        assert cas.separees is not None and cas.postes == ("Deux",)
        # What comes afterwards about one of them alone has another cause.
        horloge.instant += HEURE
        synchroniser(poste)
        assert administration.clore(lieu.region, cas.litige_id)
        _servir(ailleurs, nom_naissance="Carlier")
        for lequel in (ailleurs, poste):
            synchroniser(lequel)
        assert [c.separees for c in a_verifier(poste).ouverts] == [None, cas.separees]


def test_two_records_under_one_key_have_their_case_whether_merged_or_not(tmp_path: Path) -> None:
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        un = _servir(poste)
        dit = declarer_homonyme(poste, visite_accord(poste), "identite_differente", "")
        deux = attribuer(poste, dit)
        numero = deux.carnet.campagne, deux.carnet.numero
        lancer_impression(poste, *numero)
        repondre(poste, *numero, "tout")
        remettre(poste, *numero, poste.horloge.aujourdhui())
        fusionner(poste, un, deux.personne.personne_id)
        defaire(poste, fusions_de(poste, un)[0].acte, un)
        synchroniser(poste)
        synchroniser(poste)
        (cas,) = a_verifier(poste).ouverts
        assert cas.separees is None
        (litige,) = administration.litiges(lieu.region)
        assert litige.separe_le is None


def test_an_unknown_case_is_refused_and_changes_nothing(croises: tuple[Poste, Poste]) -> None:
    premier, _ = croises
    avant = envoi.tete(premier.base)
    with pytest.raises(SaisieRefusee) as refus:
        noter_vu(premier, "L999999", "")
    assert refus.value.code == "cas_inconnu"
    assert envoi.tete(premier.base) == avant


def test_acts_kept_aside_are_counted_by_reason_with_their_person(croises: tuple[Poste, Poste]) -> None:
    premier, _ = croises
    tete = envoi.tete(premier.base)
    for recul in (0, 1):
        envoi.noter_issues(premier.base, [Issue(tete.epoch, tete.seq - recul, "en_attente", None, "inapplicable")])
    suspens = a_verifier(premier).suspens
    assert [(a.raison, a.personne is not None) for a in suspens] == [("inapplicable", True)] * 2
    assert compter_a_verifier(premier) == 2, "one case, one reason"


def test_a_decision_kept_without_being_read_is_heard_once_the_program_is_updated(
    croises: tuple[Poste, Poste], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The program of before kept the event; the newer one asks for it again, and for what was decided since."""
    _, second = croises
    region = ouvrir_region(tmp_path / "region", horloge_fixe())
    (cas,) = a_verifier(second).ouverts
    with monkeypatch.context() as ancien:
        ancien.delitem(evenements._LECTEURS, "litige.tranche")
        trancher(region, cas.litige_id, "fraude")
        for poste in croises:
            assert synchroniser(poste).fin == "fini"
    trancher(region, cas.litige_id, "erreur")
    region.fermer()
    assert {a_verifier(poste).ouverts[0].decision for poste in croises} == {""}
    # One of them is updated with its acts to carry on a stick, the other has a network.
    courrier.preparer(second, tmp_path / "a.courrier")
    attente = "SELECT count(*) FROM evenement_inconnu"
    assert second.base.db.execute(attente).fetchone() == (0,)
    for poste in croises:
        assert synchroniser(poste).fin == "fini"
        assert [c.decision for c in a_verifier(poste).ouverts] == ["erreur"]
        assert poste.base.db.execute(attente).fetchone() == (0,)
        assert verifier_base(poste.base) == ()
