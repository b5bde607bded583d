"""Several agents at one desk: who comes, who leaves, whose passphrase is lost; on a real encrypted base."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee, SaisieRefusee
from passdesk.domain.secours import ecrire_cle_de_secours, lire_cle_de_secours
from passdesk.services import agents, secours
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.services.sauvegarde import sauvegarder
from passdesk.storage import cles
from passdesk.storage.integrite import verifier_base
from passdesk.ui.messages.agents import feuille_de_secours
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.printing.fabrique import textes_du_pdf

DE_SAM = "violon rouge mardi cascade"
AUTRE = "lampe rivage moulin tambour"


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    yield poste
    poste.fermer()


def ouvrir(poste: Poste, phrase: str) -> Poste:
    return ouvrir_poste(poste.dossier, phrase, horloge_fixe(), cout_index=INDEX_LEGER)


def qui_ouvre(poste: Poste, phrase: str) -> str:
    """The agent whom this passphrase opens the desk for, or the code of the refusal."""
    try:
        ouvert = ouvrir(poste, phrase)
    except BaseFermee as fermee:
        return fermee.code
    ouvert.fermer()
    return ouvert.agent_id


def faire_feuille(poste: Poste) -> secours.NouvelleFeuille:
    """A sheet that came out of the printer."""
    feuille = secours.tirer_feuille(poste)
    secours.retenir_feuille(poste, feuille, feuille.cle_de_secours[-4:].lower())
    return feuille


def refus(geste: object, *arguments: object) -> str:
    assert callable(geste)
    with pytest.raises(SaisieRefusee) as trouble:
        geste(*arguments)
    return trouble.value.code


def test_each_agent_opens_the_same_desk_under_their_own_name(poste: Poste) -> None:
    sam = agents.ajouter_agent(poste, "  Sam  Leroy ", agents.MEDIATEUR, DE_SAM)
    assert qui_ouvre(poste, DE_SAM) == sam
    assert qui_ouvre(poste, PHRASE) == poste.agent_id
    vus = [(a.nom, a.role, a.moi, a.a_une_phrase) for a in agents.agents_du_poste(poste)]
    assert vus == [("Claire Mabille", "responsable", True, True), ("Sam Leroy", "mediateur", False, True)]
    assert verifier_base(poste.base) == ()


def test_who_leaves_opens_nothing_and_comes_back_under_the_same_id(poste: Poste, tmp_path: Path) -> None:
    sam = agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    agents.retirer_agent(poste, sam)
    assert qui_ouvre(poste, DE_SAM) == "phrase_inconnue"
    assert sam.encode() not in (poste.dossier / cles.FICHIER).read_bytes()
    assert [a.nom for a in agents.agents_du_poste(poste)] == ["Claire Mabille"]
    copie = sauvegarder(poste, tmp_path / "apres.sauvegarde").chemin
    assert sam.encode() not in copie.read_bytes()
    assert agents.ajouter_agent(poste, "sam leroy", agents.RESPONSABLE, AUTRE) == sam
    assert (qui_ouvre(poste, AUTRE), qui_ouvre(poste, DE_SAM)) == (sam, "phrase_inconnue")
    assert verifier_base(poste.base) == ()


def test_a_mediator_changes_their_own_passphrase_and_nothing_else(poste: Poste) -> None:
    sam = agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    sien = ouvrir(poste, DE_SAM)
    assert refus(agents.ajouter_agent, sien, "Lou Petit", agents.MEDIATEUR, AUTRE) == "agents_reserve"
    assert refus(agents.retirer_agent, sien, poste.agent_id) == "agents_reserve"
    assert refus(agents.donner_phrase, sien, poste.agent_id, AUTRE) == "agents_reserve"
    assert refus(secours.tirer_feuille, sien) == "agents_reserve"
    assert refus(agents.changer_phrase, sien, PHRASE, AUTRE) == "ancienne_phrase_autre"
    agents.changer_phrase(sien, DE_SAM, AUTRE)
    sien.fermer()
    assert (qui_ouvre(poste, AUTRE), qui_ouvre(poste, DE_SAM)) == (sam, "phrase_inconnue")
    assert qui_ouvre(poste, PHRASE) == poste.agent_id


def test_what_is_refused_changes_nothing(poste: Poste) -> None:
    sam = agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    avant = (poste.dossier / cles.FICHIER).read_bytes()
    ajouts = [
        ("", AUTRE, "agent_nom_vide"), ("x" * 81, AUTRE, "agent_nom_vide"), ("SAM LEROY", AUTRE, "agent_deja_la"),
        ("Lou Petit", "court", "phrase_trop_courte"), ("Lou Petit", DE_SAM, "phrase_prise"),
    ]  # fmt: skip
    for nom, phrase, code in ajouts:
        assert refus(agents.ajouter_agent, poste, nom, agents.MEDIATEUR, phrase) == code
    assert refus(agents.retirer_agent, poste, poste.agent_id) == "agent_soi_meme"
    assert refus(agents.retirer_agent, poste, "personne") == "agent_absent"
    assert refus(agents.donner_phrase, poste, sam, PHRASE) == "phrase_prise"
    assert refus(agents.changer_phrase, poste, PHRASE, "court") == "phrase_trop_courte"
    assert (poste.dossier / cles.FICHIER).read_bytes() == avant
    assert len(agents.agents_du_poste(poste)) == 2


def test_an_addition_cut_before_the_key_file_is_seen_and_mended(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as coupe:
        coupe.setattr(cles, "placer_phrase", _coupure)
        with pytest.raises(KeyboardInterrupt):
            agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    (_, sam) = agents.agents_du_poste(poste)
    assert (sam.nom, sam.a_une_phrase) == ("Sam Leroy", False)
    agents.donner_phrase(poste, sam.agent_id, DE_SAM)
    assert qui_ouvre(poste, DE_SAM) == sam.agent_id


def test_a_removal_cut_after_the_key_file_can_be_done_again(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    sam = agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    with monkeypatch.context() as coupe:
        coupe.setattr(type(poste.base), "acte", _coupure)
        with pytest.raises(KeyboardInterrupt):
            agents.retirer_agent(poste, sam)
    assert qui_ouvre(poste, DE_SAM) == "phrase_inconnue"
    agents.retirer_agent(poste, sam)
    assert [a.nom for a in agents.agents_du_poste(poste)] == ["Claire Mabille"]


def _coupure(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_the_sheet_gives_a_lost_passphrase_back(poste: Poste) -> None:
    sam = agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    assert secours.etat_secours(poste).faite_le is None
    feuille = faire_feuille(poste)
    recopiee = feuille.cle_de_secours.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    offerts = secours.agents_a_retrouver(poste.dossier, recopiee, horloge_fixe())
    assert [agent.nom for agent in offerts] == ["Claire Mabille", "Sam Leroy"]
    for phrase in (AUTRE, "tambour zeste parapluie neige"):  # the sheet stays good
        secours.retrouver(poste.dossier, recopiee, sam, phrase, horloge_fixe(), cout_index=INDEX_LEGER).fermer()
        assert qui_ouvre(poste, phrase) == sam
    assert qui_ouvre(poste, DE_SAM) == "phrase_inconnue"
    assert qui_ouvre(poste, PHRASE) == poste.agent_id
    etat = secours.etat_secours(poste)
    assert (etat.faite_le, etat.employee_le) == (horloge_fixe().aujourdhui(),) * 2


def test_another_sheet_or_none_opens_nothing(poste: Poste) -> None:
    def essai(saisi: str) -> str:
        with pytest.raises((BaseFermee, SaisieRefusee)) as trouble:
            secours.agents_a_retrouver(poste.dossier, saisi, horloge_fixe())
        return str(getattr(trouble.value, "code", ""))

    inventee = ecrire_cle_de_secours(bytes(range(17)))
    assert essai(inventee) == "secours_inconnu"
    premiere = faire_feuille(poste).cle_de_secours
    seconde = faire_feuille(poste).cle_de_secours
    assert essai(premiere) == "secours_inconnu"
    assert essai(seconde[:-1]) == "secours_longueur"
    assert essai(("2" if seconde[0] != "2" else "3") + seconde[1:]) == "secours_mal_recopie"
    assert len(secours.agents_a_retrouver(poste.dossier, seconde, horloge_fixe())) == 1
    # What the sheet bears is no passphrase, and a passphrase is no sheet.
    assert qui_ouvre(poste, seconde) == "phrase_inconnue"
    assert agents.agents_du_poste(poste)[0].moi
    sam = agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    assert refus(
        secours.retrouver, poste.dossier, seconde, sam, PHRASE, horloge_fixe()
    ) == "phrase_prise"  # fmt: skip


def test_a_sheet_that_nobody_has_read_replaces_none(poste: Poste) -> None:
    bonne, perdue = faire_feuille(poste), secours.tirer_feuille(poste)
    autre = "0000" if perdue.cle_de_secours[-4:] != "0000" else "1111"
    assert refus(secours.retenir_feuille, poste, perdue, autre) == "secours_groupe_autre"
    assert secours.agents_a_retrouver(poste.dossier, bonne.cle_de_secours, horloge_fixe())
    with pytest.raises(BaseFermee):
        secours.agents_a_retrouver(poste.dossier, perdue.cle_de_secours, horloge_fixe())


def test_a_slip_in_any_sign_is_told_before_anything_is_tried() -> None:
    bonne = ecrire_cle_de_secours(bytes(range(1, 18)))
    assert lire_cle_de_secours(bonne) == bonne
    vus = 0
    for rang, signe in enumerate(bonne):
        for autre in "023456789ABCDEFGH":
            if signe not in ("-", autre):
                fausse = bonne[:rang] + autre + bonne[rang + 1 :]
                try:
                    lire_cle_de_secours(fausse)
                except SaisieRefusee as refusee:
                    vus += refusee.code == "secours_mal_recopie"
    # One in a thousand escapes two signs of control; the sheet then opens nothing.
    assert vus >= 28 * 16 * 0.98


def test_the_secrets_are_on_the_paper_alone(poste: Poste, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sam = agents.ajouter_agent(poste, "Sam Leroy", agents.MEDIATEUR, DE_SAM)
    feuille = faire_feuille(poste)
    dessin = secours.dessiner_feuille(feuille_de_secours(feuille.cle_de_secours, feuille.guichet, feuille.le))
    retrouve = secours.retrouver(
        poste.dossier, feuille.cle_de_secours, sam, AUTRE, horloge_fixe(), cout_index=INDEX_LEGER
    )
    retrouve.fermer()
    groupes = feuille.cle_de_secours.split("-")
    imprime = "".join("".join(textes_du_pdf(dessin.papier.pdf)).split())
    assert feuille.cle_de_secours.replace("-", "") in imprime.replace("-", "")
    secrets = [PHRASE, DE_SAM, AUTRE, feuille.cle_de_secours, feuille.cle_de_secours.replace("-", ""), *groupes]
    dits = caplog.text + repr(feuille) + repr(dessin) + repr(agents.agents_du_poste(poste)) + repr(poste)
    assert "recovery sheet used" in caplog.text
    assert [secret for secret in secrets if secret in dits] == []
    assert "Sam" not in caplog.text
    for fichier in (f for f in tmp_path.rglob("*") if f.is_file()):
        octets = fichier.read_bytes()
        assert [s for s in secrets if len(s) > 4 and s.encode() in octets] == [], fichier.name
        assert fichier.stat().st_mode & 0o077 == 0, fichier.name
