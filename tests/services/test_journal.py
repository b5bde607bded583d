"""The journal: every act and every look, page by page, filtered; and as a table that names no person."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services import journal as service
from passdesk.services.carnets import agir, fiche_carnet
from passdesk.services.consultations import CARNET, EXPORT, FICHE, VISITE, noter
from passdesk.services.effacement import effacer_personne
from passdesk.services.fusion import apercu
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.journal import FiltreJournal, NoteJournal, choix_journal, lire_journal, tableau_journal
from passdesk.services.litiges import noter_vu
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.visite import attribuer, garder, ouvrir_visite, reprendre
from passdesk.services.visite import noter as garder_saisie
from passdesk.storage import consultations, litiges, personnes
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, terrain, visite_accord

GENS = (("Walbecq", "Odette"), ("Kone", "Awa"))


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Odette served on the 23rd, Awa on the 24th, and Odette's file looked at on the 25th by a second agent."""
    with terrain(tmp_path_factory.mktemp("journal")) as lieu:
        poste = lieu.nouveau_poste()
        _le(poste, 23, 13)
        un = attribuer(poste, visite_accord(poste, nom_naissance="Walbecq", prenoms="Odette")).carnet
        _le(poste, 24, 9)
        deux = attribuer(poste, visite_accord(poste, nom_naissance="Kone", prenoms="Awa")).carnet
        lancer_impression(poste, deux.campagne, deux.numero)
        repondre(poste, deux.campagne, deux.numero, "rien")
        with poste.base.acte(poste.agent_id) as acte:
            acte.inscrire("agent.ajouter", "agent-2", {"nom": "Bilal Haddad", "role": "mediateur"})
        _le(poste, 25, 10)
        poste.agent_id = "agent-2"
        noter(poste, un.personne_id)
    return poste.dossier


@pytest.fixture
def poste(modele: Path, tmp_path: Path) -> Iterator[Poste]:
    shutil.copytree(modele, tmp_path / "poste")
    ouvert = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    _le(ouvert, 25, 11)
    yield ouvert
    ouvert.fermer()


def _le(poste: Poste, jour: int, heure: int) -> None:
    poste.horloge = poste.base.horloge = HorlogeFixe(datetime(2026, 11, jour, heure, 12, tzinfo=UTC))


def _de(poste: Poste, nom: str) -> str:
    return next(p.personne_id for p in personnes.recentes(poste.base, 9) if p.nom_naissance == nom)


def dits(notes: tuple[NoteJournal, ...]) -> list[tuple[str, str, str]]:
    return [(note.agent, note.genre, note.personne) for note in notes]


CLAIRE = "Claire Mabille"
TETE = [
    ("Bilal Haddad", "regard.fiche", "Odette Walbecq"),
    (CLAIRE, "agent.ajouter", ""),
    (CLAIRE, "carnet.impression_ratee", "Awa Kone"),
    (CLAIRE, "carnet.impression_lancee", "Awa Kone"),
]


def test_acts_and_looks_in_one_list_the_latest_first(poste: Poste) -> None:
    page = lire_journal(poste, FiltreJournal())
    assert dits(page.notes)[:4] == TETE and page.suite is None
    assert dits(page.notes)[-2:] == [(CLAIRE, "agent.ajouter", ""), (CLAIRE, "poste.epoque", "")]
    quand = [note.quand for note in page.notes]
    assert quand == sorted(quand, reverse=True)
    assert len(page.notes) == poste.base.db.execute("SELECT count(*) FROM operation").fetchone()[0] + 1
    # A case, a lot, an agent are about nobody: no mark, and nobody erased.
    assert [n.repere for n in page.notes if n.genre.startswith(("lot.", "agent.", "poste."))] == [""] * 5
    assert not any(note.effacee for note in page.notes)


