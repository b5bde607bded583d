"""What people are told of their data: one page to give, noted as given; one page for who answers for the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.dossier_personne import DossierPapier
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services import visite
from passdesk.services.donnees import (
    CONSERVATION_DEFAUT,
    dessiner_notice,
    dessiner_registre,
    information_remise,
    lire_donnees,
    noter_information,
    regler_conservation,
    regler_contact_donnees,
)
from passdesk.services.fiche import modifier
from passdesk.services.fusion import fusionner
from passdesk.services.histoire import histoire_personne
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import consultation, envoi, personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.ui.messages import donnees
from passdesk.ui.recits import raconter
from tests.builders import poste_enrole, visite_accord
from tests.printing.fabrique import textes_du_pdf

CONTACT = ("Région Hauts-de-France", "Délégation à la protection des données", "151 avenue du Président Hoover",
           "59555 Lille Cedex", "donnees@exemple.invalid", "03 74 27 00 00")  # fmt: skip


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as ouvert:
        yield ouvert


def _notice(poste: Poste) -> DossierPapier:
    lus = lire_donnees(poste)
    return donnees.notice(lus.guichet, lus.telephone_aide, lus.contact, lus.conservation_mois, lus.le)


def _registre(poste: Poste) -> DossierPapier:
    lus = lire_donnees(poste)
    return donnees.registre(lus.guichet, lus.telephone_aide, lus.contact, lus.conservation_mois, lus.le)


def _mots(pdf: bytes) -> str:
    return " ".join(" ".join(textes_du_pdf(pdf)).split()).replace("\u00a0", " ")


def test_the_notice_and_the_register_hold_on_one_page(poste: Poste) -> None:
    regler_conservation(poste, 30)
    longues = "|".join(f"{ligne:-<60}" for ligne in CONTACT)
    for contact, page, dessiner in (
        (longues, _notice, dessiner_notice),
        ("|".join(CONTACT), _registre, dessiner_registre),
    ):
        regler_contact_donnees(poste, contact)
        contenu = page(poste)
        dessine = dessiner(contenu)
        assert len(dessine.papier.pages) == len(dessine.apercus) == 1
        assert "30 mois" in _mots(dessine.papier.pdf)
        assert len(dessiner(replace(contenu, gros=True)).papier.pages) > 1, "large print is large"


def test_the_notice_says_what_the_law_asks(poste: Poste) -> None:
    sans = _mots(dessiner_notice(_notice(poste)).papier.pdf)
    assert "À la Région :" not in sans and "2 ans après votre dernier passage" in sans
    regler_contact_donnees(poste, "\n".join(CONTACT))
    avec = _mots(dessiner_notice(_notice(poste)).papier.pdf)
    # RGPD, article 13: purpose, basis, recipients, length, rights, authority, contact, whether one must answer.
    for dit in (
        "Pour vous donner les pass", "article 6-1-e", "La Région en garde une copie", "Vos droits", "CNIL",
        "donnees@exemple.invalid", "facultatifs", "Guichet d’essai", "Le faire effacer", "corriger",
    ):  # fmt: skip
        assert dit in avec, dit


def test_only_a_responsable_sets_them_and_within_bounds(poste: Poste) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    mediateur = replace(poste, agent_id=agent)
    for geste in (lambda: regler_contact_donnees(mediateur, "x"), lambda: regler_conservation(mediateur, 12)):
        with pytest.raises(SaisieRefusee, match="reglage_reserve"):
            geste()
    assert not lire_donnees(mediateur).peut_regler
    for mois in (5, 121):
        with pytest.raises(SaisieRefusee, match="conservation_refusee"):
            regler_conservation(poste, mois)
    for lignes in ("x" * 61, "\n".join("abcdefg")):
        with pytest.raises(SaisieRefusee, match="contact_donnees_refuse"):
            regler_contact_donnees(poste, lignes)
    lus = lire_donnees(poste)
    assert (lus.contact, lus.conservation_mois) == ((), CONSERVATION_DEFAUT)
    regler_contact_donnees(poste, " Région  | donnees@exemple.invalid ")
    assert lire_donnees(poste).contact == ("Région", "donnees@exemple.invalid")
    regler_contact_donnees(poste, "")
    assert lire_donnees(poste).contact == ()


def test_the_notice_is_noted_as_given_and_changes_nothing_else(poste: Poste) -> None:
    personne_id = visite.attribuer(poste, visite_accord(poste, note="sourd")).personne.personne_id
    assert information_remise(poste, personne_id) is None
    avant = personnes.get(poste.base, personne_id), personnes.cle_de(poste.base, personne_id)
    remise = noter_information(poste, personne_id)
    assert (remise.le, remise.agent, remise.a_jour) == (date(2026, 11, 23), "Claire Mabille", True)
    assert (personnes.get(poste.base, personne_id), personnes.cle_de(poste.base, personne_id)) == avant
    # A correction since does not forget it, and the history tells it.
    assert avant[0] is not None
    modifier(poste, replace(avant[0], note="sourd, vient le mardi"))
    assert information_remise(poste, personne_id) == remise
    assert "Notice d’information remise" in [raconter(fait).titre for fait in histoire_personne(poste, personne_id)]
    assert synchroniser(poste).restent == 0 and envoi.en_suspens(poste.base) == ()
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == () and information_remise(poste, personne_id) == remise
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", personne_id, {"cle": None})
    assert information_remise(poste, personne_id) is None
    with pytest.raises(SaisieRefusee, match="personne_absente"):
        noter_information(poste, personne_id)


def test_given_to_one_of_two_records_it_is_given_to_the_person(poste: Poste) -> None:
    une, autre = "une", "autre"
    with poste.base.acte(poste.agent_id) as acte:
        for ident, nom, numero in ((une, "Walbecq", ""), (autre, "Valbeck", "06 39 98 00 55")):
            champs = {"nom_naissance": nom, "prenoms": "Henri", "telephone": numero}
            acte.inscrire("personne.enregistrer", ident, champs)
    noter_information(poste, autre)
    fusionner(poste, une, autre)
    remise = information_remise(poste, une)
    assert remise is not None
    # Noted again for both: what the other record told is still read there, and is not copied.
    noter_information(poste, une)
    sienne = personnes.seule(poste.base, une)
    assert sienne is not None and sienne.telephone == ""
    reunie = personnes.get(poste.base, une)
    assert reunie is not None and reunie.telephone == "06 39 98 00 55"
    assert consultation.actes_sur(poste.base, une)[-1].contenu()["information"]["version"] == 1
