"""Two persons share names and birth date: a *responsable* says so, the Region hears of it, nothing passes 10 unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import Brouillon
from passdesk.protocol import canonique
from passdesk.protocol.operations import TypeOperation
from passdesk.server import administration
from passdesk.services import visite
from passdesk.services.anterieurs import pass_recus
from passdesk.services.fiche import modifier
from passdesk.services.histoire import histoire_personne
from passdesk.services.homonyme import declarer_homonyme, note_de, oublier_homonyme, retirer_homonyme
from passdesk.services.litiges import a_verifier
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import carnets, index_regional, personnes
from passdesk.storage.engine import Base
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.storage.lecture import lignes
from tests.builders import Terrain, terrain, visite_accord

TEXTE = "née à Lille, pas à Creil"


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _corps(base: Base, *genres: TypeOperation) -> list[dict[str, object]]:
    sql = "SELECT type, octets FROM operation o JOIN corps c ON c.op_id = o.op_id ORDER BY o.epoch, o.seq"
    return [canonique.decode(c["octets"]) for c in lignes(base, sql, []) if c["type"] in genres]


def _issue(poste: Poste, brouillon: Brouillon) -> tuple[str, list[str]]:
    decision = visite.apprecier(poste, brouillon).decision
    assert decision is not None
    return decision.issue, [m.code for m in decision.motifs]


def _devenir_mediateur(poste: Poste) -> Poste:
    """Another agent at work at this desk."""
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    return replace(poste, agent_id=agent)


def test_without_a_word_of_a_responsable_the_second_is_refused_and_the_page_says_where_the_number_comes_from(
    lieu: Terrain,
) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    autre = visite_accord(poste)
    assert _issue(poste, autre) == ("refus", ["plafond_atteint"])
    lue = visite.apprecier(poste, autre).provenance
    assert (lue.ici, lue.ailleurs, lue.par_identite, lue.homonyme, lue.peut_dire) == (10, 0, 10, "", True)
    synchroniser(poste)
    deux = lieu.nouveau_poste("Deux")
    synchroniser(deux)
    lue = visite.apprecier(deux, visite_accord(deux)).provenance
    assert (lue.ici, lue.ailleurs, lue.par_identite, lue.liste_le) == (0, 10, 10, "2026-11-23")


def test_ten_and_ten_of_two_homonyms_ends_blocked_with_a_case_until_the_region_closes_it(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    synchroniser(poste)
    dit = declarer_homonyme(poste, visite_accord(poste), "identite_differente", TEXTE)
    assert visite.reprendre(poste, dit.brouillon_id) == dit, "kept at once: it survives a kill"
    assert visite.apprecier(poste, dit).ressemblances == ()
    assert _issue(poste, dit)[0] == "accord"
    attribue = visite.attribuer(poste, dit)
    assert synchroniser(poste).litiges == 1
    synchroniser(poste)
    bloque = carnets.get(poste.base, attribue.carnet.campagne, attribue.carnet.numero)
    assert bloque is not None
    assert bloque.rangs_bloques == tuple(range(1, 11))
    (cas,) = a_verifier(poste).ouverts
    assert (cas.homonyme, cas.excedent) == (True, 10)
    (litige,) = administration.litiges(lieu.region)
    assert (litige.genre, litige.homonyme, litige.excedent) == ("plafond", "identite_differente", 10)
    administration.clore(lieu.region, litige.litige)
    synchroniser(poste)
    rendu = carnets.get(poste.base, attribue.carnet.campagne, attribue.carnet.numero)
    assert rendu is not None
    assert rendu.rangs_bloques == ()


def test_within_ten_a_case_is_opened_all_the_same_and_nothing_is_blocked(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    seul = {"accompagnement": False, "prescripteur": None}
    visite.attribuer(un, visite_accord(un, **seul))
    synchroniser(un)
    synchroniser(deux)
    dit = declarer_homonyme(deux, visite_accord(deux, **seul), "autre", TEXTE)
    attribue = visite.attribuer(deux, dit)
    assert attribue.carnet.taille == 5
    synchroniser(deux)
    (litige,) = administration.litiges(lieu.region)
    assert (litige.homonyme, litige.excedent, [c.rangs for c in litige.carnets]) == ("autre", 0, [(), ()])
    for poste in (un, deux):
        synchroniser(poste)
        (cas,) = a_verifier(poste).ouverts
        assert (cas.homonyme, cas.excedent, [c.bloques for c in cas.ici]) == (True, 0, [0])


def test_only_the_code_of_the_reason_leaves_the_erasable_body(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    dit = declarer_homonyme(poste, visite_accord(poste), "jumeaux_ou_parents", TEXTE)
    personne = visite.attribuer(poste, dit).personne
    fiche = _corps(poste.base, TypeOperation.PERSONNE_ENREGISTRER)[-1]
    assert fiche["homonyme"] == {
        "motif": "jumeaux_ou_parents", "texte": TEXTE, "agent": poste.agent_id, "le": "2026-11-23",
    }  # fmt: skip
    accordee = _corps(poste.base, TypeOperation.ATTRIBUTION_ACCORDER)[-1]
    assert accordee["homonyme"] == "jumeaux_ou_parents"
    assert TEXTE not in str(accordee)
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()
    cle = personnes.cle_de(poste.base, personne.personne_id)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", personne.personne_id, {"cle": cle})
    assert TEXTE.encode() not in b"".join(
        c["octets"] for c in lignes(poste.base, "SELECT octets FROM corps WHERE octets IS NOT NULL", [])
    )
    assert verifier_base(poste.base) == ()
    # Whoever comes under this identity now is counted all that it received: nothing is forgotten.
    assert visite.apprecier(poste, visite_accord(poste)).pass_anterieurs == 20


def test_once_said_it_holds_for_this_person_and_for_nobody_else(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    premiere = visite.attribuer(poste, visite_accord(poste)).personne
    seul = {"accompagnement": False, "prescripteur": None}
    dit = declarer_homonyme(poste, visite_accord(poste, **seul), "identite_differente", "")
    seconde = visite.attribuer(poste, dit).personne
    assert seconde.personne_id != premiere.personne_id
    suite = visite.adopter(visite_accord(poste, **seul, complementaire=True), seconde)
    apercu = visite.apprecier(poste, suite)
    assert (apercu.pass_anterieurs, apercu.provenance.homonyme) == (5, "identite_differente")
    visite.attribuer(poste, suite)
    assert _corps(poste.base, TypeOperation.ATTRIBUTION_ACCORDER)[-1]["homonyme"] == "identite_differente"
    assert visite.apprecier(poste, visite.adopter(visite_accord(poste), premiere)).pass_anterieurs == 20
    # Said of one identity, not of another typed over it.
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Carlier"))
    assert visite.apprecier(poste, replace(dit, nom_naissance="Carlier")).pass_anterieurs == 10
    cle = personnes.cle_de(poste.base, seconde.personne_id)
    assert cle is not None
    index_regional.ajouter(poste.base, 900, cle, 5, date(2026, 11, 20), "ailleurs")
    assert sum(a.nombre for a in pass_recus(poste, seconde.personne_id, None).tous) == 10
    # Merged after all: they are one, and everything counts.
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.fusionner", seconde.personne_id, {"absorbee": premiere.personne_id})
    assert sum(a.nombre for a in pass_recus(poste, seconde.personne_id, None).tous) == 25


def test_an_incomplete_visit_keeps_what_was_said(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    complete = visite_accord(poste)
    visite.attribuer(poste, complete)
    dit = declarer_homonyme(poste, visite_accord(poste, pieces=complete.pieces[:2]), "identite_differente", "")
    garde = visite.garder(poste, dit)
    assert garde is not None
    assert visite.attribuer(poste, replace(garde, pieces=complete.pieces)).carnet.taille == 10
    assert [("homonyme" in corps) for corps in _corps(poste.base, TypeOperation.PERSONNE_ENREGISTRER)] == [False, True]
    assert _corps(poste.base, TypeOperation.PERSONNE_MODIFIER) == []


@pytest.mark.parametrize(
    ("motif", "texte", "code"),
    [("", "", "homonyme_sans_motif"), ("autre", "  ", "homonyme_a_preciser"), ("voisin", "x", "homonyme_sans_motif")],
)
def test_a_reason_is_asked(lieu: Terrain, motif: str, texte: str, code: str) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    with pytest.raises(SaisieRefusee) as refus:
        declarer_homonyme(poste, visite_accord(poste), motif, texte)
    assert refus.value.code == code


def test_a_mediator_cannot_say_it_nor_use_a_draft_that_pretends_it(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    mediateur = _devenir_mediateur(poste)
    brouillon = visite_accord(mediateur)
    with pytest.raises(SaisieRefusee) as refus:
        declarer_homonyme(mediateur, brouillon, "identite_differente", "")
    assert refus.value.code == "homonyme_reserve"
    assert not visite.apprecier(mediateur, brouillon).provenance.peut_dire
    dit = declarer_homonyme(poste, brouillon, "identite_differente", "")
    assert dit.homonyme is not None
    pretendu = replace(dit, homonyme=replace(dit.homonyme, agent=mediateur.agent_id))
    assert _issue(mediateur, pretendu)[0] == "refus"
    # What the responsable said holds, whoever finishes the visit.
    assert _issue(mediateur, dit)[0] == "accord"


def test_nobody_is_a_homonym_of_nobody(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    with pytest.raises(SaisieRefusee) as refus:
        declarer_homonyme(poste, visite_accord(poste), "identite_differente", "")
    assert refus.value.code == "homonyme_sans_objet"


def _deux_homonymes(poste: Poste, **champs: object) -> tuple[str, str]:
    """Two persons awarded under one identity, the second noted a homonym: their ids."""
    premiere = visite.attribuer(poste, visite_accord(poste, **champs)).personne
    dit = declarer_homonyme(poste, visite_accord(poste, **champs), "jumeaux_ou_parents", TEXTE)
    return premiere.personne_id, visite.attribuer(poste, dit).personne.personne_id


def _recus(poste: Poste, personne_id: str) -> int:
    return sum(a.nombre for a in pass_recus(poste, personne_id, personnes.cle_de(poste.base, personne_id)).tous)


def test_said_in_this_visit_it_is_unsaid_there_and_the_look_alike_is_asked_again(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    dit = declarer_homonyme(poste, visite_accord(poste), "identite_differente", "")
    assert visite.apprecier(poste, dit).provenance.dans_la_visite
    sans = oublier_homonyme(poste, dit)
    assert visite.reprendre(poste, dit.brouillon_id) == sans
    assert _issue(poste, sans)[0] == "refus"
    assert len(visite.apprecier(poste, sans).ressemblances) == 1
    with pytest.raises(SaisieRefusee, match="homonyme_reserve"):
        oublier_homonyme(_devenir_mediateur(poste), dit)


def test_taken_back_after_the_award_everything_counts_again_here_and_at_the_region(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    premiere, seconde = _deux_homonymes(poste)
    synchroniser(poste)
    synchroniser(poste)
    note = note_de(poste, seconde)
    assert note is not None
    assert (note.motif, note.texte, note.agent, note.le) == (
        "jumeaux_ou_parents", TEXTE, "Claire Mabille", "2026-11-23",
    )  # fmt: skip
    assert (note.ici, note.ensemble, note.plafond, note.peut_retirer) == (10, 20, 10, True)
    assert note_de(poste, premiere) is None
    administration.clore(lieu.region, administration.litiges(lieu.region)[0].litige)
    retirer_homonyme(poste, seconde, "meme_personne")
    assert (_recus(poste, seconde), note_de(poste, seconde)) == (20, None)
    assert _issue(poste, visite.adopter(visite_accord(poste), personnes.get(poste.base, seconde)))[0] == "refus"  # type: ignore[arg-type]
    # Nothing is taken from the person by the desk: the Region blocks, and a person decides.
    assert synchroniser(poste).litiges == 1
    synchroniser(poste)
    (litige,) = administration.litiges(lieu.region)
    assert (litige.excedent, litige.homonyme) == (10, "")
    ancien, nouveau = sorted(a_verifier(poste).ouverts, key=lambda cas: cas.litige_id)
    assert [(cas.homonyme, cas.retire, cas.note, cas.excedent) for cas in (ancien, nouveau)] == [
        (False, True, None, 10),
        (False, True, None, 10),
    ]
    assert [carnet.bloques for carnet in nouveau.ici if carnet.carnet.personne_id == seconde] == [10]
    assert histoire_personne(poste, seconde)[0].faits == {"genre": "homonyme_retire", "motif": "meme_personne"}


def test_said_under_a_name_corrected_since_it_is_told_with_what_that_name_had(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _, seconde = _deux_homonymes(poste)
    cle, personne = personnes.cle_de(poste.base, seconde), personnes.get(poste.base, seconde)
    assert cle is not None and personne is not None
    index_regional.ajouter(poste.base, 900, cle, 5, date(2026, 11, 20), "ailleurs")
    modifier(poste, replace(personne, nom_naissance="Carlier"))
    note = note_de(poste, seconde)
    assert note is not None
    assert (note.ici, note.ensemble) == (10, 15)
    retirer_homonyme(poste, seconde, "autre")
    assert _recus(poste, seconde) == 15


def test_taken_back_before_any_award_nothing_opens_anywhere(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    complete = visite_accord(poste)
    dit = declarer_homonyme(poste, replace(complete, pieces=complete.pieces[:2]), "identite_differente", "")
    garde = visite.garder(poste, dit)
    assert garde is not None and garde.personne_id is not None
    assert _issue(poste, replace(garde, pieces=complete.pieces))[0] == "accord"
    retirer_homonyme(poste, garde.personne_id, "par_megarde")
    repris = visite.reprendre(poste, garde.brouillon_id)
    assert repris is not None and repris.homonyme is None, "the visit that goes on forgets it too"
    assert _issue(poste, replace(repris, pieces=complete.pieces))[0] == "refus"
    synchroniser(poste)
    assert administration.litiges(lieu.region, tous=True) == ()
    # Said again, it holds again.
    encore = declarer_homonyme(poste, replace(repris, pieces=complete.pieces), "autre", TEXTE)
    assert visite.attribuer(poste, encore).carnet.taille == 10
    assert note_de(poste, garde.personne_id) is not None


def test_it_is_kept_with_codes_alone_and_survives_an_erasure(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _, seconde = _deux_homonymes(poste)
    retirer_homonyme(poste, seconde, "par_megarde")
    assert _corps(poste.base, TypeOperation.LITIGE_NOTER) == [{"genre": "homonyme_retire", "motif": "par_megarde"}]
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", seconde, {"cle": personnes.cle_de(poste.base, seconde)})
    assert len(_corps(poste.base, TypeOperation.LITIGE_NOTER)) == 1
    assert verifier_base(poste.base) == ()


def test_who_may_take_it_back_and_of_whom(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    premiere, seconde = _deux_homonymes(poste)
    sam = _devenir_mediateur(poste)
    cas = ((sam, seconde, "autre", "homonyme_reserve"), (poste, seconde, "", "homonyme_sans_motif"),
           (poste, premiere, "autre", "homonyme_absent"))  # fmt: skip
    for qui, personne_id, motif, code in cas:
        with pytest.raises(SaisieRefusee, match=code):
            retirer_homonyme(qui, personne_id, motif)
    note = note_de(sam, seconde)
    assert note is not None and not note.peut_retirer
    # Two records made one: the word is idle, there is nothing to take back; parted again, it holds again.
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.fusionner", premiere, {"absorbee": seconde})
    assert note_de(poste, premiere) is None
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.fusionner", premiere, {"absorbee": seconde, "annule": True}, v=2)
    assert note_de(poste, seconde) is not None


def test_within_ten_the_case_says_that_nothing_is_blocked(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _, seconde = _deux_homonymes(poste, accompagnement=False, prescripteur=None)
    synchroniser(poste)
    synchroniser(poste)
    (cas,) = a_verifier(poste).ouverts
    assert cas.homonyme and cas.note is not None and cas.note.ensemble == 10
    retirer_homonyme(poste, seconde, "autre")
    synchroniser(poste)
    (cas,) = a_verifier(poste).ouverts
    assert (cas.homonyme, cas.retire, cas.excedent) == (False, True, 0)
    assert administration.litiges(lieu.region) == ()
