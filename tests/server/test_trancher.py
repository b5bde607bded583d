"""The four decisions on a case, each with its effect where pass are taken: at the places, and at the desks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from passdesk.cli.region_litiges import litige_json, litige_lignes
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.evenements import CarnetBloque, LitigeTranche
from passdesk.server import administration
from passdesk.server.publication import confiance, publier
from passdesk.server.region import Region
from passdesk.server.trancher import DECISIONS, montrer_litige, trancher
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
Dotes = tuple[PosteFactice, PosteFactice]


def _excedent(region: Region, dotes: Dotes, *, premier: int = 21, second: int = 11) -> str:
    """One person served twice: a carnet of 5, then one of 10 at the other desk. The case's id."""
    un, deux = dotes
    for poste, numero, taille in ((un, premier, 5), (deux, second, 10)):
        poste.inscrire("p1", CLE)
        poste.accorder("p1", numero, taille)
        poste.synchroniser()
    (litige,) = administration.litiges(region)
    publier(region)
    return litige.litige


def _nuls(region: Region) -> dict[int, list[int]]:
    """What the last bundle published refuses: ranks by carnet, 0 for a whole one."""
    with region.magasin.lire() as tx:
        annonce = lire_confiance(confiance(tx), region.cles.racine).contenu
    nuls: dict[int, list[int]] = {}
    for annulation in annonce.annulations:
        nuls.setdefault(annulation.carnet, []).append(annulation.rang)
    return {carnet: sorted(rangs) for carnet, rangs in nuls.items()}


def _blocages(poste: PosteFactice) -> list[tuple[int, tuple[int, ...]]]:
    return [(e.carnet, e.rangs) for e in poste.ecouter() if isinstance(e, CarnetBloque)]


@pytest.mark.parametrize(
    ("decision", "nuls", "blocages"),
    [
        ("homonyme", {}, [(11, ())]),
        ("erreur", {}, [(11, ())]),
        ("meme_personne", {11: [6, 7, 8, 9, 10]}, []),
        ("fraude", {11: [0]}, [(11, tuple(range(1, 11)))]),
    ],
)
def test_each_decision_has_its_effect_at_once(
    region: Region,
    dotes: Dotes,
    decision: str,
    nuls: dict[int, list[int]],
    blocages: list[tuple[int, tuple[int, ...]]],
) -> None:
    litige = _excedent(region, dotes)
    assert _nuls(region) == {11: [6, 7, 8, 9, 10]}
    assert _blocages(dotes[1]) == [(11, (6, 7, 8, 9, 10))]
    fait = trancher(region, litige.lower(), decision)
    assert fait.publiee
    assert fait.suite is None
    assert _nuls(region) == nuls
    assert _blocages(dotes[1]) == blocages
    assert _blocages(dotes[0]) == []
    assert administration.litiges(region) == ()
    (clos,) = administration.litiges(region, tous=True)
    assert (clos.etat, clos.decision, clos.decide_le) == ("clos", decision, region.maintenant())
    assert litige_json(clos)["decision"] == decision.replace("_", "-")
    assert "Tranché le 23" in " ".join(litige_lignes(clos))


@pytest.mark.parametrize("decision", DECISIONS)
def test_both_desks_hear_what_was_decided_and_nobody_else(region: Region, dotes: Dotes, decision: str) -> None:
    litige = _excedent(region, dotes)
    for poste in dotes:
        poste.ecouter()
    trancher(region, litige, decision)
    for poste in dotes:
        assert [e for e in poste.ecouter() if isinstance(e, LitigeTranche)] == [LitigeTranche(litige, decision)]
    with region.magasin.lire() as tx:
        dits = tx.toutes("SELECT device FROM evenement WHERE type = 'litige.tranche'")
    assert len(dits) == 2 and None not in {device for (device,) in dits}