@pytest.mark.parametrize("limite", [1, 3, 7])
def test_page_by_page_nothing_is_missed_and_nothing_comes_twice(poste: Poste, limite: int) -> None:
    _le(poste, 22, 9)  # the clock goes back, and two looks more are written in between
    noter(poste, _de(poste, "Kone"))
    noter(poste, _de(poste, "Kone"), EXPORT)
    attendu = {note.cle for note in lire_journal(poste, FiltreJournal()).notes}
    lues: list[str] = []
    suite = None
    while True:
        page = lire_journal(poste, FiltreJournal(), suite, limite)
        assert 0 < len(page.notes) <= limite
        lues += [note.cle for note in page.notes]
        if (suite := page.suite) is None:
            break
    assert len(lues) == len(set(lues)) and set(lues) == attendu


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        (FiltreJournal(agent_id="agent-2"), TETE[:1]),
        (FiltreJournal(genre="regards"), TETE[:1]),
        (FiltreJournal(genre="carnets"), TETE[2:4]),
        (FiltreJournal(genre="carnets", du=date(2026, 11, 25)), []),
        (FiltreJournal(genre="effacements"), []),
        (FiltreJournal(du=date(2026, 11, 24), au=date(2026, 11, 24), genre="carnets"), TETE[2:4]),
        (FiltreJournal(du=date(2026, 11, 25)), TETE[:1]),
        (FiltreJournal(texte="walb", genre="regards"), TETE[:1]),
        (FiltreJournal(texte="kone", genre="regards"), []),
        (FiltreJournal(texte="127 0000022", genre="carnets"), TETE[2:4]),
        (FiltreJournal(texte="personne d’ici"), []),
    ],
)
def test_what_is_shown_is_what_was_asked(
    poste: Poste, filtre: FiltreJournal, attendus: list[tuple[str, str, str]]
) -> None:
    assert dits(lire_journal(poste, filtre).notes) == attendus


def test_a_carnet_keeps_its_own_acts_alone(poste: Poste) -> None:
    notes = lire_journal(poste, FiltreJournal(texte="127 0000021")).notes
    assert dits(notes) == [(CLAIRE, "attribution.accorder", "Odette Walbecq")]


def test_a_mark_leads_back_to_everything_about_one_person(poste: Poste) -> None:
    odette = _de(poste, "Walbecq")
    par_nom = lire_journal(poste, FiltreJournal(texte="walbecq")).notes
    assert len(par_nom) > 4
    assert lire_journal(poste, FiltreJournal(texte=odette[-8:].upper())).notes == par_nom
    assert {note.repere for note in par_nom} == {odette[-8:]}


def test_an_erased_person_leaves_who_did_what_and_no_name(poste: Poste) -> None:
    odette = _de(poste, "Walbecq")
    attribuee = next(s for s in lire_journal(poste, FiltreJournal(texte="walbecq")).notes if s.carnet)
    assert attribuee.carnet is not None
    agir(poste, *attribuee.carnet, "attribution.annuler", "Saisie à reprendre")
    effacer_personne(poste, odette)
    notes = lire_journal(poste, FiltreJournal(texte=odette[-8:])).notes
    assert notes[0].genre == "personne.effacer" and all(note.effacee for note in notes)
    assert not any(note.genre.startswith("regard.") for note in notes), "the looks go with the person"
    assert {note.fait for note in notes if note.genre == "personne.enregistrer"} == {None}
    assert lire_journal(poste, FiltreJournal(texte="walbecq")).notes == ()
    assert dits(lire_journal(poste, FiltreJournal(genre="effacements")).notes) == [(CLAIRE, "personne.effacer", "")]


@pytest.mark.parametrize("dit_par_la_region", [True, False])
def test_a_note_on_a_case_says_whose_it_is(poste: Poste, dit_par_la_region: bool) -> None:
    """Told by the Region or known by its carnet: named on the screen, found by name and mark; a mark in the table."""
    odette = _de(poste, "Walbecq")
    with poste.base.ecriture():
        litiges.ouvrir(
            poste.base, srv_seq=9, litige_id="L000009", sujet=odette if dit_par_la_region else None, campagne=127,
            carnets=(21,), excedent=5, postes=("Bus des Ardennes",),
        )  # fmt: skip
        litiges.ouvrir(
            poste.base, srv_seq=10, litige_id="L000010", sujet=None, campagne=127, carnets=(999,), excedent=0, postes=()
        )
    _le(poste, 25, 12)
    noter_vu(poste, "L000009", "Walbecq rappelée")
    notees = [n for n in lire_journal(poste, FiltreJournal()).notes if n.genre == "litige.noter"]
    assert [(n.personne, n.repere) for n in notees] == [("Odette Walbecq", odette[-8:])]
    for texte in ("walbecq", odette[-8:]):
        assert lire_journal(poste, FiltreJournal(texte=texte)).notes[0] == notees[0]
    assert "litige.noter" not in {n.genre for n in lire_journal(poste, FiltreJournal(texte="kone")).notes}
    texte, _, _ = tableau_journal(poste, FiltreJournal(), None, lambda note: note.genre)
    assert f"litige.noter;{odette[-8:]}" in texte and "Walbecq" not in texte
    noter_vu(poste, "L000010", "")
    assert lire_journal(poste, FiltreJournal()).notes[0].personne == "", "of nobody known here"


