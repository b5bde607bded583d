"""Who opens a backup when passphrases and agents are no more those of its day, and what a cut in the middle leaves."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from passdesk import app
from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.domain.secours import ecrire_cle_de_secours
from passdesk.services import agents, integrite, restauration, secours, visite
from passdesk.services.impression import ImprimanteFichier
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.services.restauration import apercevoir, restaurer
from passdesk.services.sauvegarde import sauvegarder, sauvegarder_au_poste, sauvegarder_si_utile
from passdesk.storage import cles, echange, personnes
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, FICHIER, Base
from passdesk.storage.fichiers import copier, poser_nom
from passdesk.storage.integrite import Probleme, verifier_base
from passdesk.storage.pilote import Database, connecter
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord

NOUVELLE = "lampe rivage moulin tambour"
HORLOGE = horloge_fixe()


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire", HORLOGE, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    _garder(poste, "Alpha")
    yield poste
    poste.fermer()


def _garder(poste: Poste, nom: str) -> None:
    assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None


def _copie(poste: Poste, tmp_path: Path) -> Path:
    return sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin


def _noms(dossier: Path, phrase: str) -> list[str]:
    poste = ouvrir_poste(dossier, phrase, HORLOGE, cout_index=INDEX_LEGER)
    try:
        assert verifier_base(poste.base) == ()
        return sorted(p.nom_naissance for p in personnes.recentes(poste.base))
    finally:
        poste.fermer()


@pytest.mark.parametrize("abimee", [False, True])
def test_a_passphrase_changed_since_the_backup_opens_it(poste: Poste, tmp_path: Path, abimee: bool) -> None:
    fichier = _copie(poste, tmp_path)
    agents.changer_phrase(poste, PHRASE, NOUVELLE)
    _garder(poste, "Bravo")
    poste.fermer()
    if abimee:
        (poste.dossier / FICHIER).write_bytes(bytes(50_000))
    with pytest.raises(BaseFermee) as refus:
        apercevoir(poste.dossier, fichier, PHRASE, HORLOGE)
    assert refus.value.code == "phrase_inconnue"
    assert restaurer(poste.dossier, fichier, NOUVELLE, HORLOGE).lisible
    assert _noms(poste.dossier, NOUVELLE) == ["Alpha", "Bravo"]


@pytest.mark.parametrize("abimee", [False, True])
def test_who_came_since_the_backup_puts_it_back(poste: Poste, tmp_path: Path, abimee: bool) -> None:
    fichier = _copie(poste, tmp_path)
    agents.ajouter_agent(poste, "Sam", agents.RESPONSABLE, NOUVELLE)
    agents.ajouter_agent(poste, "Lou", agents.MEDIATEUR, "violon rouge mardi cascade")
    poste.fermer()
    if abimee:
        (poste.dossier / FICHIER).write_bytes(bytes(50_000))
    with pytest.raises(SaisieRefusee) as refus:
        restaurer(poste.dossier, fichier, "violon rouge mardi cascade", HORLOGE)
    assert refus.value.code == "restauration_reservee"
    restaurer(poste.dossier, fichier, NOUVELLE, HORLOGE)
    assert _noms(poste.dossier, NOUVELLE) == ["Alpha"]


def test_a_lost_key_file_does_not_bring_back_who_has_left(poste: Poste, tmp_path: Path) -> None:
    sam = agents.ajouter_agent(poste, "Sam", agents.RESPONSABLE, NOUVELLE)
    fichier = _copie(poste, tmp_path)
    agents.retirer_agent(poste, sam)
    poste.fermer()
    (poste.dossier / cles.FICHIER).unlink()
    restaurer(poste.dossier, fichier, PHRASE, HORLOGE)
    with pytest.raises(BaseFermee) as refus:
        ouvrir_poste(poste.dossier, NOUVELLE, HORLOGE, cout_index=INDEX_LEGER)
    assert refus.value.code == "phrase_inconnue"
    assert _noms(poste.dossier, PHRASE) == ["Alpha"]


def test_a_base_that_could_not_take_its_place_is_put_back_again_with_every_act(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power cut, or an antivirus that holds the file, at the last step: the recent acts wait for another try."""
    fichier = _copie(poste, tmp_path)
    _garder(poste, "Bravo")
    poste.fermer()
    (poste.dossier / FICHIER).write_bytes(bytes(50_000))

    def refuser(de: Path, vers: Path) -> None:
        if vers.name == FICHIER:
            raise PermissionError(errno.EACCES, "used by another program")
        poser_nom(de, vers)

    monkeypatch.setattr(echange, "poser_nom", refuser)
    with pytest.raises(PanneAttendue):
        restaurer(poste.dossier, fichier, PHRASE, HORLOGE)
    monkeypatch.undo()
    assert restaurer(poste.dossier, fichier, PHRASE, HORLOGE).lisible
    assert _noms(poste.dossier, PHRASE) == ["Alpha", "Bravo"]


