"""*À rappeler*: who is on the list, in which order, and what a call changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from passdesk.domain.carnet import Carnet
from passdesk.domain.effacement import DEMANDE
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.rappel import IssueAppel
from passdesk.protocol.evenements import CarnetBloque
from passdesk.services import rappels
from passdesk.services.carnets import agir
from passdesk.services.conservation import fiches_anciennes
from passdesk.services.effacement import effacer_sans_menage
from passdesk.services.fiche import modifier
from passdesk.services.fusion import defaire, fusionner, fusions_de
from passdesk.services.histoire import histoire_personne
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.limitation import limiter
from passdesk.services.poste import Poste
from passdesk.services.rappels import Compte, Rappel, a_appeler, combien, noter_appel, recompter, reprendre_appel
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.storage import evenements, personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.storage.poste import ecrire_texte
from passdesk.ui.recits import raconter
from tests.builders import terrain, visite_accord

PLUS_TARD = date(2027, 1, 5)
"""A month and more after the hand-overs."""


def au_jour(poste: Poste, jour: date) -> None:
    assert isinstance(poste.horloge, HorlogeFixe)
    poste.horloge.instant = datetime.combine(jour, time(11), UTC)


def servir(poste: Poste, nom: str, **champs: object) -> Carnet:
    """A carnet in the hands of somebody of that name."""
    carnet = attribuer(poste, visite_accord(poste, nom_naissance=nom, **champs)).carnet
    mettre_en_main(poste, carnet)
    return carnet


def mettre_en_main(poste: Poste, carnet: Carnet) -> None:
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with terrain(tmp_path) as lieu:
        yield lieu.nouveau_poste()


def noms(poste: Poste) -> list[str]:
    return [rappel.personne.nom_naissance for rappel in a_appeler(poste).rappels]


def de(poste: Poste, nom: str) -> Rappel:
    return next(rappel for rappel in a_appeler(poste).rappels if rappel.personne.nom_naissance == nom)


def test_those_who_have_a_carnet_for_a_month_the_longest_first(poste: Poste) -> None:
    servir(poste, "Walbecq")
    au_jour(poste, date(2026, 11, 28))
    servir(poste, "Kone")
    assert noms(poste) == [] and combien(poste) == Compte()
    au_jour(poste, PLUS_TARD)
    assert noms(poste) == ["Walbecq", "Kone"] and combien(poste) == Compte(2)


def test_those_who_have_no_number_come_after_the_others(poste: Poste) -> None:
    servir(poste, "Muet", telephone="")
    servir(poste, "Walbecq")
    au_jour(poste, PLUS_TARD)
    assert noms(poste) == ["Walbecq", "Muet"] and combien(poste) == Compte(1, 1)
    noter_appel(poste, de(poste, "Muet"), "jointe")
    assert combien(poste) == Compte(1, 0), "nobody is to be told any more"
    assert noms(poste) == ["Walbecq"], "they passed by, and were told"


def test_a_number_that_is_in_the_other_record_is_one(poste: Poste) -> None:
    seule = {"accompagnement": False, "prescripteur": ""}
    muet = servir(poste, "Muet", telephone="", **seule)
    parlant = servir(poste, "Muette", **seule)
    servir(poste, "Reste")
    assert muet.personne_id and parlant.personne_id
    fusionner(poste, muet.personne_id, parlant.personne_id)
    au_jour(poste, PLUS_TARD)
    assert noms(poste) == ["Muet", "Reste"]
    assert len(de(poste, "Muet").carnets) == 2 and de(poste, "Muet").personne.telephone


def test_a_number_left_blank_on_purpose_after_a_merge_is_none(poste: Poste) -> None:
    """The other record has one that serves no more: the person is among those to be written to, after the others."""
    seule = {"accompagnement": False, "prescripteur": ""}
    muet, parlant = servir(poste, "Muet", telephone="", **seule), servir(poste, "Muette", **seule)
    servir(poste, "Reste")
    assert muet.personne_id and parlant.personne_id
    fusionner(poste, muet.personne_id, parlant.personne_id)
    connue = personnes.get(poste.base, muet.personne_id)
    assert connue is not None and connue.telephone
    modifier(poste, replace(connue, telephone=""))
    au_jour(poste, PLUS_TARD)
    assert [(nom, bool(de(poste, nom).personne.telephone)) for nom in noms(poste)] == [("Reste", True), ("Muet", False)]
    assert (len(de(poste, "Muet").carnets), combien(poste)) == (2, Compte(1, 1))


def test_a_number_of_a_record_merged_into_one_merged_is_one(poste: Poste) -> None:
    seule = {"accompagnement": False, "prescripteur": ""}
    garde, milieu = (servir(poste, nom, telephone="", **seule) for nom in ("Muet", "Muette"))
    dernier = servir(poste, "Muettes", **seule)
    servir(poste, "Sans", telephone="")
    servir(poste, "Reste")
    assert garde.personne_id and milieu.personne_id and dernier.personne_id
    fusionner(poste, milieu.personne_id, dernier.personne_id)
    fusionner(poste, garde.personne_id, milieu.personne_id)
    au_jour(poste, PLUS_TARD)
    assert noms(poste) == ["Muet", "Reste", "Sans"] and de(poste, "Muet").personne.telephone


def test_a_carnet_that_serves_no_more_is_not_called_about(poste: Poste) -> None:
    perdu, rendu, vole, bloque = (servir(poste, nom) for nom in ("Perdu", "Rendu", "Vole", "Bloque"))
    servir(poste, "Reste")
    au_jour(poste, PLUS_TARD)
    assert noms(poste) == ["Perdu", "Rendu", "Vole", "Bloque", "Reste"]
    for carnet, acte in (
        (perdu, "carnet.declarer_perdu"), (rendu, "carnet.retourner"), (vole, "carnet.declarer_vole"),
    ):  # fmt: skip
        agir(poste, carnet.campagne, carnet.numero, acte, "")
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 50, CarnetBloque(bloque.campagne, bloque.numero, (6, 7), "litige"))
    assert noms(poste) == ["Reste"]
    dernier = de(poste, "Reste").carnets[0].dernier_jour
    au_jour(poste, dernier)
    assert noms(poste) == ["Reste"]
    au_jour(poste, dernier + timedelta(days=1))
    assert noms(poste) == []


@pytest.mark.parametrize("issue", ["jointe", "sans_reponse", "servi"])
def test_those_who_were_called_are_not_read_to_find_the_others(
    poste: Poste, issue: IssueAppel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large desk has a hundred thousand of them."""
    for nom in ("Un", "Deux", "Trois", "Quatre", "Cinq", "Six"):
        servir(poste, nom)
    au_jour(poste, PLUS_TARD)
    for rappel in a_appeler(poste).rappels:
        noter_appel(poste, rappel, issue)
    au_jour(poste, PLUS_TARD + timedelta(days=2))
    lues: list[str] = []
    vraie = personnes.get
    monkeypatch.setattr(personnes, "get", lambda base, ident: (lues.append(ident), vraie(base, ident))[1])
    assert (noms(poste), lues) == ([], [])


