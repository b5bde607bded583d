"""What was printed, read from the log: who, when, which carnet, where, what came out; searched; and as a table."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from passdesk.domain.gabarit import Support
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.carnets import agir
from passdesk.services.fournee import lancer_de_la_fournee, voir_fournee
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.tirages import tirages
from passdesk.services.tirages_notes import A_DIRE, A_REFAIRE, TirageNote, tirages_csv, voir_tirages
from passdesk.services.visite import attribuer
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, terrain, visite_accord

GENS = (("Walbecq", "Odette"), ("Kone", "Awa"), ("Dufresnoy", "Maëlle"))


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three carnets: the first printed on two days, the second out of paper, the third sent and not answered."""
    with terrain(tmp_path_factory.mktemp("tirages")) as lieu:
        poste = lieu.nouveau_poste()
        un, deux, trois = (
            attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms=prenoms)).carnet for nom, prenoms in GENS
        )
        _le(poste, 23, 9)
        lancer_impression(poste, un.campagne, un.numero, imprimante="Accueil")
        repondre(poste, un.campagne, un.numero, "arrete", 3)
        _le(poste, 24, 10)
        lancer_impression(poste, un.campagne, un.numero, (3,), imprimante="Étage")
        repondre(poste, un.campagne, un.numero, "tout")
        _le(poste, 25, 8)
        lancer_impression(poste, deux.campagne, deux.numero)
        repondre(poste, deux.campagne, deux.numero, "rien")
        (attend,) = voir_fournee(poste).a_imprimer[:1]
        assert attend.carnet.numero == trois.numero
        lancer_de_la_fournee(poste, "f1", attend, Support.ORDINAIRE, "=Accueil")
    return poste.dossier


@pytest.fixture
def poste(modele: Path, tmp_path: Path) -> Iterator[Poste]:
    shutil.copytree(modele, tmp_path / "poste")
    ouvert = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    _le(ouvert, 25, 9)
    yield ouvert
    ouvert.fermer()


def _le(poste: Poste, jour: int, heure: int) -> None:
    poste.horloge = poste.base.horloge = HorlogeFixe(datetime(2026, 11, jour, heure, 12, tzinfo=UTC))


def dits(notes: tuple[TirageNote, ...]) -> list[tuple[str, str | None, str]]:
    return [(note.titulaire, note.tirage.sortie, note.tirage.imprimante) for note in notes]


TOUS = [
    ("Maëlle Dufresnoy", None, "=Accueil"),
    ("Awa Kone", "rien", ""),
    ("Odette Walbecq", "tout", "Étage"),
    ("Odette Walbecq", "arrete", "Accueil"),
]


def test_every_printing_with_its_own_answer_the_latest_first(poste: Poste) -> None:
    notes = voir_tirages(poste, None)
    assert dits(notes) == TOUS
    assert [note.tirage.feuilles for note in notes] == [(1, 2, 3), (1, 2, 3), (3,), (1, 2, 3)]
    assert [note.tirage.arretee_a for note in notes] == [None, None, None, 3]
    assert {note.agent for note in notes} == {"Claire Mabille"}
    assert [note.a_dire for note in notes] == [True, False, False, False]
    assert [note.serie for note in notes] == ["127 0000023", "127 0000022", "127 0000021", "127 0000021"]


@pytest.mark.parametrize(
    ("jours", "quoi", "texte", "attendus"),
    [
        (1, "", "", TOUS[:2]),
        (2, "", "", TOUS[:3]),
        (None, A_DIRE, "", TOUS[:1]),
        (None, A_REFAIRE, "", [TOUS[1], TOUS[3]]),
        (None, "", "walb", TOUS[2:]),
        (None, "", "127 0000022", TOUS[1:2]),
        (None, "", "etage", TOUS[2:3]),
        (None, "", "claire", TOUS),
        (None, "", "personne d’ici", []),
        (1, A_REFAIRE, "walb", []),
    ],
)
def test_what_is_shown_is_what_was_asked(
    poste: Poste, jours: int | None, quoi: str, texte: str, attendus: list[tuple[str, str | None, str]]
) -> None:
    assert dits(voir_tirages(poste, jours, quoi, texte)) == attendus


def test_a_carnet_spoiled_before_any_answer_awaits_none(poste: Poste) -> None:
    agir(poste, 127, 23, "carnet.gacher", "Papier abîmé")
    (dernier, *_) = voir_tirages(poste, None)
    assert dernier.tirage.sortie is None and not dernier.a_dire
    assert voir_tirages(poste, None, A_DIRE) == ()


def test_the_table_opens_in_a_spreadsheet_names_nobody_and_runs_nothing(poste: Poste) -> None:
    texte = tirages_csv(voir_tirages(poste, None), lambda note: note.tirage.sortie or "à dire")
    lignes = list(csv.reader(io.StringIO(texte), delimiter=";"))
    assert lignes[0] == ["Jour", "Heure", "Agent", "Campagne", "Carnet", "Pass", "Imprimante", "Feuilles",
                         "Ce qui est sorti"]  # fmt: skip
    assert len(lignes) == 5
    assert lignes[1][0] == "2026-11-25" and lignes[1][4:] == ["127 0000023", "10", "'=Accueil", "1, 2, 3", "à dire"]
    assert lignes[3][6:] == ["Étage", "3", "tout"]
    assert not any(nom in texte for nom, _ in GENS)


def test_once_a_person_is_erased_the_number_alone_is_left(poste: Poste) -> None:
    (sujet,) = poste.base.db.execute("SELECT personne_id FROM carnet WHERE numero = 21").fetchone()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", sujet, {"cle": None})
    assert dits(voir_tirages(poste, None))[2:] == [("", "tout", "Étage"), ("", "arrete", "Accueil")]
    assert voir_tirages(poste, None, "", "walb") == ()
    fiche = agir(poste, 127, 21, "carnet.declarer_perdu")
    assert fiche.ligne.carnet.etat == "perdu" and len(tirages(poste, fiche.ligne.carnet)) == 2


def test_an_answer_is_that_of_its_own_carnet_whatever_was_sent_since(tmp_path: Path) -> None:
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        un, deux = (attribuer(poste, visite_accord(poste, nom_naissance=n, prenoms=p)).carnet for n, p in GENS[:2])
        for carnet in (un, deux):
            lancer_impression(poste, carnet.campagne, carnet.numero)
        repondre(poste, un.campagne, un.numero, "tout")
        assert dits(voir_tirages(poste, None)) == [("Awa Kone", None, ""), ("Odette Walbecq", "tout", "")]
