"""The facts of a decision come back as they were written, whatever the dossier; and so does the decision."""

from __future__ import annotations

import dataclasses
from datetime import date

from hypothesis import given

from passdesk.domain.demande import Anterieur, Derogation, Dossier, JustificatifPresente
from passdesk.domain.evaluation import evaluer
from passdesk.domain.examen import examiner
from passdesk.domain.faits import ecrire_faits, faits_decision, lire_faits
from passdesk.protocol import canonique
from tests.domain.dossiers import ARRIVEE, REGLEMENTS, avec_papier, decider, dossier, sans_papier
from tests.domain.test_evaluation_proprietes import DOSSIERS


@given(DOSSIERS)
def test_any_dossier_decided_then_replayed_gives_the_same_decision(cas: Dossier) -> None:
    ecrits = canonique.encode(ecrire_faits(faits_decision(cas, decider(cas), REGLEMENTS)))
    lus = lire_faits(canonique.decode(ecrits))
    assert lus.dossier == cas
    assert evaluer(lus.dossier, REGLEMENTS) == lus.decision == decider(cas)
    assert lus.reglements == tuple(reglement.empreinte for reglement in REGLEMENTS)


def test_every_field_of_a_dossier_is_kept() -> None:
    plein = Dossier(
        id="cas", naissance=date(2003, 5, 1), commune="59392", public="lyceen", prescripteur="autre",
        arrivee_le=ARRIVEE, complementaire=True,
        justificatifs=(JustificatifPresente("piece_identite", date(2022, 1, 2), date(2022, 3, 4)),),
        anterieurs=(Anterieur(5, date(2022, 2, 3)),), etablissement="0590117H", foyer="foyer-1", stock=12,
        pass_foyer=5, reserve=400, reserve_etablissement=20, derogation=Derogation("region", "accord écrit"),
    )  # fmt: skip
    defauts = {c.name: c.default for c in dataclasses.fields(Dossier)}
    assert all(getattr(plein, nom) != defaut for nom, defaut in defauts.items()), "un champ nouveau n’est pas essayé"
    assert lire_faits(ecrire_faits(faits_decision(plein, decider(plein), REGLEMENTS))).dossier == plein


def test_what_an_earlier_program_did_not_write_has_its_default() -> None:
    ecrits = ecrire_faits(faits_decision(dossier(), decider(dossier()), REGLEMENTS))
    del ecrits["dossier"]["foyer"]
    assert lire_faits(ecrits).dossier == dossier()


def test_each_requirement_says_which_paper_met_it_or_why_none_did() -> None:
    vieux = avec_papier(sans_papier(dossier(), "attestation_france_travail"), "justificatif_domicile", date(2021, 9, 1))
    domicile, identite, emploi = examiner(vieux, REGLEMENTS[1])
    assert (domicile.etat, domicile.date_debut, domicile.a_confirmer) == ("perimee", date(2021, 12, 16), True)
    assert domicile.piece is not None and domicile.piece.date == date(2021, 9, 1)
    assert identite.remplie and identite.piece is not None and identite.date_debut is None
    assert (emploi.etat, emploi.piece, emploi.preuves) == (None, None, ("attestation_france_travail",))
    assert tuple(e.preuves for e in (domicile, identite, emploi) if not e.remplie) == decider(vieux).manquants


def test_the_paper_that_met_it_is_told_even_when_a_worse_one_was_shown_too() -> None:
    deux = dossier()
    deux = dataclasses.replace(
        deux, justificatifs=(JustificatifPresente("attestation_hebergement", date(2020, 1, 1)), *deux.justificatifs)
    )
    domicile = examiner(deux, REGLEMENTS[1])[0]
    assert domicile.remplie and domicile.piece is not None and domicile.piece.type == "justificatif_domicile"
