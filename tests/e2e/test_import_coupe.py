"""SIGKILL in the middle of the recording of a spreadsheet: nobody of it is there, and it can be done again."""

from __future__ import annotations

from pathlib import Path

from passdesk.services.poste import creer_poste, ouvrir_poste
from passdesk.storage import envoi, personnes
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.e2e.processus import enfant


def test_killed_in_the_middle_of_an_import(tmp_path: Path) -> None:
    dossier = tmp_path / "poste"
    creer_poste(
        dossier, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    ).fermer()
    with enfant("enfant_guichet", "importer", dossier) as guichet:
        assert guichet.annonce() == {"point": "milieu", "faites": 250}
        guichet.tuer()
    poste = ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    try:
        assert personnes.compter(poste.base) == 0
        assert envoi.tete(poste.base).seq == 2, "the two acts of the creation of the desk"
        assert verifier_base(poste.base) == ()
    finally:
        poste.fermer()