@pytest.mark.parametrize(("decision", "excedent"), [("homonyme", 5), ("meme_personne", 5), ("fraude", 0)])
def test_what_comes_after_is_judged_by_what_was_decided(
    region: Region, dotes: Dotes, decision: str, excedent: int
) -> None:
    """Five more. Two persons had fifteen; one person had ten; of the fraud, five are left in force."""
    trancher(region, _excedent(region, dotes), decision)
    deux = dotes[1]
    deux.accorder("p1", 31, 5)
    deux.synchroniser(len(deux.log))
    assert [litige.excedent for litige in administration.litiges(region)] == ([excedent] if excedent else [])


def test_a_decision_against_the_person_can_be_seen_again_and_not_the_other_way(region: Region, dotes: Dotes) -> None:
    litige = _excedent(region, dotes)
    trancher(region, litige, "fraude")
    with pytest.raises(SaisieRefusee) as refus:
        trancher(region, litige, "meme_personne")
    assert refus.value.code == "litige_deja_tranche"
    assert trancher(region, litige, "erreur").leves == 10
    assert _nuls(region) == {}
    for decision in DECISIONS:
        with pytest.raises(SaisieRefusee) as refus:
            trancher(region, litige, decision)
        assert refus.value.code == "litige_deja_tranche"


def test_of_a_number_there_is_no_person_to_decide_about(region: Region, dotes: Dotes) -> None:
    """And a fraud voids nothing then: the paper was worth nothing, and the number is another desk's to award."""
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 11, 10)
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert litige.genre == "hors_lot"
    for decision in ("homonyme", "meme_personne", "autre chose"):
        with pytest.raises(SaisieRefusee) as refus:
            trancher(region, litige.litige, decision)
        assert refus.value.code == "litige_decision_refusee"
    assert trancher(region, litige.litige, "fraude").annules == 0
    assert _nuls(region) == {}


@pytest.mark.parametrize("decision", ["erreur", None])
def test_what_a_case_gives_back_is_counted_for_everybody_who_has_that_number(
    region: Region, dotes: Dotes, decision: str | None
) -> None:
    """A carnet half void was awarded to another person too, who had five more: given back, it is five too many.

    Found by the simulator (history 11000598).
    """
    _, deux = dotes
    litige = _excedent(region, dotes)
    deux.inscrire("q1", b"l" * 16)
    deux.accorder("q1", 11, 10)
    deux.accorder("q1", 31, 5)
    deux.synchroniser(len(deux.log) - 2)
    assert [li.genre for li in administration.litiges(region)] == ["plafond", "numero_double"]
    if decision is None:
        assert administration.clore(region, litige)
    else:
        assert trancher(region, litige, decision).suite is not None
    publier(region)
    assert _nuls(region) == {31: [1, 2, 3, 4, 5]}
    assert administration.litiges(region)[-1].excedent == 5


