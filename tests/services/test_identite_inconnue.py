"""A request whose birth date or commune nobody here knows: kept, answered, completed later (contracts §2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import Brouillon
from passdesk.services import visite
from passdesk.services.lettre import dessiner_lettre, lettre_de_demande
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import brouillons, demandes, personnes
from passdesk.storage.integrite import verifier_base
from tests.builders import poste_enrole, visite_accord
from tests.printing.fabrique import textes_du_pdf

SANS = {
    "naissance": {"naissance": "", "naissance_inconnue": True},
    "commune": {"commune": "", "commune_inconnue": True},
}


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as ouvert:
        yield ouvert


def sans(poste: Poste, *champs: str) -> Brouillon:
    inconnus = {nom: valeur for champ in champs for nom, valeur in SANS[champ].items()}
    return visite_accord(poste, **inconnus)


def lettre(poste: Poste, demande_id: str) -> str:
    (texte,) = textes_du_pdf(dessiner_lettre(lettre_de_demande(poste, demande_id)).papier.pdf)
    return " ".join(texte.split())


@pytest.mark.parametrize(
    ("champs", "demandees"),
    [
        (("naissance",), ("Votre date de naissance",)),
        (("commune",), ("La commune où vous habitez",)),
        (("naissance", "commune"), ("Votre date de naissance", "La commune où vous habitez")),
    ],
)
def test_it_is_kept_incomplete_and_answered_by_the_letter(
    poste: Poste, champs: tuple[str, ...], demandees: tuple[str, ...]
) -> None:
    brouillon = sans(poste, *champs)
    apercu = visite.apprecier(poste, brouillon)
    assert apercu.questions == () and apercu.decision is not None
    assert [motif.code for motif in apercu.decision.motifs] == ["identite_incomplete"]
    garde = visite.garder(poste, brouillon)
    assert garde is not None and garde.demande_id is not None and garde.personne_id is not None
    demande, personne = demandes.get(poste.base, garde.demande_id), personnes.get(poste.base, garde.personne_id)
    assert demande is not None and personne is not None
    assert (personne.naissance is None, personne.commune is None) == tuple(c in champs for c in SANS)
    assert personnes.cle_de(poste.base, garde.personne_id) is None or "naissance" not in champs
    dite = lettre(poste, garde.demande_id)
    assert all(nom in dite for nom in demandees) and "À dire au guichet" in dite
    assert synchroniser(poste).fin == "fini"
    assert verifier_base(poste.base) == ()
    # Days later, with the answer: the draft is taken up again, and the day of arrival stays.
    repris = visite.reprendre(poste, garde.brouillon_id)
    assert repris == garde
    complet = replace(garde, naissance="12/04/1987", commune="59249", naissance_inconnue=False, commune_inconnue=False)
    attribue = visite.attribuer(poste, complet)
    assert attribue.personne.personne_id == garde.personne_id and attribue.personne.naissance is not None
    assert personnes.cle_de(poste.base, garde.personne_id) is not None
    assert synchroniser(poste).fin == "fini"
    assert verifier_base(poste.base) == ()


def test_unsaid_it_stays_a_question_and_typed_it_counts(poste: Poste) -> None:
    vide = visite_accord(poste, naissance="", commune="")
    assert visite.apprecier(poste, vide).questions == ("naissance", "commune")
    with pytest.raises(SaisieRefusee, match="dossier_inacheve"):
        visite.garder(poste, vide)
    tape = visite_accord(poste, naissance_inconnue=True, commune_inconnue=True)
    decision = visite.apprecier(poste, tape).decision
    assert decision is not None and decision.issue == "accord"
    # Half a date, or a town that the list does not know: something is typed, and is to be mended.
    moitie = replace(tape, naissance="12/04", commune="", commune_saisie="Fourmi")
    assert visite.apprecier(poste, moitie).questions == ("naissance", "commune")


def test_a_refusal_that_stands_anyway_is_given(poste: Poste) -> None:
    ailleurs = replace(sans(poste, "naissance"), commune="75056")
    decision = visite.apprecier(poste, ailleurs).decision
    assert decision is not None and decision.issue == "refus"
    assert [motif.code for motif in decision.motifs] == ["domicile_hors_region", "identite_incomplete"]


def test_the_draft_keeps_it(poste: Poste) -> None:
    brouillon = sans(poste, "naissance", "commune")
    visite.noter(poste, brouillon)
    assert brouillons.decoder(brouillons.encoder(brouillon)) == brouillon
    assert visite.reprendre(poste, brouillon.brouillon_id) == brouillon
