"""*À effacer ?*: who is proposed, who is kept, what is erased; nobody is erased without being chosen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.carnets import agir
from passdesk.services.conservation import (
    CLE_GARDE,
    effacer_anciennes,
    fiches_anciennes,
    garder,
    garder_anciennes,
    rappel,
)
from passdesk.services.consultations import noter as regarder
from passdesk.services.donnees import noter_information, regler_conservation
from passdesk.services.fusion import fusionner
from passdesk.services.histoire import histoire_personne
from passdesk.services.limitation import limiter
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.visite import attribuer, noter, ouvrir_visite
from passdesk.services.visite import garder as garder_demande
from passdesk.storage import agents, brouillons, personnes
from passdesk.storage.engine import FICHIER
from passdesk.storage.integrite import verifier_base
from passdesk.ui.recits import raconter
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, terrain, visite_accord
from tests.storage.pages import pages_en_clair

NOMS = ("Ancienne", "Carnetiere", "Recente")


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ancienne came without a paper in November 2026, Carnetiere for a carnet, Recente in June 2028."""
    with terrain(tmp_path_factory.mktemp("conservation")) as lieu:
        poste = lieu.nouveau_poste()
        garder_demande(poste, replace(visite_accord(poste, nom_naissance=NOMS[0]), pieces=()))
        attribue = attribuer(poste, visite_accord(poste, nom_naissance=NOMS[1], prenoms="Zélie"))
        agir(poste, attribue.carnet.campagne, attribue.carnet.numero, "attribution.annuler", "Autre raison")
        _le(poste, date(2028, 6, 1))
        garder_demande(poste, replace(visite_accord(poste, nom_naissance=NOMS[2], prenoms="Léa"), pieces=()))
    return poste.dossier


@pytest.fixture
def poste(modele: Path, tmp_path: Path) -> Iterator[Poste]:
    shutil.copytree(modele, tmp_path / "poste")
    ouvert = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    _le(ouvert, date(2028, 11, 24))
    yield ouvert
    ouvert.fermer()


def _le(poste: Poste, jour: date) -> None:
    poste.horloge = poste.base.horloge = HorlogeFixe(datetime(jour.year, jour.month, jour.day, 9, tzinfo=UTC))


def de(poste: Poste, nom: str) -> str:
    return next(p.personne_id for p in personnes.recentes(poste.base, 9) if p.nom_naissance == nom)


def proposees(poste: Poste) -> list[str]:
    return [fiche.personne.nom_naissance for fiche in fiches_anciennes(poste).fiches]


def test_who_has_not_come_for_two_years_is_proposed_with_the_day(poste: Poste) -> None:
    _le(poste, date(2028, 11, 22))
    assert proposees(poste) == []
    _le(poste, date(2028, 11, 23))
    lues = fiches_anciennes(poste)
    assert [(f.personne.nom_naissance, f.dernier_contact) for f in lues.fiches] == [
        (NOMS[0], date(2026, 11, 23)), (NOMS[1], date(2026, 11, 23))
    ]  # fmt: skip
    assert (lues.mois, lues.retenues, lues.peut_effacer) == (24, 0, True)
    regler_conservation(poste, 36)
    assert proposees(poste) == []


def test_a_look_is_no_contact_and_anything_done_with_the_person_is(poste: Poste) -> None:
    regarder(poste, de(poste, NOMS[0]))
    assert proposees(poste) == [*NOMS[:2]]
    noter_information(poste, de(poste, NOMS[0]))
    assert proposees(poste) == [NOMS[1]]


def test_what_is_still_needed_is_held_back_and_counted(poste: Poste) -> None:
    limiter(poste, de(poste, NOMS[0]), "preuve")
    _le(poste, date(2031, 1, 1))
    noter(poste, replace(ouvrir_visite(poste, de(poste, NOMS[1])), telephone="06 39 98 00 99"))
    lues = fiches_anciennes(poste)
    assert [f.personne.nom_naissance for f in lues.fiches] == [NOMS[2]]
    assert lues.retenues == 2


def test_a_carnet_still_good_keeps_its_holder_whatever_the_delay(tmp_path: Path) -> None:
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        regler_conservation(poste, 6)
        numero = attribuer(poste, visite_accord(poste)).carnet
        with poste.base.acte(poste.agent_id) as acte:
            for genre in ("carnet.impression_lancee", "carnet.impression_faite", "carnet.remettre"):
                corps = {"campagne": numero.campagne, "numero": numero.numero, "le": "2026-11-23", "feuilles": [1]}
                acte.inscrire(genre, numero.personne_id, corps)
        # The campaign ends on 31 December 2027, a month of tolerance after.
        _le(poste, date(2028, 1, 31))
        assert (fiches_anciennes(poste).fiches, fiches_anciennes(poste).retenues) == ((), 1)
        _le(poste, date(2028, 2, 1))
        assert [f.personne.personne_id for f in fiches_anciennes(poste).fiches] == [numero.personne_id]


