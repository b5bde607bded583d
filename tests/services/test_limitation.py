"""A file that is limited stays in sight, and nothing is added to it but what the person asks (RGPD, article 18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from passdesk.domain.accompagnement import Accompagnement
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import CarnetAttribue
from passdesk.services import accompagnements, visite
from passdesk.services.carnets import agir
from passdesk.services.dossier_personne import dossier_personne
from passdesk.services.effacement import effacer_personne
from passdesk.services.fiche import modifier
from passdesk.services.fusion import defaire, fusionner, fusions_de
from passdesk.services.histoire import histoire_personne
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.limitation import LEVEES, MOTIFS, lever_limitation, limitation_de, limiter
from passdesk.services.personnes import fiche
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.storage import personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.ui.messages.droits import LIMITATIONS
from passdesk.ui.recits import raconter
from tests.builders import poste_enrole, visite_accord


@pytest.fixture(scope="module")
def poste(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    with poste_enrole(tmp_path_factory.mktemp("limitation")) as ouvert:
        yield ouvert


def _servie(poste: Poste, nom: str) -> CarnetAttribue:
    attribue = visite.attribuer(poste, visite_accord(poste, nom_naissance=nom))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    return attribue


def test_limited_nothing_is_added_and_all_is_still_read(poste: Poste) -> None:
    servie, autre = _servie(poste, "Gelard"), _servie(poste, "Gelardin").personne.personne_id
    qui = servie.personne.personne_id
    avant = personnes.get(poste.base, qui)
    assert avant is not None and limitation_de(poste, qui) is None
    limiter(poste, qui, "exactitude")
    limiter(poste, qui, "preuve")
    dite = limitation_de(poste, qui)
    assert dite is not None and (dite.motif, dite.le, dite.agent) == (
        "exactitude",
        date(2026, 11, 23),
        "Claire Mabille",
    )
    demande = visite_accord(poste, personne_id=qui, nom_naissance="Gelard", complementaire=True)
    jour = poste.horloge.aujourdhui()
    for geste in (
        lambda: visite.attribuer(poste, demande),
        lambda: visite.garder(poste, replace(demande, pieces=())),
        lambda: modifier(poste, replace(avant, telephone="06 39 98 00 44")),
        lambda: accompagnements.noter(poste, Accompagnement("", qui, jour, 30, "lieu_activite", ("email",))),
        lambda: fusionner(poste, qui, autre),
        lambda: fusionner(poste, autre, qui),
    ):
        with pytest.raises(SaisieRefusee, match="fiche_limitee"):
            geste()
    assert personnes.get(poste.base, qui) == avant
    # Read, handed over, and what the person asks for a carnet already given.
    lue = fiche(poste, qui)
    assert lue is not None and lue.limitation == dite
    assert "Fiche limitée" in [raconter(fait).titre for fait in dossier_personne(poste, qui).histoire]
    agir(poste, servie.carnet.campagne, servie.carnet.numero, "carnet.declarer_perdu")
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == () and limitation_de(poste, qui) == dite


def test_a_responsable_lifts_it_with_a_reason(poste: Poste) -> None:
    qui = _servie(poste, "Levard").personne.personne_id
    with pytest.raises(SaisieRefusee, match="limitation_absente"):
        lever_limitation(poste, qui, "demande")
    with poste.base.acte(poste.agent_id) as acte:
        sam = acte.nouvel_id()
        acte.inscrire("agent.ajouter", sam, {"nom": "Sam Leroy", "role": "mediateur"})
    mediateur = replace(poste, agent_id=sam)
    limiter(mediateur, qui, "opposition")
    with pytest.raises(SaisieRefusee, match="limitation_reservee"):
        lever_limitation(mediateur, qui, "demande")
    for codes in (lambda: lever_limitation(poste, qui, ""), lambda: limiter(poste, qui, "demande")):
        with pytest.raises(SaisieRefusee, match="limitation_sans_motif"):
            codes()
    lever_limitation(poste, qui, "corrigee")
    assert limitation_de(poste, qui) is None
    lue = personnes.get(poste.base, qui)
    assert lue is not None
    assert modifier(poste, replace(lue, telephone="06 39 98 00 44")).telephone == "06 39 98 00 44"
    dits = [(raconter(fait).titre, raconter(fait).detail) for fait in histoire_personne(poste, qui)]
    assert ("Limitation levée", "La fiche est corrigée") in dits and ("Fiche limitée", "La personne s’y oppose") in dits
    assert set(LIMITATIONS) == {*MOTIFS, *LEVEES}


def test_a_limited_file_can_be_erased(poste: Poste) -> None:
    qui = _servie(poste, "Effacard").personne.personne_id
    limiter(poste, qui, "opposition")
    assert effacer_personne(poste, qui)
    assert limitation_de(poste, qui) is None
    with pytest.raises(SaisieRefusee, match="personne_absente"):
        limiter(poste, qui, "opposition")


def test_two_records_that_are_one_person_are_limited_together(poste: Poste) -> None:
    garde, absorbee = (_servie(poste, nom).personne.personne_id for nom in ("Reunard", "Reunardin"))
    jour = poste.horloge.aujourdhui()
    note = accompagnements.noter(poste, Accompagnement("", garde, jour, 30, "lieu_activite", ("email",)))
    fusionner(poste, garde, absorbee)
    (fusion,) = fusions_de(poste, garde)
    limiter(poste, garde, "preuve")
    for geste in (
        # A page that was open on the other record before they were one.
        lambda: visite.garder(poste, visite_accord(poste, personne_id=absorbee, nom_naissance="Reunardin")),
        # Half of the file would be limited no more.
        lambda: defaire(poste, fusion.acte, garde),
        # Kept as a proof, nothing is taken from it either.
        lambda: accompagnements.retirer(poste, note),
    ):
        with pytest.raises(SaisieRefusee, match="fiche_limitee"):
            geste()
    lever_limitation(poste, garde, "sans_objet")
    accompagnements.retirer(poste, note)
    defaire(poste, fusion.acte, garde)
