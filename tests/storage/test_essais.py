"""Wrong passphrases in a row wait longer and longer, whatever is closed in between; the right one forgets them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.storage.cles import creer_trousseau
from passdesk.storage.essais import FICHIER, attente, ouvrir_trousseau
from tests.builders import MIDI
from tests.storage.gestes import COUT

PHRASE = "quatre chevaux bleus dorment"


@pytest.fixture
def horloge(tmp_path: Path) -> HorlogeFixe:
    creer_trousseau(tmp_path, "agent-1", PHRASE, cout=COUT)
    return HorlogeFixe(MIDI)


def essayer(dossier: Path, horloge: HorlogeFixe, phrase: str = "une autre") -> tuple[str, int]:
    """The code of the refusal, and the seconds that it asks to wait; "ouvert" when it opens."""
    try:
        ouvrir_trousseau(dossier, phrase, horloge)
    except BaseFermee as fermee:
        return fermee.code, int(fermee.faits.get("secondes", 0))
    return "ouvert", 0


def test_two_slips_are_free_then_each_waits_longer_up_to_a_minute(tmp_path: Path, horloge: HorlogeFixe) -> None:
    vus = []
    for _ in range(9):
        code, secondes = essayer(tmp_path, horloge)
        vus.append(secondes)
        assert code == ("phrase_inconnue_attente" if secondes else "phrase_inconnue")
        horloge.instant += timedelta(seconds=secondes)
    assert vus == [0, 0, 5, 10, 20, 40, 60, 60, 60]
    assert attente(10**6) == 60


def test_too_early_nothing_is_tried_not_even_the_right_one(tmp_path: Path, horloge: HorlogeFixe) -> None:
    for _ in range(3):
        essayer(tmp_path, horloge)
    horloge.instant += timedelta(seconds=3)
    assert essayer(tmp_path, horloge, PHRASE) == ("trop_d_essais", 2)
    assert essayer(tmp_path, horloge) == ("trop_d_essais", 2), "an early try costs no more"
    horloge.instant += timedelta(seconds=2)
    assert essayer(tmp_path, horloge, PHRASE) == ("ouvert", 0)
    assert not (tmp_path / FICHIER).exists()
    assert essayer(tmp_path, horloge) == ("phrase_inconnue", 0), "it starts again from none"


def test_a_clock_put_back_or_forward_shuts_nobody_out(tmp_path: Path, horloge: HorlogeFixe) -> None:
    for _ in range(4):
        essayer(tmp_path, horloge)
        horloge.instant += timedelta(seconds=5)
    horloge.instant -= timedelta(days=400)
    assert essayer(tmp_path, horloge, PHRASE) == ("trop_d_essais", 10)
    horloge.instant += timedelta(seconds=10)
    assert essayer(tmp_path, horloge, PHRASE) == ("ouvert", 0)


@pytest.mark.parametrize("contenu", [b"", b"{}", b"[]", b"\xff", b'{"echecs": "beaucoup", "dernier_ms": 0}'])
def test_a_count_that_cannot_be_read_hides_nothing(tmp_path: Path, horloge: HorlogeFixe, contenu: bytes) -> None:
    (tmp_path / FICHIER).write_bytes(contenu)
    assert essayer(tmp_path, horloge) == ("phrase_inconnue", 0)
    assert essayer(tmp_path, horloge, PHRASE) == ("ouvert", 0)


def test_it_keeps_a_count_and_a_time_alone(tmp_path: Path, horloge: HorlogeFixe) -> None:
    essayer(tmp_path, horloge, "phrase du canari Xylokanari")
    octets = (tmp_path / FICHIER).read_bytes()
    assert octets == b'{"echecs": 1, "dernier_ms": %d}' % int(MIDI.timestamp() * 1000)
    assert (tmp_path / FICHIER).stat().st_mode & 0o777 == 0o600


def test_another_trouble_is_no_wrong_passphrase(tmp_path: Path, horloge: HorlogeFixe) -> None:
    (tmp_path / "poste.cles").write_bytes(b"demi")
    assert essayer(tmp_path, horloge) == ("cles_abimees", 0)
    assert not (tmp_path / FICHIER).exists()
