"""Two records of one person, on a desk really enrolled: seen side by side, made one, and two again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from passdesk.app import load_communes
from passdesk.domain.accompagnement import THEMATIQUES, Accompagnement
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import Personne
from passdesk.domain.visite import Brouillon
from passdesk.services.accompagnements import noter
from passdesk.services.fiche import garder as garder_correction
from passdesk.services.fiche import modifier, ouvrir
from passdesk.services.fusion import apercu, candidates, defaire, fusionner, fusions_de
from passdesk.services.homonyme import declarer_homonyme
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.personnes import chercher, fiche
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.services.visite import adopter, attribuer, garder, ouvrir_visite
from passdesk.services.visite import noter as enregistrer_brouillon
from passdesk.storage import brouillons, fiches, index_regional, personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.storage.lecture import lignes
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, poste_enrole, visite_accord

THEME = (next(iter(THEMATIQUES)),)
CANARI = "henri@canari.example"


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk where one person has two files, with a carnet of 10 handed over under each."""
    with poste_enrole(tmp_path_factory.mktemp("modele")) as poste:
        for nom in ("Walbecq", "Valbeck"):
            _servir(poste, visite_accord(poste, nom_naissance=nom, prenoms="Henri"))
        return poste.dossier


def _servir(poste: Poste, visite: Brouillon) -> str:
    """A carnet awarded and handed over; the person's id."""
    attribue = attribuer(poste, visite)
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    return attribue.personne.personne_id


@pytest.fixture
def poste(tmp_path: Path, modele: Path) -> Iterator[Poste]:
    shutil.copytree(modele, tmp_path / "poste")
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    yield poste
    poste.fermer()


@pytest.fixture
def paire(poste: Poste) -> tuple[str, str]:
    """Ids of Walbecq and of Valbeck."""
    ids = {personne.nom_naissance: personne.personne_id for personne in personnes.recentes(poste.base, 5)}
    return ids["Walbecq"], ids["Valbeck"]


def _recus(poste: Poste, personne_id: str) -> int:
    lue = fiche(poste, personne_id)
    assert lue is not None
    return lue.recus


def _code(refus: pytest.ExceptionInfo[SaisieRefusee]) -> str:
    return refus.value.code


