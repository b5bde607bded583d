"""A *responsable* lifts a refusal where the règlement lets one: kept, awarded, explained, received by the Region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from passdesk.domain.derogation import DerogationAccordee
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import Apercu, Brouillon
from passdesk.printing.lettre import papier_lettre
from passdesk.printing.lettre_mots import texte_lettre
from passdesk.protocol import canonique
from passdesk.protocol.operations import TypeOperation
from passdesk.server.reglements import publier_reglement
from passdesk.services import visite
from passdesk.services.decision import decision_du_carnet, expliquer
from passdesk.services.derogation import LONGUEUR_RAISON, accorder, retirer
from passdesk.services.lettre import lettre
from passdesk.services.poste import Poste
from passdesk.services.reglements_connus import reglements_livres
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.storage.lecture import lignes
from tests.builders import Terrain, poste_enrole, terrain
from tests.printing.fabrique import textes_du_pdf
from tests.services.derogations import ARTICLE, RAISON, publier, refusee, texte_derogeable


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as ouvert:
        publier(ouvert)
        yield ouvert


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def mediateur(poste: Poste) -> Poste:
    """Another agent at work at this desk."""
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    return replace(poste, agent_id=agent)


def juge(poste: Poste, brouillon: Brouillon) -> tuple[str, list[str]]:
    decision = visite.apprecier(poste, brouillon).decision
    assert decision is not None
    return decision.issue, [motif.code for motif in decision.motifs]


def offre(poste: Poste, brouillon: Brouillon) -> tuple[str, bool, list[str]] | None:
    """Who may lift, whether the agent at work may, what."""
    possible = visite.apprecier(poste, brouillon).derogation
    return possible and (possible.par, possible.peut_dire, [motif.code for motif in possible.refus])


def ecrits(poste: Poste) -> dict[str, list[dict[str, object]]]:
    sql = "SELECT type, octets FROM operation o JOIN corps c ON c.op_id = o.op_id ORDER BY o.epoch, o.seq"
    rendus: dict[str, list[dict[str, object]]] = {}
    for champs in lignes(poste.base, sql, []):
        rendus.setdefault(champs["type"], []).append(canonique.decode(champs["octets"]))
    return rendus


def code_du_refus(poste: Poste, brouillon: Brouillon, raison: str) -> str:
    with pytest.raises(SaisieRefusee) as refus:
        accorder(poste, brouillon, raison)
    return refus.value.code


def test_a_refusal_is_lifted_kept_in_the_draft_and_withdrawn_at_will(poste: Poste) -> None:
    brouillon = refusee(poste)
    assert juge(poste, brouillon) == ("refus", ["domicile_hors_region"])
    assert offre(poste, brouillon) == ("responsable", True, ["domicile_hors_region"])
    dit = accorder(poste, brouillon, f"  {RAISON}\n")
    assert visite.reprendre(poste, dit.brouillon_id) == dit, "kept at once: it survives a kill"
    assert juge(poste, dit) == ("accord", ["accompagne_carnet_10", "derogation"])
    apercu: Apercu = visite.apprecier(poste, dit)
    assert apercu.derogation is not None and apercu.derogation.accordee is not None
    assert (apercu.derogation.accordee.raison, apercu.derogation.agent) == (RAISON, "Claire Mabille")
    assert (apercu.derogation.motif.article, apercu.derogation.accordee.le) == (ARTICLE, "2026-11-23")
    sans = retirer(poste, dit)
    assert juge(poste, sans) == ("refus", ["domicile_hors_region"])
    assert visite.reprendre(poste, dit.brouillon_id) == sans
    assert len(accorder(poste, brouillon, "x" * 999).derogation.raison) == LONGUEUR_RAISON  # type: ignore[union-attr]


def test_neither_shipped_reglement_offers_it(poste: Poste) -> None:
    for arrivee in ("15/01/2022", "20/10/2026"):
        brouillon = refusee(poste, arrivee_le=arrivee)
        assert offre(poste, brouillon) is None
        assert code_du_refus(poste, brouillon, RAISON) == "derogation_sans_objet"


def test_only_all_the_refusals_of_a_request_and_only_those_it_was_granted_for(poste: Poste) -> None:
    """What comes to be refused later is not lifted in silence; what is refused no more needs nothing."""
    dit = accorder(poste, refusee(poste, public="senior"), RAISON)
    assert dit.derogation is not None
    assert dit.derogation.leves == ("domicile_hors_region", "age_hors_public")
    seul = accorder(poste, refusee(poste), RAISON)
    assert juge(poste, replace(seul, public="senior"))[0] == "refus"
    assert juge(poste, replace(seul, commune="59249")) == ("accord", ["accompagne_carnet_10"])
    assert offre(poste, refusee(poste, public="lyceen", etablissement="")) is None, "a closed public is never lifted"


def test_it_was_granted_of_what_was_seen_and_of_nothing_else(poste: Poste) -> None:
    """The same refusal for another reason of fact is not the one that somebody lifted."""
    dit = accorder(poste, refusee(poste), RAISON)
    relu = visite.reprendre(poste, dit.brouillon_id)
    assert relu == dit and juge(poste, relu)[0] == "accord"
    assert juge(poste, replace(dit, commune="13055"))[0] == "refus", "another home outside the region"
    jeune = accorder(poste, refusee(poste, commune="59249", public="jeune_insertion", naissance="12/04/2000"), RAISON)
    assert jeune.derogation is not None and jeune.derogation.leves == ("age_hors_public",)
    assert juge(poste, replace(jeune, public="senior"))[0] == "refus", "another age that is not the one asked"
    assert juge(poste, replace(jeune, naissance="12/04/1960"))[0] == "refus"
    # One that an earlier program kept says nothing of it, and holds.
    ancien = replace(dit, derogation=replace(dit.derogation, sur=()))  # type: ignore[type-var]
    assert juge(poste, replace(ancien, commune="13055"))[0] == "accord"


def test_who_may(poste: Poste) -> None:
    sam = mediateur(poste)
    assert offre(sam, refusee(sam)) == ("responsable", False, ["domicile_hors_region"])
    assert code_du_refus(sam, refusee(sam), RAISON) == "derogation_reservee"
    assert code_du_refus(poste, refusee(poste), "  \n ") == "derogation_sans_raison"
    dit = accorder(poste, refusee(poste), RAISON)
    assert dit.derogation is not None
    # What the responsable granted holds, whoever finishes the visit; a draft that pretends it does not.
    assert juge(sam, dit)[0] == "accord"
    assert juge(sam, replace(dit, derogation=replace(dit.derogation, agent=sam.agent_id)))[0] == "refus"
    with pytest.raises(SaisieRefusee, match="derogation_reservee"):
        retirer(sam, dit)


def test_where_the_region_alone_may_the_desk_lifts_nothing(tmp_path: Path) -> None:
    with poste_enrole(tmp_path) as poste:
        publier(poste, "region")
        assert offre(poste, refusee(poste)) == ("region", True, ["domicile_hors_region"])
        assert code_du_refus(poste, refusee(poste), RAISON) == "derogation_sans_objet"
        # One granted before the Region kept it for itself lifts nothing any more.
        ancienne = DerogationAccordee(RAISON, poste.agent_id, "2026-11-20", ("domicile_hors_region",))
        apercu = visite.apprecier(poste, refusee(poste, derogation=ancienne))
        assert apercu.derogation is not None and apercu.derogation.accordee is None
        assert apercu.decision is not None and apercu.decision.issue == "refus"


def test_the_award_holds_codes_and_the_reason_goes_with_an_erasure(poste: Poste) -> None:
    attribue = visite.attribuer(poste, accorder(poste, refusee(poste), RAISON))
    actes = ecrits(poste)
    (accordee,) = actes[TypeOperation.ATTRIBUTION_ACCORDER]
    assert accordee["motifs"] == ["accompagne_carnet_10", "derogation"]
    assert accordee["derogation"] == {"par": "responsable", "leves": ["domicile_hors_region"]}
    portent = {genre for genre, corps in actes.items() if RAISON in str(corps)}
    assert portent == {TypeOperation.DEMANDE_DEPOSER}
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()
    personne_id = attribue.personne.personne_id
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", personne_id, {"cle": personnes.cle_de(poste.base, personne_id)})
    for table in ("corps", "decision_faits", "brouillon"):
        octets = lignes(poste.base, f"SELECT octets FROM {table} WHERE octets IS NOT NULL", [])
        assert not any(RAISON.encode() in champs["octets"] for champs in octets)
    assert verifier_base(poste.base) == ()


def test_it_is_explained_years_later_with_who_granted_it_and_printed(poste: Poste) -> None:
    attribue = visite.attribuer(poste, accorder(poste, refusee(poste), RAISON))
    decision_id = decision_du_carnet(poste, attribue.carnet.campagne, attribue.carnet.numero)
    explication = expliquer(poste, decision_id)
    assert explication.rejeu.etat == "meme"
    faits = explication.prise.faits
    assert faits is not None and faits.dossier.derogation is not None
    assert (faits.dossier.derogation.raison, faits.derogation_le) == (RAISON, "2026-11-23")
    assert explication.prise.derogation_agent == "Claire Mabille"
    contenu = lettre(poste, decision_id)
    ecrit = " ".join(" ".join(textes_du_pdf(papier_lettre(contenu, texte_lettre(contenu)).pdf)).split())
    for phrase in ("dérogation", "votre adresse est hors des Hauts-de-France", RAISON, ARTICLE[1:]):
        assert phrase in ecrit


def test_an_incomplete_request_keeps_it_until_its_papers_are_there(poste: Poste) -> None:
    complete = refusee(poste)
    dit = accorder(poste, replace(complete, pieces=complete.pieces[:2]), RAISON)
    assert juge(poste, dit) == ("incomplet", ["justificatif_manquant", "derogation"])
    garde = visite.garder(poste, dit)
    assert garde is not None
    assert ecrits(poste)[TypeOperation.ATTRIBUTION_REFUSER][-1]["derogation"] == {
        "par": "responsable", "leves": ["domicile_hors_region"],
    }  # fmt: skip
    repris = visite.reprendre(poste, garde.brouillon_id)
    assert repris is not None and repris.derogation == dit.derogation
    assert visite.attribuer(poste, replace(repris, pieces=complete.pieces)).carnet.taille == 10
    assert RAISON in str(ecrits(poste)[TypeOperation.DEMANDE_COMPLETER][-1])


def test_the_region_takes_it_and_keeps_it(lieu: Terrain) -> None:
    publier_reglement(lieu.region, texte_derogeable(), "essai.toml", reglements_livres())
    poste = lieu.nouveau_poste()
    assert juge(poste, refusee(poste))[0] == "refus"
    visite.attribuer(poste, accorder(poste, refusee(poste), RAISON))
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.litiges) == ("fini", 0)
    with lieu.region.magasin.lire() as tx:
        resultats = tx.toutes(
            "SELECT o.type, o.resultat, c.seq IS NOT NULL FROM operation o LEFT JOIN corps c ON c.device = o.device "
            "AND c.epoch = o.epoch AND c.seq = o.seq WHERE o.type IN ('demande.deposer', 'attribution.accorder') "
            "ORDER BY o.srv_seq"
        )
        (attribue,) = tx.toutes("SELECT taille, etat FROM attribution")
    assert [(genre, dit, bool(garde)) for genre, dit, garde in resultats] == [
        ("demande.deposer", "appliquee", True),
        ("attribution.accorder", "appliquee", True),
    ]
    assert attribue == (10, "en_vigueur")