def test_several_are_kept_together_and_what_left_the_list_meanwhile_is_left_alone(poste: Poste) -> None:
    premiere, deuxieme = (de(poste, nom) for nom in NOMS[:2])
    noter_information(poste, premiere)
    assert garder_anciennes(poste, (premiere, deuxieme, deuxieme), "revient") == 1
    assert proposees(poste) == []
    assert personnes.derniere_parole(poste.base, premiere, CLE_GARDE) is None


def test_kept_for_a_reason_it_is_not_asked_about_for_a_year_and_says_why(poste: Poste) -> None:
    ident = de(poste, NOMS[0])
    with pytest.raises(SaisieRefusee, match="garde_sans_motif"):
        garder(poste, ident, "parce que")
    with pytest.raises(SaisieRefusee, match="personne_absente"):
        garder(poste, "p9", "revient")
    garder(poste, ident, "contestation")
    assert proposees(poste) == [NOMS[1]]
    recit = raconter(histoire_personne(poste, ident)[0])
    assert (recit.titre, recit.detail) == ("Fiche gardée un an de plus", "Une réponse est contestée")
    dit = personnes.derniere_parole(poste.base, ident, CLE_GARDE)
    assert dit is not None and dit.valeur == {"motif": "contestation", "le": "2028-11-24"}
    _le(poste, date(2029, 11, 23))
    assert NOMS[0] not in proposees(poste)
    # Kept is no contact: a year later it is asked about again, not two.
    _le(poste, date(2029, 11, 24))
    assert NOMS[0] in proposees(poste)


def test_the_last_contact_of_two_records_made_one_is_the_latest(poste: Poste) -> None:
    for garde in brouillons.lister(poste.base):
        brouillons.supprimer(poste.base, garde.brouillon.brouillon_id)
    fusionner(poste, de(poste, NOMS[0]), de(poste, NOMS[2]))
    assert proposees(poste) == [NOMS[1]]
    _le(poste, date(2030, 6, 1))
    lues = fiches_anciennes(poste)
    assert {f.personne.nom_naissance: f.dernier_contact for f in lues.fiches}[NOMS[0]] == date(2028, 6, 1)


def test_only_those_chosen_go_and_nothing_of_them_stays(poste: Poste) -> None:
    ancienne, recente = de(poste, NOMS[0]), de(poste, NOMS[2])
    fait = effacer_anciennes(poste, [ancienne, ancienne, recente, "p9"])
    assert fait == (1, True), "who is not on the list is not erased"
    assert personnes.get(poste.base, ancienne) is None
    assert {p.nom_naissance for p in personnes.recentes(poste.base, 9)} == {NOMS[1], NOMS[2]}
    octets = b"".join(pages_en_clair(poste.dossier / FICHIER, poste.cle))
    assert NOMS[0].encode() not in octets and NOMS[1].encode() in octets
    assert verifier_base(poste.base) == ()
    motif = poste.base.db.execute(
        "SELECT octets FROM corps JOIN operation USING (op_id) WHERE type = 'personne.effacer'"
    ).fetchone()[0]
    assert b"sans_contact" in motif


def test_a_mediator_reads_the_list_and_erases_nothing(poste: Poste) -> None:
    with poste.base.ecriture() as db:
        db.execute("UPDATE agent SET role = ?", [agents.MEDIATEUR])
    assert not fiches_anciennes(poste).peut_effacer and rappel(poste) == 0
    with pytest.raises(SaisieRefusee, match="effacement_reserve"):
        effacer_anciennes(poste, [de(poste, NOMS[0])])
    assert len(personnes.recentes(poste.base, 9)) == 3


def test_it_is_recalled_once_a_month_until_it_is_looked_at(poste: Poste) -> None:
    assert rappel(poste) == 2
    garder(poste, de(poste, NOMS[0]), "revient")
    assert rappel(poste) == 2, "counted once a day"
    _le(poste, date(2028, 11, 25))
    assert rappel(poste) == 1
    fiches_anciennes(poste)
    assert rappel(poste) == 0
    _le(poste, date(2028, 12, 1))
    assert rappel(poste) == 1
