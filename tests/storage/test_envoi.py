"""What is left to send, what the Region told, and drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from passdesk.domain.demande import Anterieur
from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.protocol import canonique
from passdesk.protocol.evenements import (
    CampagneOuverte,
    CarnetBloque,
    ConfiancePubliee,
    Evenement,
    EvenementInconnu,
    IndexAjout,
    LitigeOuvert,
    LotAttribue,
)
from passdesk.protocol.operations import Tete
from passdesk.storage import brouillons, carnets, envoi, evenements, index_regional, litiges, poste
from passdesk.storage.engine import Base
from tests.storage.gestes import AGENT, CAMPAGNE, enregistrer, recevoir, servir


def test_what_the_region_has_not_acknowledged(base: Base, horloge: HorlogeFixe) -> None:
    assert envoi.etat(base) == envoi.EtatEnvoi(0, 0, 1, 0, 0, None)
    recevoir(base)
    servir(base)
    assert envoi.reste_a_envoyer(base) == 5
    envoyees = envoi.operations_apres(base, 1, 0)
    assert [op.entete.seq for op in envoyees] == [1, 2, 3, 4, 5]
    assert envoyees[1].contenu()["nom_naissance"] == "Lefèvre"
    envoi.noter_acquit(base, 1, 3)
    envoi.noter_contact(base)
    assert (envoi.reste_a_envoyer(base), envoi.etat(base).contact) == (2, horloge.instant)
    assert [op.entete.seq for op in envoi.operations_apres(base, 1, 3)] == [4, 5]
    assert envoi.tete(base) == Tete(1, 5, envoyees[-1].entete.hash)
    # A Region restored from an older copy has less: everything goes again.
    envoi.noter_acquit(base, 1, 1)
    assert envoi.reste_a_envoyer(base) == 4


def test_batches_are_bounded_and_never_mix_epochs(base: Base) -> None:
    with base.acte(AGENT) as acte:
        for rang in range(10):
            enregistrer(acte, f"p{rang}")
        acte.inscrire("poste.epoque", "poste", {"epoch": 2})
        enregistrer(acte, "p-neuf")
    assert len(envoi.operations_apres(base, 1, 0, limite=3)) == 3
    taille = len(envoi.operations_apres(base, 1, 0)[0].corps or b"")
    assert len(envoi.operations_apres(base, 1, 0, octets=taille * 4)) == 4
    assert len(envoi.operations_apres(base, 1, 0, octets=1)) == 1
    assert [(op.entete.epoch, op.entete.seq) for op in envoi.operations_apres(base, 1, 8)] == [(1, 9), (1, 10)]
    assert [(op.entete.epoch, op.entete.seq) for op in envoi.operations_apres(base, 1, 10)] == [(2, 1), (2, 2)]
    envoi.noter_acquit(base, 1, 9)
    assert envoi.reste_a_envoyer(base) == 3
    envoi.noter_acquit(base, 2, 1)
    assert envoi.reste_a_envoyer(base) == 1


def test_an_erased_person_is_sent_without_body(base: Base) -> None:
    with base.acte(AGENT) as acte:
        enregistrer(acte)
        acte.inscrire("personne.effacer", "p1", {"cle": None})
    premiere, seconde = envoi.operations_apres(base, 1, 0)
    assert (premiere.sel, premiere.corps) == (None, None)
    assert seconde.contenu() == {"cle": None}


def test_the_counter_only_goes_up(base: Base) -> None:
    assert [envoi.compteur_suivant(base) for _ in range(3)] == [1, 2, 3]
    envoi.relever_compteur(base, 40)
    envoi.relever_compteur(base, 12)
    assert envoi.compteur_suivant(base) == 41


def test_another_life_of_the_server_rewinds_the_cursor(base: Base) -> None:
    envoi.noter_curseur(base, 55)
    envoi.noter_serveur(base, 3)
    assert (envoi.etat(base).server_epoch, envoi.etat(base).cursor) == (3, 55)
    envoi.noter_serveur(base, 3)
    assert envoi.etat(base).cursor == 55
    envoi.noter_serveur(base, 4)
    assert envoi.etat(base).cursor == 0


def test_what_is_kept_aside_is_listed(base: Base) -> None:
    attente = envoi.Issue(1, 2, "en_attente", raison="type_inconnu")
    litige = envoi.Issue(1, 3, "litige", litige_id="l1")
    envoi.noter_issues(base, [envoi.Issue(1, 1, "appliquee"), attente, litige])
    assert envoi.en_suspens(base) == (attente, litige)
    envoi.noter_issues(base, [envoi.Issue(1, 2, "appliquee")])
    assert envoi.en_suspens(base) == (litige,)


def test_awards_of_other_desks(base: Base) -> None:
    cle, autre = b"k" * 16, b"x" * 16
    for srv_seq, combien, poste_, de in ((1, 5, "B", cle), (2, 5, "moi", cle), (3, 10, "C", autre), (4, 5, "C", cle)):
        for _ in range(2):
            assert evenements.appliquer(base, srv_seq, IndexAjout(de, combien, date(2026, 11, srv_seq), poste_))
    assert index_regional.anterieurs(base, cle, sauf_poste="moi") == (
        Anterieur(5, date(2026, 11, 1)), Anterieur(5, date(2026, 11, 4)),
    )  # fmt: skip
    # Voided at B: it counts no more.
    evenements.appliquer(base, 5, IndexAjout(cle, -5, date(2026, 11, 5), "B"))
    assert index_regional.anterieurs(base, cle, sauf_poste="moi") == (Anterieur(5, date(2026, 11, 4)),)


def test_awards_told_by_earlier_lives_of_the_region_stay_side_by_side_until_they_are_told_again(base: Base) -> None:
    cle = b"k" * 16
    for combien in (5, 10):
        # The same number in the order of the world, given to another award in each life.
        index_regional.ajouter(base, 7, cle, combien, date(2026, 11, combien), "B")
        index_regional.changer_de_vie(base)
    dites = (Anterieur(5, date(2026, 11, 5)), Anterieur(10, date(2026, 11, 10)))
    assert index_regional.anterieurs(base, cle, sauf_poste="moi") == dites
    index_regional.ajouter(base, 7, cle, 10, date(2026, 11, 10), "B")
    assert index_regional.anterieurs(base, cle, sauf_poste="moi") == dites


def test_a_case_blocks_ranks_until_it_is_lifted(base: Base) -> None:
    recevoir(base)
    servir(base)
    evenements.appliquer(base, 1, CarnetBloque(CAMPAGNE, 1, (6, 7, 8), "litige"))
    evenements.appliquer(base, 2, CarnetBloque(CAMPAGNE, 1, (9,), "perdu"))
    evenements.appliquer(base, 3, LitigeOuvert("l1", None, CAMPAGNE, (1,), 3, ("Lens",)))
    bloque = carnets.get(base, CAMPAGNE, 1)
    assert bloque is not None
    assert bloque.rangs_bloques == (6, 7, 8)
    assert [s.carnet.numero for s in carnets.bloques(base)] == [1]
    assert [litige.sujet for litige in litiges.lister(base)] == [None]
    evenements.appliquer(base, 4, CarnetBloque(CAMPAGNE, 1, (), "litige"))
    leve = carnets.get(base, CAMPAGNE, 1)
    assert leve is not None
    assert leve.rangs_bloques == ()


@pytest.mark.parametrize(
    "evenement",
    [
        LotAttribue("l", CAMPAGNE, "general", 10, 1, 5, date(2027, 1, 1), 7),
        CampagneOuverte(b"carte", b"s" * 64),
    ],
)
def test_lots_and_campaigns_are_left_to_the_service(base: Base, evenement: Evenement) -> None:
    assert not evenements.appliquer(base, 1, evenement)


def test_events_and_cursor_are_one_transaction(base: Base) -> None:
    with pytest.raises(ZeroDivisionError), base.ecriture():
        evenements.appliquer(base, 1, ConfiancePubliee(b"liasse"))
        evenements.appliquer(base, 2, EvenementInconnu("plus.tard", b"\x00"))
        envoi.noter_curseur(base, 2)
        raise ZeroDivisionError
    assert (poste.lire_octets(base, "confiance"), envoi.etat(base).cursor) == (None, 0)
    with base.ecriture():
        evenements.appliquer(base, 1, ConfiancePubliee(b"liasse"))
        evenements.appliquer(base, 2, EvenementInconnu("plus.tard", b"\x00"))
        envoi.noter_curseur(base, 2)
    assert (poste.lire_octets(base, "confiance"), envoi.etat(base).cursor) == (b"liasse", 2)


BROUILLON = Brouillon(
    "b1",
    nom_naissance="<b>Đặng</b>",
    naissance="1/5/",
    accompagnement=False,
    pieces=(
        PieceSaisie("piece_identite", True),
        PieceSaisie("justificatif_domicile", True, "2/11", date(2026, 11, 20)),
    ),
    autre_personne=("p7",),
)


def test_a_draft_comes_back_as_typed(base: Base, horloge: HorlogeFixe) -> None:
    brouillons.enregistrer(base, BROUILLON)
    assert brouillons.get(base, "b1") == BROUILLON
    horloge.instant = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    suite = replace(BROUILLON, prenoms="Thị", complementaire=True)
    brouillons.enregistrer(base, suite)
    brouillons.enregistrer(base, Brouillon("b2"))
    (b2, b1) = brouillons.lister(base)
    assert (b1.brouillon, b2.brouillon) == (suite, Brouillon("b2"))
    assert (b1.cree, b1.modifie) == (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), horloge.instant)
    brouillons.supprimer(base, "b1")
    brouillons.supprimer(base, "inconnu")
    assert brouillons.get(base, "b1") is None


def test_half_a_character_does_not_lose_the_draft(base: Base) -> None:
    brouillons.enregistrer(base, Brouillon("b1", nom_naissance="a\ud800b"))
    assert brouillons.get(base, "b1") == Brouillon("b1", nom_naissance="a?b")


def test_a_draft_of_another_program_version_is_read_by_field(base: Base) -> None:
    octets = canonique.encode(
        {"brouillon_id": "b9", "nom_naissance": "Roy", "plus_tard": 3, "pieces": [{"type": "x", "y": 1}]}
    )
    with base.ecriture() as db:
        db.execute("INSERT INTO brouillon (brouillon_id, octets, cree, modifie) VALUES ('b9', ?, 0, 0)", [octets])
    assert brouillons.get(base, "b9") == Brouillon("b9", nom_naissance="Roy", pieces=(PieceSaisie("x"),))