def test_a_base_that_cannot_be_folded_into_its_file_does_not_take_the_place_of_the_other(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk full at the last moment, or a reader: the acts done again would stay in the log, which does not move."""
    fichier = _copie(poste, tmp_path)
    _garder(poste, "Bravo")
    cle = poste.cle
    poste.fermer()
    lecteurs: list[Database] = []

    def verifier(base: Base) -> tuple[Probleme, ...]:
        if not lecteurs:
            lecteurs.append(connecter(str(base.dossier / FICHIER), cle, attente_ms=0))
            lecteurs[0].execute("BEGIN")
            lecteurs[0].execute("SELECT count(*) FROM operation").fetchone()
        return verifier_base(base)

    monkeypatch.setattr(restauration, "verifier_base", verifier)
    with pytest.raises(PanneAttendue) as panne:
        restaurer(poste.dossier, fichier, PHRASE, HORLOGE)
    assert panne.value.code == "base_occupee"
    lecteurs[0].conn.close()
    assert _noms(poste.dossier, PHRASE) == ["Alpha", "Bravo"]


@pytest.mark.parametrize("moment", ["absent", "en_route"])
def test_a_stick_pulled_out_is_told_of_the_stick_and_another_backup_is_tried(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    bonne = sauvegarder_au_poste(poste).derniere
    assert bonne is not None
    retiree = tmp_path / bonne.chemin.name.replace("2026", "2027", 1)
    retiree.write_bytes(bonne.chemin.read_bytes())
    poste.fermer()
    if moment == "absent":
        retiree.unlink()
        monkeypatch.setattr(integrite, "sauvegardes_de", lambda *_: (retiree, bonne.chemin))
    else:
        ouvrir = Path.open

        def arracher(chemin: Path, *modes: Any, **autres: Any) -> Any:
            flux = ouvrir(chemin, *modes, **autres)
            return _Arrache(flux) if chemin == retiree else flux

        monkeypatch.setattr(Path, "open", arracher)
    with pytest.raises(SaisieRefusee) as refus:
        apercevoir(poste.dossier, retiree, PHRASE, HORLOGE)
    assert refus.value.code == "sauvegarde_non_lue"
    assert integrite.revenir(poste.dossier, PHRASE, HORLOGE, tmp_path)[0] == bonne.chemin


class _Arrache(io.BufferedIOBase):
    """A file whose stick goes while its base is read."""

    def __init__(self, flux: io.BufferedReader) -> None:
        self._flux = flux

    def read(self, taille: int | None = -1, /) -> bytes:
        if taille == 1 << 20:
            raise OSError(errno.EIO, "gone")
        return self._flux.read(taille)

    def close(self) -> None:
        self._flux.close()
        super().close()


def test_what_a_killed_preview_left_goes_at_the_next_start(
    poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reste = poste.dossier / echange.CHANTIER / FICHIER
    reste.parent.mkdir()
    reste.write_bytes(b"an earlier base")
    vus: list[bool] = []
    monkeypatch.setattr(app, "_montrer", lambda *_: vus.append(reste.parent.exists()) or 0)
    assert app.executer(poste.dossier, HORLOGE, ImprimanteFichier(tmp_path)) == 0
    assert vus == [False]


def test_a_full_disk_leaves_no_half_copies(poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fichier = _copie(poste, tmp_path)
    _garder(poste, "Bravo")
    poste.fermer()

    def remplir(de: Path, vers: Path) -> None:
        if vers.name.endswith(".actes"):
            vers.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "full")
        copier(de, vers)

    monkeypatch.setattr(echange, "copier", remplir)
    with pytest.raises(PanneAttendue) as panne:
        restaurer(poste.dossier, fichier, PHRASE, HORLOGE)
    assert panne.value.code == "disque_plein"
    assert list((poste.dossier / DOSSIER_SAUVEGARDES).glob("*remplacee*")) == []
    assert _noms(poste.dossier, PHRASE) == ["Alpha", "Bravo"]


def test_the_recovery_sheet_brings_a_backup_back_on_another_computer(poste: Poste, tmp_path: Path) -> None:
    """The laptop and the passphrase are lost together: the sheet and the stick are enough."""
    cle = _feuille(poste)
    sam = agents.ajouter_agent(poste, "Sam", agents.MEDIATEUR, NOUVELLE)
    fichier = _copie(poste, tmp_path)
    poste.fermer()
    neuf = tmp_path / "neuf"
    saisi = cle.lower().replace("-", " ")
    assert apercevoir(neuf, fichier, saisi, HORLOGE).personnes == 1
    assert not (neuf / FICHIER).exists()
    restaurer(neuf, fichier, saisi, HORLOGE)
    # The passphrases of that day are good too; the sheet gives another one.
    assert _noms(neuf, NOUVELLE) == _noms(neuf, PHRASE) == ["Alpha"]
    secours.retrouver(neuf, saisi, sam, "violon rouge mardi cascade", HORLOGE, cout_index=INDEX_LEGER).fermer()
    assert _noms(neuf, "violon rouge mardi cascade") == ["Alpha"]


def test_the_sheet_brings_back_a_base_that_no_passphrase_opens_any_more(poste: Poste, tmp_path: Path) -> None:
    cle, fichier = _feuille(poste), _copie(poste, tmp_path)
    _garder(poste, "Bravo")
    poste.fermer()
    (poste.dossier / FICHIER).write_bytes(bytes(50_000))
    # Another sheet, made since, is the one that holds here; a key that nobody drew opens nothing.
    with pytest.raises(BaseFermee) as refus:
        restaurer(poste.dossier, fichier, ecrire_cle_de_secours(bytes(range(17))), HORLOGE)
    assert refus.value.code == "secours_inconnu"
    assert restaurer(poste.dossier, fichier, cle, HORLOGE).lisible
    assert _noms(poste.dossier, PHRASE) == ["Alpha", "Bravo"]


def test_a_backup_made_before_the_sheet_says_so_and_a_later_one_is_tried(poste: Poste, tmp_path: Path) -> None:
    avant, cle = _copie(poste, tmp_path), _feuille(poste)
    # Nothing was recorded since, and the day has its backup: the new keys are worth one all the same.
    sauvegarder_au_poste(poste)
    assert not sauvegarder_si_utile(poste)
    cle = _feuille(poste)
    assert sauvegarder_si_utile(poste) and not sauvegarder_si_utile(poste)
    poste.fermer()
    (poste.dossier / cles.FICHIER).unlink()
    with pytest.raises(SaisieRefusee) as refus:
        apercevoir(poste.dossier, avant, cle, HORLOGE)
    assert refus.value.code == "sauvegarde_autre_feuille"
    integrite.revenir(poste.dossier, cle, HORLOGE)
    assert _noms(poste.dossier, PHRASE) == ["Alpha"]


def test_when_all_of_that_day_have_left_the_sheet_alone_opens_what_came_back(poste: Poste, tmp_path: Path) -> None:
    cle, fichier = _feuille(poste), _copie(poste, tmp_path)
    sam = agents.ajouter_agent(poste, "Sam", agents.RESPONSABLE, NOUVELLE)
    claire = poste.agent_id
    poste.fermer()
    poste = ouvrir_poste(poste.dossier, NOUVELLE, HORLOGE, cout_index=INDEX_LEGER)
    agents.retirer_agent(poste, claire)
    poste.fermer()
    (poste.dossier / cles.FICHIER).unlink()
    restaurer(poste.dossier, fichier, cle, HORLOGE)
    with pytest.raises(BaseFermee) as refus:
        ouvrir_poste(poste.dossier, PHRASE, HORLOGE, cout_index=INDEX_LEGER)
    assert refus.value.code == "phrase_inconnue"
    secours.retrouver(poste.dossier, cle, sam, NOUVELLE, HORLOGE, cout_index=INDEX_LEGER).fermer()
    assert _noms(poste.dossier, NOUVELLE) == ["Alpha"]


def _feuille(poste: Poste) -> str:
    feuille = secours.tirer_feuille(poste)
    secours.retenir_feuille(poste, feuille)
    return feuille.cle_de_secours
