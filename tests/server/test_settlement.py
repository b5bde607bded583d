"""The cap of 10 in the order of the world: the later paper loses its highest ranks, and people are told."""

from __future__ import annotations

import pytest

from passdesk.cli.region_litiges import litige_json, litige_lignes
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.evenements import CarnetBloque, IndexAjout
from passdesk.server import administration, sujets
from passdesk.server.publication import annuler_carnet, publier
from passdesk.server.region import Region
from passdesk.server.reprise import reprendre
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
AUTRE = b"a" * 16
Dotes = tuple[PosteFactice, PosteFactice]


def _attribuer(poste: PosteFactice, personne: str, numero: int, taille: int, cle: bytes | None = CLE) -> None:
    poste.inscrire(personne, cle)
    poste.accorder(personne, numero, taille)


def _annules(region: Region) -> dict[tuple[int, int], str]:
    contenu = lire_confiance(publier(region), region.cles.racine).contenu
    return {(a.carnet, a.rang): a.raison for a in contenu.annulations}


def _index(poste: PosteFactice) -> list[tuple[bytes, int]]:
    return [(e.cle, e.passes) for e in poste.ecouter() if isinstance(e, IndexAjout)]


def _disponible(region: Region) -> int:
    return next(p.disponible for p in administration.bilan(region).pots if p.pot == "general")


@pytest.mark.parametrize(
    ("premier", "second", "bloques"),
    [((1, 10), (11, 10), range(1, 11)), ((21, 5), (11, 10), range(6, 11)), ((1, 10), (31, 5), range(1, 6))],
)
def test_the_later_award_loses_its_highest_ranks(
    region: Region, dotes: Dotes, premier: tuple[int, int], second: tuple[int, int], bloques: range
) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", *premier)
    _attribuer(deux, "p-deux", *second)
    assert un.synchroniser().outcomes[1].result == "appliquee"
    outcome = deux.synchroniser().outcomes[1]
    assert outcome.result == "litige"
    blocages = [e for e in deux.ecouter() if isinstance(e, CarnetBloque)]
    assert blocages == [CarnetBloque(12, second[0], tuple(bloques), "litige")]
    assert [e for e in un.ecouter() if isinstance(e, CarnetBloque)] == []
    (litige,) = administration.litiges(region)
    assert (litige.litige, litige.genre, litige.excedent) == (outcome.litige, "plafond", len(bloques))
    assert {(c.carnet, c.poste, c.sujet, c.rangs) for c in litige.carnets} == {
        (premier[0], "Maison France services de Lens", "p-un", ()),
        (second[0], "Mission locale de Creil", "p-deux", tuple(bloques)),
    }
    entier = len(bloques) == 10
    assert _annules(region) == {(second[0], rang): "litige" for rang in ((0,) if entier else bloques)}


def test_five_and_five_at_two_desks_is_ten_and_no_case(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 21, 5)
    _attribuer(deux, "p-deux", 31, 5)
    un.synchroniser()
    assert deux.synchroniser().outcomes[1].result == "appliquee"
    assert administration.litiges(region) == ()


def test_a_third_award_opens_a_second_case_and_keeps_the_first_blocks(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 21, 5)
    un.synchroniser()
    _attribuer(deux, "p-deux", 11, 10)
    deux.synchroniser()
    un.accorder("p-un", 22, 5)
    un.synchroniser()
    assert sorted(_annules(region)) == [(11, rang) for rang in range(6, 11)] + [(22, rang) for rang in range(1, 6)]
    assert [li.excedent for li in administration.litiges(region)] == [5, 5]