def test_the_tables_made_again_from_the_log_hold_the_same_calls(poste: Poste) -> None:
    for nom in ("Walbecq", "Kone", "Effacee"):
        servir(poste, nom)
    au_jour(poste, PLUS_TARD)
    walbecq, kone, effacee = a_appeler(poste).rappels
    noter_appel(poste, walbecq, "sans_reponse")
    noter_appel(poste, kone, "servi")
    noter_appel(poste, effacee, "jointe")
    reprendre_appel(poste, kone)
    effacer_sans_menage(poste, effacee.personne.personne_id, DEMANDE)
    au_jour(poste, PLUS_TARD + timedelta(days=7))
    avant = a_appeler(poste)
    assert noms(poste) == ["Walbecq", "Kone"] and avant.rappels[0].essai == PLUS_TARD
    assert verifier_base(poste.base) == ()
    reconstruire_projections(poste.base)
    assert a_appeler(poste) == avant


@pytest.mark.parametrize("rang", [0, 1])
def test_two_again_then_one_erased_the_other_keeps_what_is_theirs(poste: Poste, rang: int) -> None:
    """The call was noted for both carnets under the first."""
    seule = {"accompagnement": False, "prescripteur": ""}
    deux = [servir(poste, nom, **seule).personne_id for nom in ("Walbecq", "Walbec")]
    garde, absorbee = deux
    assert garde and absorbee
    fusionner(poste, garde, absorbee)
    au_jour(poste, PLUS_TARD)
    noter_appel(poste, de(poste, "Walbecq"), "jointe")
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    assert noms(poste) == []
    effacer_sans_menage(poste, deux[rang] or "", DEMANDE)
    assert verifier_base(poste.base) == ()
    avant = noms(poste)
    assert avant == (["Walbec"] if rang == 0 else []), "nobody knows any more that the other was called"
    reconstruire_projections(poste.base)
    assert noms(poste) == avant


def test_nobody_whose_file_is_limited_or_erased_is_called(poste: Poste) -> None:
    limitee, effacee = servir(poste, "Limitee"), servir(poste, "Effacee")
    servir(poste, "Reste")
    au_jour(poste, PLUS_TARD)
    assert noms(poste) == ["Limitee", "Effacee", "Reste"]
    assert limitee.personne_id and effacee.personne_id
    limiter(poste, limitee.personne_id, "opposition")
    effacer_sans_menage(poste, effacee.personne_id, DEMANDE)
    assert noms(poste) == ["Reste"]


