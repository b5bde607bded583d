"""What a Region that is served takes up from its key file: a later day of the same keys, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.server.adresse import Adresse, AdresseSqlite
from passdesk.server.cles import NOM, creer_cles, remplacer_cles
from passdesk.server.racine import Racine, nouvelle_racine
from passdesk.server.region import Region, prolonger
from passdesk.server.trousseau import Trousseau


@pytest.fixture
def adresse(tmp_path: Path) -> Adresse:
    """Nothing here depends on the store."""
    return AdresseSqlite(tmp_path / "region" / "region.db")


def test_a_later_day_is_taken_up_and_an_earlier_one_is_not(
    region: Region, racine: Racine, horloge: HorlogeFixe, tmp_path: Path
) -> None:
    dossier = tmp_path / "region"
    trousseau = Trousseau(region, dossier)
    assert trousseau.region() == region
    avant = (dossier / NOM).read_bytes()
    jour = prolonger(dossier, racine, HorlogeFixe(horloge.maintenant() + timedelta(days=10)))
    assert jour > region.cles.lien_publication.dernier_jour
    assert trousseau.region().cles.lien_publication.dernier_jour == jour
    # A file put back to what it was before.
    (dossier / NOM).write_bytes(avant)
    assert trousseau.region().cles.lien_publication.dernier_jour == jour


@pytest.mark.parametrize("quoi", ["autres", "autre_racine", "abimees", "absentes"])
def test_other_keys_change_nothing_of_a_server_that_runs(
    region: Region, racine: Racine, horloge: HorlogeFixe, tmp_path: Path, quoi: str
) -> None:
    fichier = tmp_path / "region" / NOM
    trousseau = Trousseau(region, fichier.parent)
    plus_tard = horloge.aujourdhui() + timedelta(days=10)
    if quoi == "autres":
        remplacer_cles(fichier, creer_cles(racine, plus_tard))
    elif quoi == "autre_racine":
        remplacer_cles(fichier, creer_cles(nouvelle_racine(), plus_tard))
    elif quoi == "abimees":
        fichier.write_bytes(fichier.read_bytes()[:-1])
    else:
        fichier.unlink()
    assert trousseau.region() is region


def test_a_file_that_was_held_for_a_moment_is_read_the_next_time(
    region: Region, racine: Racine, horloge: HorlogeFixe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an antivirus, right after it was replaced: nothing of it changes any more."""
    trousseau = Trousseau(region, tmp_path / "region")
    assert trousseau.region() == region
    jour = prolonger(tmp_path / "region", racine, HorlogeFixe(horloge.maintenant() + timedelta(days=10)))

    def tenu(_: Path) -> bytes:
        raise PermissionError

    with monkeypatch.context() as occupe:
        occupe.setattr(Path, "read_bytes", tenu)
        assert trousseau.region() is region
    assert trousseau.region().cles.lien_publication.dernier_jour == jour