def test_one_number_awarded_twice_is_void_for_both_and_can_come_back(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    for poste, cle in ((un, CLE), (deux, b"l" * 16)):
        poste.inscrire("p1", cle)
        poste.accorder("p1", 1, 10)
        poste.synchroniser()
    litige = next(lu for lu in administration.litiges(region) if lu.genre == "numero_double")
    assert trancher(region, litige.litige, "fraude").annules == 10
    assert _nuls(region) == {1: [0]}
    assert trancher(region, litige.litige, "erreur").leves == 10
    assert _nuls(region) == {}


def test_a_fraud_about_a_number_awarded_ahead_voids_it_once_it_is_given(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    ahead = administration.doter_poste(region, un.device, taille=10, carnets=1).dernier + 1
    un.inscrire("p1", CLE)
    un.accorder("p1", ahead, 10)
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert (litige.genre, trancher(region, litige.litige, "fraude").annules) == ("hors_lot", 0)
    assert _nuls(region) == {}, "nobody's number: whoever it is given to has a good paper"
    assert administration.doter_poste(region, un.device, taille=10, carnets=1).premier == ahead
    publier(region)
    assert _nuls(region) == {ahead: [0]}
    assert trancher(region, litige.litige, "erreur").leves == 10
    assert _nuls(region) == {}


@pytest.mark.parametrize("tailles", [(10, 5), (5, 10)])
def test_of_a_number_said_twice_of_two_sizes_a_fraud_voids_the_larger(
    region: Region, dotes: Dotes, tailles: tuple[int, int]
) -> None:
    _, deux = dotes
    for sujet, cle, taille in zip(("p1", "q1"), (CLE, b"l" * 16), tailles, strict=True):
        deux.inscrire(sujet, cle)
        deux.accorder(sujet, 11, taille)
    deux.synchroniser()
    litige = next(lu for lu in administration.litiges(region) if lu.genre == "numero_double")
    assert trancher(region, litige.litige, "fraude").annules == 10
    assert trancher(region, litige.litige, "erreur").leves == 10
    assert _nuls(region) == {}


def test_what_a_case_gives_back_stays_void_while_another_holds_it(region: Region, dotes: Dotes) -> None:
    """A number used twice, above the cap too: the fraud that voids it whole outlives the excess forgiven."""
    un, deux = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 21, 5)
    un.synchroniser()
    deux.inscrire("q1", b"l" * 16)
    deux.accorder("q1", 11, 10)
    deux.inscrire("p1", CLE)
    deux.accorder("p1", 11, 10)
    deux.synchroniser()
    cas = {lu.genre: lu.litige for lu in administration.litiges(region)}
    assert set(cas) == {"numero_double", "plafond"}
    assert trancher(region, cas["numero_double"], "fraude").annules == 5
    assert _nuls(region) == {11: [0]}
    assert trancher(region, cas["plafond"], "erreur").leves == 0
    assert _nuls(region) == {11: [0]}
    assert trancher(region, cas["numero_double"], "erreur").leves == 10
    assert _nuls(region) == {}


def test_the_desks_hear_of_a_case_that_was_closed_without_a_decision(region: Region, dotes: Dotes) -> None:
    litige = _excedent(region, dotes)
    assert administration.clore(region, litige)
    for poste in dotes:
        assert LitigeTranche(litige, "clos") in poste.ecouter()


def test_an_award_without_a_carnet_is_put_aside_and_what_follows_is_taken(region: Region, dotes: Dotes) -> None:
    """It names a homonym, and has no carnet to open a case about: the desk's log must not stop there."""
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.ecrire("attribution.accorder", "p1", {"attribution": "a", "pass": 0, "carnets": [], "homonyme": "jumelle"})
    un.inscrire("p2", b"l" * 16)
    resultats = [issue.result for issue in un.synchroniser().outcomes]
    assert resultats[-2:] == ["en_attente", "appliquee"]


def test_a_case_is_shown_with_its_awards_and_what_the_desks_wrote(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    litige = _excedent(region, dotes)
    deux.ecrire("carnet.remettre", "p1", {"campagne": 12, "numero": 11, "le": "2026-11-23"})
    deux.ecrire("litige.noter", litige, {"litige": litige, "texte": "  La sœur\njumelle. ", "traite": True})
    deux.ecrire("litige.noter", litige, {"litige": litige, "texte": " ", "traite": False})
    deux.synchroniser(len(deux.log) - 2)
    # A desk that has nothing to do with it says nothing here.
    detail = montrer_litige(region, litige)
    assert [(a.poste, a.carnet, a.taille, a.etat, a.remis) for a in detail.attributions] == [
        ("Maison France services de Lens", 21, 5, "en_vigueur", False),
        ("Mission locale de Creil", 11, 10, "en_vigueur", True),
    ]
    assert [(note.poste, note.texte) for note in detail.notes] == [("Mission locale de Creil", "La sœur jumelle.")]
    assert "jumelle" not in repr(detail)
    with pytest.raises(SaisieRefusee) as refus:
        montrer_litige(region, "L999999")
    assert refus.value.code == "litige_inconnu"
    assert un.device


def test_without_a_publication_key_the_decision_stands(region: Region, dotes: Dotes, horloge: HorlogeFixe) -> None:
    litige = _excedent(region, dotes)
    horloge.instant += timedelta(days=91)
    assert not trancher(region, litige, "homonyme").publiee
    assert administration.litiges(region) == ()


def test_a_number_that_one_desk_used_twice_comes_back_too(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    for personne, cle in (("p1", CLE), ("p2", b"l" * 16)):
        un.inscrire(personne, cle)
        un.accorder(personne, 1, 10)
    un.synchroniser()
    (litige,) = administration.litiges(region)
    trancher(region, litige.litige, "fraude")
    assert _nuls(region) == {1: [0]}
    trancher(region, litige.litige, "erreur")
    assert _nuls(region) == {}


def test_a_number_given_twice_to_one_person_comes_back_whole(region: Region, dotes: Dotes) -> None:
    """Two records of one person, one number for both, and a carnet before: what is blocked is of the case."""
    un, deux = dotes
    deux.inscrire("p1", CLE)
    deux.accorder("p1", 31, 5)
    deux.synchroniser()
    un.inscrire("p1", CLE)
    un.accorder("p1", 21, 5)
    un.inscrire("p2", CLE)
    un.accorder("p2", 21, 5)
    un.synchroniser()
    cas = {lu.genre: lu.litige for lu in administration.litiges(region)}
    assert set(cas) == {"numero_double", "plafond"}
    publier(region)
    assert _nuls(region) == {21: [1, 2, 3, 4, 5]}
    assert trancher(region, cas["plafond"], "erreur").leves == 5
    assert _nuls(region) == {}


def test_a_fraud_reaches_the_paper_of_a_branch_that_was_put_aside(region: Region, dotes: Dotes) -> None:
    """Its award is not in the log: the paper is there all the same, and its signature is good."""
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 21, 5)
    un.synchroniser()
    del un.log[1:]
    un.accorder("p1", 2, 10)
    un.inscrire("p2", None)
    assert un.synchroniser().fork
    (litige,) = administration.litiges(region)
    assert trancher(region, litige.litige, "fraude").annules == 10
    assert _nuls(region) == {2: [0]}
    assert trancher(region, litige.litige, "erreur").leves == 10
    assert _nuls(region) == {}


def test_an_excess_that_a_merge_hid_opens_in_turn(region: Region, dotes: Dotes) -> None:
    """While a merge blocked these pass, five more were given; the merge undone, ten and five of one person are left."""
    un, _ = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 1, 10)
    un.inscrire("p2", b"l" * 16)
    un.accorder("p2", 2, 10)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    un.accorder("p2", 21, 5)
    un.synchroniser()
    (litige,) = administration.litiges(region)
    fait = trancher(region, litige.litige, "homonyme")
    (reste,) = administration.litiges(region)
    assert (fait.suite, reste.excedent) == (reste.litige, 5)


def test_the_bundle_says_at_once_what_a_case_closed_gives_back(region: Region, dotes: Dotes) -> None:
    litige = _excedent(region, dotes)
    assert _nuls(region) != {}
    clos = administration.clore(region, litige)
    assert clos is not None and clos.publiee
    assert _nuls(region) == {}


def test_cut_before_its_end_a_decision_was_not_taken(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    litige = _excedent(region, dotes)

    def cut(*_: object) -> bytes:
        raise PanneAttendue("region_injoignable")

    with monkeypatch.context() as panne:
        panne.setattr("passdesk.server.publication.signer_confiance", cut)
        for decide in (lambda: trancher(region, litige, "homonyme"), lambda: administration.clore(region, litige)):
            with pytest.raises(PanneAttendue):
                decide()
    assert trancher(region, litige, "homonyme").publiee
    assert _nuls(region) == {}