def test_people_without_identity_are_never_taken_for_one_another(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p", 1, 10, None)
    _attribuer(deux, "p", 11, 10, None)
    un.synchroniser()
    deux.synchroniser()
    assert administration.litiges(region) == ()
    assert _index(un) == []


def test_an_identity_known_later_moves_the_awards_under_its_key(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 1, 10)
    un.synchroniser()
    _attribuer(deux, "p-deux", 11, 10, AUTRE)
    assert deux.synchroniser().outcomes[1].result == "appliquee"
    deux.ecrire("personne.modifier", "p-deux", {"nom_naissance": "Ngoma", "cle": CLE})
    assert deux.synchroniser().outcomes[2].result == "litige"
    assert _index(un) == [(CLE, 10), (AUTRE, 10), (AUTRE, -10), (CLE, 10)]
    assert [c.rangs for c in administration.litiges(region)[0].carnets] == [(), tuple(range(1, 11))]


def test_two_records_merged_count_together(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    _attribuer(un, "p1", 1, 10)
    _attribuer(un, "p2", 21, 5, AUTRE)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    assert [o.result for o in un.synchroniser().outcomes][-1] == "litige"
    assert sorted(_annules(region)) == [(21, rang) for rang in range(1, 6)]


def test_a_merge_undone_gives_each_key_its_own_again(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p1", 21, 5)
    _attribuer(un, "p2", 22, 5, AUTRE)
    un.ecrire("personne.fusionner", "p2", {"absorbee": "p3"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    issues = [(o.result, o.raison) for o in un.synchroniser().outcomes[4:]]
    assert issues == [("appliquee", None)] * 4
    assert _index(un)[2:] == [(AUTRE, -5), (CLE, 5), (CLE, -5), (AUTRE, 5)]
    _attribuer(deux, "p-deux", 31, 5, AUTRE)
    assert deux.synchroniser().outcomes[-1].result == "appliquee", "5 and 5: the cap is not passed"


def test_two_never_merged_stay_apart_and_an_undoing_does_not_pass_before_a_merge_that_waits(
    region: Region, dotes: Dotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    un, _ = dotes
    for rang, cle in enumerate((CLE, AUTRE, b"z" * 16)):
        _attribuer(un, f"p{rang}", 21 + rang, 5, cle)
    un.synchroniser()
    _index(un)
    un.ecrire("personne.fusionner", "p0", {"absorbee": "p1", "annule": True}, v=2)
    assert un.synchroniser().outcomes[-1].result == "appliquee"
    # Put aside by a Region that could not take it, then taken up again: the undoing comes after it, as at the desk.
    with monkeypatch.context() as borne:
        borne.setattr(sujets, "FUSIONS_MAX", 1)
        un.ecrire("personne.fusionner", "p0", {"absorbee": "p2"})
        un.ecrire("personne.fusionner", "p0", {"absorbee": "p2", "annule": True}, v=2)
        issues = [(o.result, o.raison) for o in un.synchroniser().outcomes]
    assert issues[-2:] == [("en_attente", "inapplicable")] * 2 and _index(un) == []
    assert reprendre(region) == {"appliquee": 2}
    with region.magasin.lire() as tx:
        assert tx.toutes("SELECT sujet FROM sujet WHERE fusionne_dans IS NOT NULL") == []
        assert tx.toutes("SELECT carnet, cle FROM attribution ORDER BY carnet") == [
            (21, CLE),
            (22, AUTRE),
            (23, b"z" * 16),
        ]


def test_the_awards_of_those_merged_before_move_along(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    _attribuer(un, "p1", 21, 5)
    _attribuer(un, "p2", 22, 5, AUTRE)
    un.inscrire("p3", b"z" * 16)
    un.ecrire("personne.fusionner", "p3", {"absorbee": "p2"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p3"})
    un.synchroniser()
    assert _index(un)[-2:] == [(b"z" * 16, -5), (CLE, 5)]


@pytest.mark.parametrize(
    ("acte", "raison"),
    [
        ("carnet.gacher", "annule"),
        ("carnet.declarer_perdu", "perdu"),
        ("carnet.declarer_vole", "vole"),
        ("carnet.retourner", "annule"),
    ],
)
def test_a_carnet_that_leaves_is_in_the_next_void_list(region: Region, dotes: Dotes, acte: str, raison: str) -> None:
    un, _ = dotes
    _attribuer(un, "p1", 1, 10)
    un.ecrire(acte, "p1", {"campagne": 12, "numero": 1, "motif": "essai", "le": "2026-11-23"})
    assert un.synchroniser().outcomes[-1].result == "appliquee"
    assert _annules(region) == {(1, 0): raison}


def test_what_was_spoiled_before_hand_over_may_be_awarded_again_and_goes_back_once_published(
    region: Region, dotes: Dotes
) -> None:
    un, deux = dotes
    libre = _disponible(region)
    _attribuer(un, "p1", 1, 10)
    un.ecrire("carnet.gacher", "p1", {"campagne": 12, "numero": 1, "motif": "taché"})
    un.accorder("p1", 2, 10)
    assert [o.result for o in un.synchroniser().outcomes] == ["appliquee"] * 4
    assert sum(nombre for _, nombre in _index(deux)) == 10
    assert _disponible(region) == libre
    publier(region)
    assert _disponible(region) == libre + 10
    publier(region)
    assert _disponible(region) == libre + 10


def test_what_was_lost_after_hand_over_still_counts(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    libre = _disponible(region)
    _attribuer(un, "p1", 1, 10)
    un.ecrire("carnet.remettre", "p1", {"campagne": 12, "numero": 1, "le": "2026-11-23"})
    un.ecrire("carnet.retourner", "p1", {"campagne": 12, "numero": 1, "le": "2026-11-23"})
    _attribuer(deux, "p2", 31, 5)
    un.synchroniser()
    assert deux.synchroniser().outcomes[1].result == "litige"
    publier(region)
    assert _disponible(region) == libre


def test_a_hand_over_unsaid_by_a_desk_put_back_to_a_copy_takes_nothing_back_of_a_carnet_that_came_back(
    region: Region, dotes: Dotes
) -> None:
    un, deux = dotes
    _attribuer(un, "p1", 1, 10)
    un.ecrire("carnet.remettre", "p1", {"campagne": 12, "numero": 1, "le": "2026-11-23"})
    un.ecrire("carnet.retourner", "p1", {"campagne": 12, "numero": 1, "le": "2026-11-23"})
    un.synchroniser()
    un.epoch, un.log = 2, []
    un.ecrire("poste.epoque", "poste", {"epoch": 2})
    un.ecrire("carnet.remettre", "p1", {"campagne": 12, "numero": 1, "le": "2026-11-23", "annule": True}, v=2)
    un.synchroniser()
    # The person had it: the ten pass still count, as the index says.
    _attribuer(deux, "q1", 11, 10)
    assert deux.synchroniser().outcomes[-1].result == "litige"


def test_an_award_voided_before_hand_over_frees_the_person(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p1", 1, 10)
    un.ecrire("attribution.annuler", "p1", {"attribution": "attribution-1", "motif": "mauvaise personne"})
    un.synchroniser()
    _attribuer(deux, "p2", 11, 10)
    assert deux.synchroniser().outcomes[1].result == "appliquee"
    assert _annules(region) == {(1, 0): "annule"}


def test_a_number_outside_the_lots_or_used_twice_opens_a_case(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(deux, "p-deux", 1, 10, AUTRE)
    assert deux.synchroniser().outcomes[1].result == "litige"
    _attribuer(un, "p-un", 1, 10)
    assert un.synchroniser().outcomes[1].result == "litige"
    assert [(li.genre, len(li.carnets)) for li in administration.litiges(region)] == [
        ("hors_lot", 1),
        ("numero_double", 2),
    ]


def test_closing_a_case_gives_the_pass_back_and_the_decision_stands(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 1, 10)
    _attribuer(deux, "p-deux", 11, 10)
    un.synchroniser()
    deux.synchroniser()
    (litige,) = administration.litiges(region)
    deux.ecouter()
    assert administration.clore(region, litige.litige)
    assert not administration.clore(region, litige.litige)
    assert CarnetBloque(12, 11, (), "litige") in deux.ecouter()
    assert _annules(region) == {}
    # The two homonyms were accepted; only what comes on top is in excess.
    un.accorder("p-un", 21, 5)
    un.synchroniser()
    assert sorted(_annules(region)) == [(21, rang) for rang in range(1, 6)]


def test_closing_one_of_two_cases_gives_back_what_it_blocked_and_no_more(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 21, 5)
    un.synchroniser()
    _attribuer(deux, "p-deux", 11, 10)
    deux.synchroniser()
    un.accorder("p-un", 22, 5)
    un.synchroniser()
    premier, second = administration.litiges(region)
    administration.clore(region, premier.litige)
    assert sorted(_annules(region)) == [(22, rang) for rang in range(1, 6)]
    administration.clore(region, second.litige)
    assert _annules(region) == {}
    deux.accorder("p-deux", 31, 5)
    deux.synchroniser()
    assert sorted(_annules(region)) == [(31, rang) for rang in range(1, 6)]


def test_the_region_voids_a_carnet_and_its_desk_is_told(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p1", 1, 10)
    un.synchroniser()
    annuler_carnet(region, 12, 1)
    assert CarnetBloque(12, 1, tuple(range(1, 11)), "annule") in un.ecouter()
    assert not any(isinstance(e, CarnetBloque) for e in deux.ecouter())
    assert _annules(region) == {(1, 0): "annule"}


def test_a_homonym_that_exceeds_is_blocked_like_any_other_and_the_case_says_so(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 1, 10)
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 11, 10, homonyme="jumeaux_ou_parents")
    un.synchroniser()
    assert deux.synchroniser().outcomes[1].result == "litige"
    (litige,) = administration.litiges(region)
    assert (litige.genre, litige.homonyme, litige.excedent) == ("plafond", "jumeaux_ou_parents", 10)
    assert _annules(region) == {(11, 0): "litige"}
    # The award that comes last is the one in excess, whoever said the word: here the first person's.
    administration.clore(region, litige.litige)
    un.accorder("p-un", 21, 5)
    un.synchroniser()
    (suite,) = administration.litiges(region)
    assert (suite.homonyme, suite.excedent) == ("jumeaux_ou_parents", 5)
    assert sorted(_annules(region)) == [(21, rang) for rang in range(1, 6)]


def test_a_homonym_within_ten_opens_one_case_and_blocks_nothing(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 21, 5)
    un.synchroniser()
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 31, 5, homonyme="identite_differente")
    outcome = deux.synchroniser().outcomes[1]
    (litige,) = administration.litiges(region)
    assert (outcome.result, outcome.litige) == ("litige", litige.litige)
    assert (litige.homonyme, litige.excedent) == ("identite_differente", 0)
    assert [(c.sujet, c.rangs) for c in litige.carnets] == [("p-un", ()), ("p-deux", ())]
    assert not any(isinstance(e, CarnetBloque) for e in deux.ecouter())
    assert _annules(region) == {}
    # Closing it admits nothing above 10.
    administration.clore(region, litige.litige)
    deux.accorder("p-deux", 32, 5, homonyme="identite_differente")
    deux.synchroniser()
    (suite,) = administration.litiges(region)
    assert suite.excedent == 5


def test_a_homonym_is_looked_at_once(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p-un", CLE)
    for numero in (21, 22):
        un.accorder("p-un", numero, 5, homonyme="autre")
    assert [o.result for o in un.synchroniser().outcomes] == ["appliquee", "litige", "appliquee"]
    assert len(administration.litiges(region)) == 1


def test_a_reason_unknown_to_this_region_is_another_one(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p-un", CLE)
    un.accorder("p-un", 21, 5, homonyme="motif_de_demain")
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert litige.homonyme == "autre"
    dite, raison = (ligne.replace("\u00a0", " ") for ligne in litige_lignes(litige)[:2])
    assert dite.endswith("homonyme noté, total dans la limite de 10 : aucun pass bloqué.")
    assert raison == "Un responsable a noté un homonyme : autre motif, écrit sur la fiche au poste."


RETIRE = {"genre": "homonyme_retire", "motif": "par_megarde"}


def test_a_homonym_taken_back_leaves_what_is_blocked_and_the_case_open(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 1, 10)
    un.synchroniser()
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 11, 10, homonyme="autre")
    deux.synchroniser()
    deux.ecrire("litige.noter", "p-deux", RETIRE, v=2)
    assert deux.synchroniser().outcomes[-1].result == "appliquee"
    (litige,) = administration.litiges(region)
    assert (litige.etat, litige.homonyme, litige.homonyme_retire, litige.excedent) == (
        "ouvert", "autre", "par_megarde", 10,
    )  # fmt: skip
    assert _annules(region) == {(11, 0): "litige"}
    assert "Le poste l’a retiré depuis\u00a0: il avait été noté par mégarde." in litige_lignes(litige)
    assert litige_json(litige)["homonyme_retire"] == "par_megarde"
    # Closed by a person who knows it was taken back, what it lets stand is admitted.
    administration.clore(region, litige.litige)
    deux.accorder("p-deux", 31, 5)
    deux.synchroniser()
    (suite,) = administration.litiges(region)
    assert (suite.excedent, suite.homonyme, suite.homonyme_retire) == (5, "", "")


def test_what_the_region_admitted_on_the_word_is_counted_again(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 1, 10)
    un.synchroniser()
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 11, 10, homonyme="jumeaux_ou_parents")
    deux.synchroniser()
    administration.clore(region, administration.litiges(region)[0].litige)
    assert _annules(region) == {}
    deux.ecouter()
    deux.ecrire("litige.noter", "p-deux", {**RETIRE, "motif": "meme_personne"}, v=2)
    outcome = deux.synchroniser().outcomes[-1]
    (litige,) = administration.litiges(region)
    assert (outcome.result, outcome.litige) == ("litige", litige.litige)
    assert (litige.excedent, litige.homonyme, litige.homonyme_retire) == (10, "", "")
    assert _annules(region) == {(11, 0): "litige"}
    assert CarnetBloque(12, 11, tuple(range(1, 11)), "litige") in deux.ecouter()
    repris = administration.litiges(region, tous=True)[0]
    assert (repris.etat, repris.repris, repris.homonyme_retire) == ("clos", True, "meme_personne")
    assert any("ne compte plus comme admis" in ligne for ligne in litige_lignes(repris))


def test_a_homonym_taken_back_within_ten_leaves_nothing_to_decide(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 21, 5)
    un.synchroniser()
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 31, 5, homonyme="autre")
    deux.ecrire("litige.noter", "p-deux", {**RETIRE, "motif": "demain"}, v=2)
    assert [o.result for o in deux.synchroniser().outcomes] == ["appliquee", "litige", "appliquee"]
    assert administration.litiges(region) == ()
    (clos,) = administration.litiges(region, tous=True)
    assert (clos.etat, clos.homonyme_retire) == ("clos", "autre")
    assert _annules(region) == {}


def test_said_again_after_it_was_taken_back_it_is_looked_at_again(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    un.inscrire("p-un", CLE)
    un.accorder("p-un", 21, 5, homonyme="autre")
    un.ecrire("litige.noter", "p-un", RETIRE, v=2)
    un.accorder("p-un", 22, 5, homonyme="jumeaux_ou_parents")
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert (litige.homonyme, litige.excedent) == ("jumeaux_ou_parents", 0)


def test_the_word_of_another_person_of_the_same_identity_stands(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 21, 5)
    un.accorder("p-un", 22, 5, homonyme="autre")
    un.synchroniser()
    deux.inscrire("p-deux", CLE)
    deux.accorder("p-deux", 31, 5, homonyme="autre")
    deux.ecrire("litige.noter", "p-deux", RETIRE, v=2)
    deux.synchroniser()
    assert {litige.homonyme_retire for litige in administration.litiges(region)} == {""}
    un.ecrire("litige.noter", "p-un", RETIRE, v=2)
    un.synchroniser()
    assert {litige.homonyme_retire for litige in administration.litiges(region, tous=True)} == {"par_megarde"}


def test_taken_back_twice_or_by_nobody_who_noted_it_nothing_changes(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(un, "p-un", 21, 5)
    un.ecrire("litige.noter", "p-un", RETIRE, v=2)
    un.ecrire("litige.noter", "inconnu", RETIRE, v=2)
    un.ecrire("litige.noter", "p-un", {"genre": "autre_chose", "motif": "autre"}, v=2)
    assert [o.result for o in un.synchroniser().outcomes][2:] == ["appliquee", "appliquee", "en_attente"]
    assert administration.litiges(region, tous=True) == ()
    # A note of the first kind is kept as ever.
    deux.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": "vu", "traite": True})
    assert [o.result for o in deux.synchroniser().outcomes] == ["appliquee"]


def test_a_record_without_identity_that_takes_another_in_counts_under_the_key_that_is_known(
    region: Region, dotes: Dotes
) -> None:
    un, deux = dotes
    _attribuer(un, "p1", 21, 5, None)
    _attribuer(un, "p2", 22, 5, AUTRE)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.accorder("p1", 23, 5)
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert (litige.excedent, [c.carnet for c in litige.carnets if c.rangs]) == (5, [23])
    # The other desks know of it: nothing more is given there in silence.
    assert _index(deux) == [(AUTRE, 5), (AUTRE, 5), (AUTRE, 5)]
    _attribuer(deux, "p-deux", 31, 5, AUTRE)
    assert deux.synchroniser().outcomes[-1].result == "litige"
    # Its own identity, once known, takes everything along; undone, each has its own again.
    un.ecrire("personne.modifier", "p1", {"nom_naissance": "Ngoma", "cle": CLE})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    un.synchroniser()
    moves = [(cle, passes) for cle, passes in _index(un) if passes < 0]
    assert sorted(moves) == [(AUTRE, -5)] * 3 + [(CLE, -5)]


def test_a_case_that_a_merge_opened_says_that_the_merge_was_undone_and_admits_nothing(
    region: Region, dotes: Dotes, horloge: HorlogeFixe
) -> None:
    un, deux = dotes
    _attribuer(un, "p1", 1, 10)
    _attribuer(un, "p2", 21, 5, AUTRE)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert litige.separe_le is None and "séparées" not in " ".join(litige_lignes(litige))
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert litige.separe_le == region.maintenant()
    assert any(ligne.startswith("Les deux fiches ont été séparées") for ligne in litige_lignes(litige))
    assert litige_json(litige)["separe_le"] == horloge.maintenant().isoformat(timespec="seconds")
    assert sorted(_annules(region)) == [(21, rang) for rang in range(1, 6)], "blocked until a person decides"
    assert administration.clore(region, litige.litige)
    assert _annules(region) == {}
    # Closing it let nothing stand above 10, for either of them.
    _attribuer(deux, "d1", 31, 5)
    _attribuer(deux, "d2", 11, 10, AUTRE)
    assert [o.result for o in deux.synchroniser().outcomes] == ["appliquee", "litige"] * 2
    assert sorted(_annules(region)) == [(11, rang) for rang in range(6, 11)] + [(31, rang) for rang in range(1, 6)]


def test_what_was_given_while_the_pass_were_blocked_is_settled_when_the_case_closes(
    region: Region, dotes: Dotes
) -> None:
    un, deux = dotes
    _attribuer(un, "p1", 1, 10)
    _attribuer(un, "p2", 2, 10, AUTRE)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    un.synchroniser()
    (litige,) = administration.litiges(region)
    assert (2, 0) in _annules(region)
    _attribuer(deux, "d2", 31, 5, AUTRE)
    assert deux.synchroniser().outcomes[-1].result == "appliquee", "the others are blocked"
    administration.clore(region, litige.litige)
    assert sorted(_annules(region)) == [(31, rang) for rang in range(1, 6)]
    (suite,) = administration.litiges(region)
    assert (suite.excedent, suite.separe_le) == (5, None)


def test_undone_before_its_identity_is_known_the_kept_record_leaves_the_key_of_the_other(
    region: Region, dotes: Dotes
) -> None:
    un, _ = dotes
    _attribuer(un, "p1", 1, 10, None)
    _attribuer(un, "p2", 21, 5, AUTRE)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    un.synchroniser()
    assert _index(un) == [(AUTRE, 5), (AUTRE, 10), (AUTRE, -10)]
    (litige,) = administration.litiges(region)
    assert litige.separe_le is not None
    # The key of a record merged into one that has none is everybody's.
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p3"})
    un.inscrire("p3", CLE)
    un.synchroniser()
    assert _index(un) == [(CLE, 10)]


def test_only_the_cases_that_come_from_the_merge_are_marked(region: Region, dotes: Dotes) -> None:
    un, deux = dotes
    _attribuer(deux, "d1", 11, 10)
    _attribuer(deux, "d2", 12, 10, AUTRE)
    deux.synchroniser()
    _attribuer(un, "p1", 21, 5)
    _attribuer(un, "p2", 22, 5, AUTRE)
    un.synchroniser()
    assert len(administration.litiges(region)) == 2, "each has one of its own"
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.accorder("p1", 23, 5)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
    un.synchroniser()
    marques = {litige.separe_le is not None for litige in administration.litiges(region)[:2]}
    assert marques == {False}
    # Two records under one key count together whether merged or not.
    _attribuer(un, "p3", 24, 5)
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p3"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p3", "annule": True}, v=2)
    un.synchroniser()
    dernier = administration.litiges(region)[-1]
    assert 24 in {c.carnet for c in dernier.carnets} and dernier.separe_le is None


def test_a_carnet_replaced_moves_once_with_its_person(region: Region, dotes: Dotes) -> None:
    un, _ = dotes
    _attribuer(un, "p1", 21, 5)
    _attribuer(un, "p2", 1, 10, AUTRE)
    un.ecrire("carnet.remettre", "p2", {"campagne": 12, "numero": 1})
    un.ecrire("carnet.declarer_perdu", "p2", {"campagne": 12, "numero": 1})
    un.accorder("p2", 2, 10, v=2, remplace={"campagne": 12, "numero": 1})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "p2"})
    un.synchroniser()
    assert _index(un) == [(CLE, 5), (AUTRE, 10), (AUTRE, -10), (CLE, 10)]