def test_the_table_opens_in_a_spreadsheet_and_names_no_person(poste: Poste) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", "agent-3", {"nom": "=HYPERLINK(1)", "role": "mediateur"})
    poste.agent_id = "agent-3"
    _le(poste, 25, 12)
    noter(poste, _de(poste, "Kone"))
    poste.agent_id = next(ident for ident, nom in choix_journal(poste).agents if nom == CLAIRE)
    texte, nombre, suite = tableau_journal(poste, FiltreJournal(), None, lambda note: note.genre)
    lignes = list(csv.reader(io.StringIO(texte), delimiter=";"))
    assert lignes[0] == ["Jour", "Heure", "Agent", "Acte", "Repère", "Carnet"]
    assert len(lignes) == nombre + 1 and suite is None
    assert lignes[1][0] == "2026-11-25" and lignes[1][2:4] == ["'=HYPERLINK(1)", "regard.fiche"]
    assert lignes[1][4] == _de(poste, "Kone")[-8:]
    assert [ligne[5] for ligne in lignes if ligne[3] == "carnet.impression_ratee"] == ["127 0000022"]
    assert not any(mot in texte for nom in GENS for mot in nom)
    # The following lines have no header of their own.
    _, _, plus_loin = tableau_journal(poste, FiltreJournal(), None, lambda note: note.genre)
    assert plus_loin is None
    repere = lire_journal(poste, FiltreJournal(), None, 2).suite
    assert not tableau_journal(poste, FiltreJournal(), repere, lambda note: note.genre)[0].startswith("Jour")


def test_the_table_is_for_a_responsable(poste: Poste) -> None:
    poste.agent_id = "agent-2"
    assert not choix_journal(poste).peut_sortir
    with pytest.raises(SaisieRefusee, match="journal_reserve"):
        tableau_journal(poste, FiltreJournal(), None, lambda note: note.genre)


def test_each_way_to_a_file_is_noted(poste: Poste) -> None:
    """A visit opened or taken up again, a carnet, two files side by side: who looked is known without any act."""
    odette, awa = _de(poste, "Walbecq"), _de(poste, "Kone")

    def gestes(personne_id: str) -> list[str]:
        return [vue.geste for vue in consultations.par_personne(poste.base, personne_id)]

    assert gestes(awa) == []
    brouillon = ouvrir_visite(poste, awa)
    assert gestes(awa) == [VISITE]
    garder_saisie(poste, brouillon)
    _le(poste, 26, 9)
    assert reprendre(poste, brouillon.brouillon_id) is not None
    assert gestes(awa) == [VISITE, VISITE]
    fiche_carnet(poste, 127, 22)
    assert gestes(awa) == [VISITE, VISITE, CARNET]
    apercu(poste, odette, awa)
    assert gestes(awa)[-1] == "comparaison" and gestes(odette) == [FICHE, "comparaison"]


def test_a_visit_for_somebody_new_looks_at_nobody(poste: Poste) -> None:
    avant = len(lire_journal(poste, FiltreJournal(genre="regards")).notes)
    garde = garder(poste, replace(visite_accord(poste, nom_naissance="Neuf"), pieces=()))
    assert garde is not None
    assert len(lire_journal(poste, FiltreJournal(genre="regards")).notes) == avant


@pytest.mark.parametrize("jour", [date.min, date(1927, 1, 1), date(1970, 1, 1), date(3001, 1, 1), date.max])
def test_un_jour_que_windows_ne_compte_pas_ne_fait_pas_tomber_la_lecture(
    poste: Poste, jour: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    class InstantsDeWindows(datetime):
        """Reading the time zone there, a day before the instant asked included, raises out of 1970–3000."""

        def astimezone(self, tz: tzinfo | None = None) -> datetime:
            if self.tzinfo is None and not date(1970, 1, 2) <= self.date() <= date(3000, 12, 30):
                raise OSError(22, "Invalid argument")
            return super().astimezone(tz)

    monkeypatch.setattr(service, "datetime", InstantsDeWindows)
    tout = lire_journal(poste, FiltreJournal()).notes
    assert lire_journal(poste, FiltreJournal(du=jour)).notes == (tout if jour.year < 2000 else ())
    assert lire_journal(poste, FiltreJournal(au=jour)).notes == (tout if jour.year > 2000 else ())