def test_a_call_takes_a_person_off_and_taking_it_back_puts_them_on_again(poste: Poste) -> None:
    servir(poste, "Walbecq")
    au_jour(poste, PLUS_TARD)
    walbecq = de(poste, "Walbecq")
    noter_appel(poste, walbecq, "sans_reponse")
    au_jour(poste, date(2027, 1, 12))
    noter_appel(poste, walbecq, "jointe")
    assert (noms(poste), combien(poste)) == ([], Compte())
    reprendre_appel(poste, walbecq)
    assert a_appeler(poste).rappels[0].essai == PLUS_TARD, "the call of before holds again"
    assert combien(poste) == Compte(1)
    reprendre_appel(poste, walbecq)
    assert a_appeler(poste).rappels[0].essai is None
    histoire = histoire_personne(poste, walbecq.personne.personne_id)
    dits = [recit.detail for fait in histoire if (recit := raconter(fait)).titre == "Appel pour les pass"]
    assert sorted(dits) == ["Annulé", "Annulé", "Pas de réponse", "Personne jointe"]


def test_what_is_said_of_a_carnet_says_nothing_of_the_next(poste: Poste) -> None:
    servir(poste, "Walbecq", accompagnement=False, prescripteur="")
    walbecq = personnes.recentes(poste.base, 1)[0]
    au_jour(poste, PLUS_TARD)
    noter_appel(poste, de(poste, "Walbecq"), "servi")
    second = visite_accord(poste, personne_id=walbecq.personne_id, nom_naissance="Walbecq", complementaire=True)
    recent = f"{poste.horloge.aujourdhui() - timedelta(days=20):%d/%m/%Y}"
    pieces = tuple(replace(piece, date=recent) if piece.date else piece for piece in second.pieces)
    carnet = attribuer(poste, replace(second, pieces=pieces)).carnet
    mettre_en_main(poste, carnet)
    au_jour(poste, date(2027, 2, 5))
    assert [c.numero for c in de(poste, "Walbecq").carnets] == [carnet.numero]


def test_a_call_in_vain_is_tried_again_a_week_later_and_says_so(poste: Poste) -> None:
    servir(poste, "Walbecq")
    au_jour(poste, PLUS_TARD)
    noter_appel(poste, de(poste, "Walbecq"), "sans_reponse")
    au_jour(poste, date(2027, 1, 11))
    assert noms(poste) == []
    au_jour(poste, date(2027, 1, 12))
    assert combien(poste) == Compte(1) and a_appeler(poste).rappels[0].essai == PLUS_TARD


def test_a_call_that_reached_nobody_keeps_no_file_longer(poste: Poste) -> None:
    servir(poste, "Walbecq")
    au_jour(poste, PLUS_TARD)
    walbecq = de(poste, "Walbecq")
    noter_appel(poste, walbecq, "sans_reponse")
    au_jour(poste, date(2028, 11, 24))
    assert [fiche.personne.personne_id for fiche in fiches_anciennes(poste).fiches] == [walbecq.personne.personne_id]
    au_jour(poste, date(2027, 2, 5))
    noter_appel(poste, walbecq, "jointe")
    au_jour(poste, date(2028, 11, 24))
    assert fiches_anciennes(poste).fiches == ()


def test_more_than_an_afternoon_of_calls_is_said_and_not_shown(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rappels, "LIMITE", 2)
    for nom in ("Un", "Deux", "Trois"):
        servir(poste, nom)
    au_jour(poste, PLUS_TARD)
    lus = a_appeler(poste)
    assert (len(lus.rappels), lus.compte, combien(poste)) == (2, Compte(3), Compte(3))


def test_those_without_a_number_are_shown_however_many_there_are_to_call(
    poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rappels, "LIMITE", 2)
    for nom in ("Un", "Deux", "Trois"):
        servir(poste, nom)
    servir(poste, "Muet", telephone="")
    au_jour(poste, PLUS_TARD)
    assert (noms(poste), combien(poste)) == (["Un", "Deux", "Muet"], Compte(3, 1))


def test_a_count_of_the_program_of_before_is_counted_again(poste: Poste) -> None:
    servir(poste, "Muet", telephone="")
    au_jour(poste, PLUS_TARD)
    ecrire_texte(poste.base, rappels.COMPTE, json.dumps({"le": PLUS_TARD.isoformat(), "personnes": 1}))
    assert combien(poste) == Compte(0, 1)


def test_a_file_erased_meanwhile_takes_no_call_and_is_counted_no_more(poste: Poste) -> None:
    servir(poste, "Walbecq")
    au_jour(poste, PLUS_TARD)
    walbecq = de(poste, "Walbecq")
    effacer_sans_menage(poste, walbecq.personne.personne_id, DEMANDE)
    with pytest.raises(SaisieRefusee, match="personne_absente"):
        noter_appel(poste, walbecq, "jointe")
    assert (combien(poste), recompter(poste), combien(poste)) == (Compte(1), Compte(), Compte())
