"""A person's file: every field kept, given back, corrected, erased; the channel of a request, and who saw a proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.demande import JustificatifPresente
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import Personne
from passdesk.services import fiche, visite
from passdesk.services.poste import Poste
from passdesk.storage import brouillons, demandes, personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.builders import MIDI, poste_enrole, visite_accord

SUITE = {
    "nom_usage": "Vandewalle",
    "lieu_naissance": "Hirson",
    "adresse": "14 rue de la Tisseranderie",
    "complement_adresse": "Bâtiment C",
    "code_postal": "59610",
    "courriel": "maelle@exemple.invalid",
    "preference_contact": "sms",
    "besoins": ("gros_caracteres", "lecture_difficile"),
    "langue": "vietnamien",
    "note": "Vient le mardi",
}


@pytest.fixture(scope="module")
def lieu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    with poste_enrole(tmp_path_factory.mktemp("fiche")) as poste:
        yield poste


def _servie(poste: Poste, nom: str, **champs: object) -> Personne:
    brouillon = visite_accord(poste, nom_naissance=nom, pieces=(), **SUITE | champs)
    garde = visite.garder(poste, brouillon)
    assert garde is not None and garde.personne_id is not None
    lue = personnes.get(poste.base, garde.personne_id)
    assert lue is not None
    return lue


def test_every_field_typed_is_recorded_and_given_back(lieu: Poste) -> None:
    personne = _servie(lieu, "Dufresnoy", note="  Vient le mardi\n", besoins=("lecture_difficile", "gros_caracteres"))
    assert {champ: getattr(personne, champ) for champ in SUITE} == SUITE
    assert (personne.naissance, personne.commune) == (date(1987, 4, 12), "59249")
    rendu = visite.ouvrir_visite(lieu, personne.personne_id)
    vides = {champ.name for champ in fields(Personne) if not getattr(rendu, champ.name)}
    assert vides == set()
    assert fiche.personne_du_brouillon(rendu, personne.personne_id, personne.naissance) == personne


def test_the_same_identity_again_is_not_written_again(lieu: Poste) -> None:
    personne = _servie(lieu, "Deuxfois")
    avant = _actes(lieu, personne.personne_id)
    encore = replace(visite_accord(lieu), **vars_de(visite.ouvrir_visite(lieu, personne.personne_id)), pieces=())
    visite.garder(lieu, encore)
    assert [genre for genre in _actes(lieu, personne.personne_id)[len(avant) :] if genre.startswith("personne.")] == []


def vars_de(brouillon: object) -> dict[str, object]:
    champs = ("personne_id", "naissance", "commune", "besoins", *fiche.TEXTES)
    return {champ: getattr(brouillon, champ) for champ in champs}


def _actes(poste: Poste, personne_id: str) -> list[str]:
    sql = "SELECT type FROM operation WHERE subject_id = ? ORDER BY epoch, seq"
    return [genre for (genre,) in poste.base.db.execute(sql, [personne_id]).fetchall()]


def test_a_file_corrected_outside_a_visit(lieu: Poste) -> None:
    personne = _servie(lieu, "Acorriger")
    corrigee = replace(personne, nom_naissance="Corrigée", telephone="06 39 98 00 77", note="")
    assert fiche.modifier(lieu, corrigee) == corrigee
    assert personnes.get(lieu.base, personne.personne_id) == corrigee
    assert _actes(lieu, personne.personne_id)[-1] == "personne.modifier"
    # The key follows the name, and saying the same twice adds nothing.
    attendue = lieu.cle_de_la_personne("Corrigée", corrigee.prenoms, date(1987, 4, 12))
    assert personnes.cle_de(lieu.base, personne.personne_id) == attendue
    nombre = len(_actes(lieu, personne.personne_id))
    fiche.modifier(lieu, corrigee)
    assert len(_actes(lieu, personne.personne_id)) == nombre


@pytest.mark.parametrize(("champs", "code"), [({"nom_naissance": ""}, "identite_sans_nom"),
                                              ({"personne_id": "inconnue"}, "personne_absente")])  # fmt: skip
def test_a_file_that_cannot_be_is_refused_and_stays(lieu: Poste, champs: dict[str, str], code: str) -> None:
    personne = _servie(lieu, f"Refus{code}")
    with pytest.raises(SaisieRefusee) as refus:
        fiche.modifier(lieu, replace(personne, **champs))
    assert refus.value.code == code
    assert personnes.get(lieu.base, personne.personne_id) == personne


def test_the_channel_and_who_saw_the_proofs(lieu: Poste) -> None:
    brouillon = replace(visite_accord(lieu, nom_naissance="Parcourrier"), canal="courrier")
    brouillon = replace(brouillon, pieces=brouillon.pieces[:2])
    garde = visite.garder(lieu, brouillon)
    assert garde is not None and garde.demande_id is not None
    demande = demandes.get(lieu.base, garde.demande_id)
    assert demande is not None
    assert demande.canal == "courrier"
    assert {(c.piece.type, c.vu_par, c.constate) for c in demande.constats} == {
        (genre, lieu.agent_id, MIDI) for genre in ("piece_identite", "justificatif_domicile")
    }
    assert JustificatifPresente("justificatif_domicile", date(2026, 10, 18)) in demande.justificatifs


def test_an_erasure_leaves_no_field_and_a_rebuild_gives_the_same_tables(lieu: Poste, tmp_path: Path) -> None:
    personne = _servie(lieu, "Aeffacer", lieu_naissance="Xylokanaville")
    with lieu.base.acte(lieu.agent_id) as acte:
        acte.inscrire("personne.effacer", personne.personne_id, {"cle": b"k" * 16})
    (ligne,) = lieu.base.db.query("SELECT * FROM personne WHERE personne_id = ?", [personne.personne_id])
    restent = {nom for nom, valeur in ligne.items() if valeur not in ("", None, "[]")}
    assert restent == {"rang", "personne_id", "cle", "efface", "cree", "modifie"}
    assert verifier_base(lieu.base) == ()
    reconstruire_projections(lieu.base)
    assert verifier_base(lieu.base) == ()


def test_a_correction_waits_on_disk_until_it_can_be_recorded(lieu: Poste) -> None:
    personne = _servie(lieu, "Attente")
    ouverte = fiche.ouvrir(lieu, personne.personne_id)
    assert ouverte is not None and not ouverte.commencee
    tape = replace(ouverte.brouillon, naissance="31/02/1987", telephone="06 39 98 00 11")
    fiche.garder(lieu, tape)
    assert fiche.ouvrir(lieu, personne.personne_id) == fiche.Correction(tape, commencee=True)
    with pytest.raises(SaisieRefusee) as refus:
        fiche.enregistrer(lieu, tape)
    assert refus.value.code == "naissance_a_revoir"
    fiche.enregistrer_ou_garder(lieu, replace(tape, prenoms=""))
    assert fiche.ouvrir(lieu, personne.personne_id) == fiche.Correction(replace(tape, prenoms=""), commencee=True)
    assert personnes.get(lieu.base, personne.personne_id) == personne
    fiche.enregistrer_ou_garder(lieu, replace(tape, naissance="28/02/1987"))
    attendue = replace(personne, naissance=date(1987, 2, 28), telephone="06 39 98 00 11")
    assert personnes.get(lieu.base, personne.personne_id) == attendue
    assert fiche.ouvrir(lieu, personne.personne_id) == fiche.Correction(replace(tape, naissance="28/02/1987"))
    # Left as it was: nothing waits any more.
    fiche.garder(lieu, tape)
    fiche.laisser(lieu, personne.personne_id)
    lue = fiche.ouvrir(lieu, personne.personne_id)
    assert lue is not None and not lue.commencee


def test_a_visit_already_open_follows_the_correction_and_keeps_what_it_typed(lieu: Poste) -> None:
    personne = _servie(lieu, "Suivie")
    (ouverte,) = [g.brouillon for g in brouillons.lister(lieu.base) if g.brouillon.personne_id == personne.personne_id]
    visite.noter(lieu, replace(ouverte, courriel="tape.ici@exemple.invalid"))
    corrigee = replace(personne, nom_naissance="Suivi", courriel="autre@exemple.invalid", commune="59036")
    fiche.modifier(lieu, corrigee)
    suite = visite.reprendre(lieu, ouverte.brouillon_id)
    assert suite is not None
    assert (suite.nom_naissance, suite.commune, suite.courriel) == ("Suivi", "59036", "tape.ici@exemple.invalid")
    # Completed later, the request does not bring the old name back.
    visite.garder(lieu, suite)
    relue = personnes.get(lieu.base, personne.personne_id)
    assert relue == replace(corrigee, courriel="tape.ici@exemple.invalid")


def test_an_erasure_drops_the_correction_too(lieu: Poste) -> None:
    personne = _servie(lieu, "Effacee")
    ouverte = fiche.ouvrir(lieu, personne.personne_id)
    assert ouverte is not None
    fiche.garder(lieu, replace(ouverte.brouillon, note="Xylokanari"))
    with lieu.base.acte(lieu.agent_id) as acte:
        acte.inscrire("personne.effacer", personne.personne_id, {"cle": b"k" * 16})
    assert lieu.base.db.execute("SELECT count(*) FROM fiche_en_saisie").fetchone() == (0,)
    assert fiche.ouvrir(lieu, personne.personne_id) is None