def test_looked_at_before_anything_changes_and_warned_above_ten(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    (semblable,) = candidates(poste, garde, "", load_communes()).trouvees
    assert semblable.personne.personne_id == autre
    assert [t.personne.personne_id for t in candidates(poste, garde, "henri", load_communes()).trouvees] == [autre]
    vu = apercu(poste, garde, autre)
    assert (vu.garde.recus, vu.absorbee.recus, vu.ensemble, vu.depasse, vu.obstacle) == (10, 10, 20, True, "")
    assert fusions_de(poste, garde) == ()
    assert _recus(poste, garde) == 10


def _completer_l_autre(poste: Poste, paire: tuple[str, str]) -> Personne:
    """The first record knows no telephone, birth date nor home; the other one says more. Returns the first."""
    garde, autre = (personnes.get(poste.base, personne_id) for personne_id in paire)
    assert garde is not None and autre is not None
    modifier(
        poste, replace(autre, adresse="14 rue des Peupliers", code_postal="59610", courriel=CANARI, note="la note")
    )
    return modifier(poste, replace(garde, telephone="", naissance=None, commune=None, note="la mienne"))


def test_what_the_kept_record_lacks_is_read_in_the_other_and_undone_exactly(
    poste: Poste, paire: tuple[str, str]
) -> None:
    garde, autre = paire
    avant = _completer_l_autre(poste, paire)
    source = personnes.get(poste.base, autre)
    assert source is not None
    attendue = replace(source, personne_id=garde, nom_naissance="Walbecq", note="la mienne")
    assert apercu(poste, garde, autre).reunie == attendue
    assert personnes.get(poste.base, garde) == avant, "nothing is changed by looking"
    fusionner(poste, garde, autre)
    assert personnes.get(poste.base, garde) == personnes.get(poste.base, autre) == attendue
    assert personnes.recentes(poste.base, 5) == (attendue,)
    for texte in ("walbecq", "valbeck", "06 39 98", "12/04/1987", "fourmies"):
        trouvees = chercher(poste, texte, load_communes()).trouvees
        assert [t.personne for t in trouvees] == [attendue], texte
        assert [t.reunie for t in trouvees] == ["Henri Valbeck" if texte == "valbeck" else ""], texte
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    assert (personnes.get(poste.base, garde), personnes.get(poste.base, autre)) == (avant, source)
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()


def test_a_correction_meanwhile_copies_nothing_of_the_other_record(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    avant = _completer_l_autre(poste, paire)
    fusionner(poste, garde, autre)
    vue = personnes.get(poste.base, garde)
    assert vue is not None
    corrigee = modifier(poste, replace(vue, nom_usage="Marin", telephone=""))
    assert personnes.get(poste.base, garde) == corrigee, "a telephone taken away does not come back"
    modifier(poste, replace(corrigee, langue="picard"))
    assert personnes.get(poste.base, garde) == replace(corrigee, langue="picard")
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    assert personnes.get(poste.base, garde) == replace(avant, nom_usage="Marin", langue="picard")
    assert personnes.cle_de(poste.base, garde) is None, "no key of an identity that this record does not tell"
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", autre, {"cle": personnes.cle_de(poste.base, autre)})
    restes = b"".join(champs["octets"] for champs in lignes(poste.base, "SELECT octets FROM corps", []))
    assert CANARI.encode() not in restes and b"Peupliers" not in restes
    assert verifier_base(poste.base) == ()


def test_a_visit_meanwhile_records_the_identity_it_was_shown(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    _completer_l_autre(poste, paire)
    fusionner(poste, garde, autre)
    vue = personnes.get(poste.base, garde)
    assert vue is not None
    visite = adopter(visite_accord(poste), vue)
    assert visite.naissance == "12/04/1987"
    assert garder(poste, visite) is None, "20 pass: refused"
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    apres = personnes.get(poste.base, garde)
    assert apres is not None
    assert (apres.naissance, apres.telephone, apres.courriel) == (date(1987, 4, 12), "", "")
    assert personnes.cle_de(poste.base, garde) == poste.cle_de_la_personne("Walbecq", "Henri", date(1987, 4, 12))


def test_what_is_being_typed_for_the_kept_record_follows_and_goes_back(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    avant = _completer_l_autre(poste, paire)
    visite = replace(adopter(visite_accord(poste), avant), nom_usage="Tapé")
    brouillons.enregistrer(poste.base, visite)
    correction = ouvrir(poste, garde)
    assert correction is not None
    garder_correction(poste, replace(correction.brouillon, langue="picard"))

    def saisis() -> list[tuple[str, ...]]:
        en_cours = [brouillons.get(poste.base, visite.brouillon_id), fiches.get(poste.base, garde)]
        return [(b.telephone, b.naissance, b.nom_usage, b.langue) for b in en_cours if b is not None]

    vides = [("", "", "Tapé", ""), ("", "", "", "picard")]
    assert saisis() == vides
    fusionner(poste, garde, autre)
    assert saisis() == [("06 39 98 00 12", "12/04/1987", *suite) for _, _, *suite in vides]
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    assert saisis() == vides


def test_the_pass_announced_are_those_counted_afterwards_homonyms_aside(poste: Poste) -> None:
    seul = {"accompagnement": False, "prescripteur": None}
    un = _servir(poste, visite_accord(poste))
    dit = declarer_homonyme(poste, visite_accord(poste, **seul), "identite_differente", "")
    deux = _servir(poste, dit)
    ailleurs = _servir(poste, visite_accord(poste, **seul, nom_naissance="Carlier"))
    cle = personnes.cle_de(poste.base, deux)
    assert cle is not None
    index_regional.ajouter(poste.base, 900, cle, 5, date(2026, 11, 20), "ailleurs")
    # 10 and 5 awarded under one key, 5 under another, 5 at another desk: whose they are depends on what was said.
    annonces = {}
    for garde, absorbee in permutations((un, deux, ailleurs), 2):
        annonces[garde, absorbee] = apercu(poste, garde, absorbee).ensemble
        fusionner(poste, garde, absorbee)
        assert _recus(poste, garde) == annonces[garde, absorbee]
        defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    assert annonces == {
        (un, deux): 20, (deux, un): 20, (un, ailleurs): 25, (ailleurs, un): 25, (deux, ailleurs): 10,
        (ailleurs, deux): 10,
    }  # fmt: skip


def test_undone_each_has_its_own_again(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    fusionner(poste, garde, autre)
    assert _recus(poste, autre) == _recus(poste, garde) == 20
    (fusion,) = fusions_de(poste, garde)
    assert fusion.absorbee.nom_naissance == "Valbeck" and "Valbeck" not in repr(fusion)
    depuis = noter(poste, Accompagnement("", garde, date(2026, 11, 23), 30, "lieu_activite", THEME))
    defaire(poste, fusion.acte, garde)
    assert fusions_de(poste, garde) == ()
    for personne_id in paire:
        assert _recus(poste, personne_id) == 10
    lue = fiche(poste, garde)
    assert lue is not None and lue.accompagnements == (depuis,), "what came since stays"
    with pytest.raises(SaisieRefusee) as refus:
        defaire(poste, fusion.acte, garde)
    assert _code(refus) == "fusion_defaite"
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()
    fusionner(poste, autre, garde)
    assert [f.absorbee.nom_naissance for f in fusions_de(poste, autre)] == ["Walbecq"]


def test_an_accompaniment_corrected_while_merged_goes_back_whole(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    note = noter(poste, Accompagnement("", autre, date(2026, 11, 23), 30, "lieu_activite", THEME))
    fusionner(poste, garde, autre)
    noter(poste, replace(note, personne_id=garde, duree=45))
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", garde, {"cle": b"k" * 16})
    lue = fiche(poste, autre)
    assert lue is not None and [a.duree for a in lue.accompagnements] == [45]
    assert verifier_base(poste.base) == ()


def test_what_cannot_be_merged_says_why(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    with pytest.raises(SaisieRefusee) as refus:
        apercu(poste, garde, garde)
    assert _code(refus) == "fusion_meme_fiche"
    brouillons.enregistrer(poste.base, replace(visite_accord(poste), personne_id=autre))
    assert apercu(poste, autre, garde).obstacle == "", "the record kept may have a visit open"
    assert apercu(poste, garde, autre).obstacle == "fusion_visite_ouverte"
    with pytest.raises(SaisieRefusee) as refus:
        fusionner(poste, garde, autre)
    assert _code(refus) == "fusion_visite_ouverte"
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", autre, {"cle": b"k" * 16})
    with pytest.raises(SaisieRefusee) as refus:
        fusionner(poste, garde, autre)
    assert _code(refus) == "personne_absente"


def test_a_request_gone_on_with_under_the_other_keeps_them_together(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    fusionner(poste, garde, autre)
    (demande,) = poste.base.db.execute("SELECT demande_id FROM demande WHERE origine = ?", [autre]).fetchone()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("demande.completer", garde, {"demande": demande, "prescripteur": None})
    with pytest.raises(SaisieRefusee) as refus:
        defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    assert _code(refus) == "fusion_melee"
    assert refus.value.faits == {"jour": "23\u00a0novembre 2026"}
    assert _recus(poste, garde) == 20


def test_a_page_opened_on_a_record_merged_meanwhile_awards_to_the_one_that_stays(poste: Poste) -> None:
    """Nothing was typed yet, so that nothing told the merge of it: the award went under the record that was gone."""
    seul = {"nom_naissance": "Kone", "prenoms": "Awa", "accompagnement": False, "prescripteur": None}
    garde = attribuer(poste, visite_accord(poste, **seul)).personne.personne_id
    garder(poste, visite_accord(poste, nom_naissance="Koné-Traoré", prenoms="Awa", commune="75056"))
    (absorbee,) = [t.personne.personne_id for t in chercher(poste, "Traoré", load_communes()).trouvees]
    ouverte = ouvrir_visite(poste, absorbee)
    fusionner(poste, garde, absorbee)
    connue = {champ: getattr(ouverte, champ) for champ in ("personne_id", "nom_naissance", "prenoms", "naissance")}
    tapee = visite_accord(poste, **{**connue, "telephone": "0327000000"})
    enregistrer_brouillon(poste, tapee)
    garde_sur_le_disque = brouillons.get(poste.base, tapee.brouillon_id)
    assert garde_sur_le_disque is not None and garde_sur_le_disque.personne_id == garde
    attribue = attribuer(poste, tapee)
    assert attribue.personne.personne_id == garde and attribue.carnet.personne_id == garde
    assert attribue.carnet.taille == 5, "the five that the other record had are counted"
    sienne = personnes.seule(poste.base, garde)
    assert sienne is not None and (sienne.nom_naissance, sienne.telephone) == ("Kone", "0327000000")
    verifier_base(poste.base)
