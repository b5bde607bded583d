"""`passdesk verifier-base`, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.domain.horloge import HorlogeFixe
from passdesk.storage import numerisations
from passdesk.storage.cles import FICHIER as FICHIER_CLES
from passdesk.storage.cles import creer_trousseau
from passdesk.storage.engine import FICHIER, Base
from tests.storage.gestes import AGENT, COUT, recevoir, servir

PHRASE = "quatre chevaux bleus dorment"


@pytest.fixture
def poste(tmp_path: Path, horloge: HorlogeFixe) -> Path:
    dossier = tmp_path / "poste"
    cle = creer_trousseau(dossier, AGENT, PHRASE, cout=COUT)
    base = Base.ouvrir(dossier, cle, horloge, creer=True)
    recevoir(base)
    servir(base)
    base.fermer()
    return dossier


def _verifier(dossier: Path, tmp_path: Path, *options: str, phrase: str = PHRASE) -> int:
    fichier = tmp_path / "phrase.txt"
    fichier.write_text(phrase + "\n", encoding="utf-8")
    return executer(["verifier-base", "--base-dir", str(dossier), "--phrase-file", str(fichier), *options])


def _ouvrir(dossier: Path, horloge: HorlogeFixe) -> Base:
    from passdesk.storage.cles import ouvrir_trousseau

    return Base.ouvrir(dossier, ouvrir_trousseau(dossier, PHRASE)[1], horloge)


def test_sound(poste: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _verifier(poste, tmp_path) == 0
    assert capsys.readouterr() == ("Les données de ce poste sont saines\u00a0: 5 actes vérifiés.\n", "")
    assert _verifier(poste, tmp_path, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"saine": True, "operations": 5, "problemes": []}


def test_problems_in_french_and_in_json(
    poste: Path, tmp_path: Path, horloge: HorlogeFixe, capsys: pytest.CaptureFixture[str]
) -> None:
    base = _ouvrir(poste, horloge)
    base.db.execute("UPDATE carnet SET etat = 'remis'")
    base.fermer()
    assert _verifier(poste, tmp_path) == 1
    assert capsys.readouterr().out == (
        "La table «\u00a0carnet\u00a0» ne dit pas la même chose que le journal. Lignes\u00a0: 1. "
        "Le journal fait foi. Un bouton refait tout à partir du journal\u00a0: Réglages, Sauvegardes.\n"
    )
    assert _verifier(poste, tmp_path, "--json") == 1
    lu = json.loads(capsys.readouterr().out)
    assert (lu["saine"], lu["problemes"][0]["code"]) == (False, "table_differente")
    assert lu["problemes"][0]["faits"] == {"table": "carnet", "nombre": 1}


def test_a_damaged_scan_is_told(
    poste: Path, tmp_path: Path, horloge: HorlogeFixe, capsys: pytest.CaptureFixture[str]
) -> None:
    base = _ouvrir(poste, horloge)
    numerisations.enregistrer(base, "d1", (b"un scan",))
    base.db.execute("UPDATE numerisation SET octets = x'00'")
    base.fermer()
    assert _verifier(poste, tmp_path) == 1
    assert capsys.readouterr().out.startswith(
        "Des papiers numérisés ne sont plus ceux qui avaient été joints\u00a0: 1. Les fiches et les réponses"
    )


@pytest.mark.parametrize(
    ("geste", "debut"),
    [
        ("phrase", "Cette phrase secrète n’ouvre pas"),
        ("cles", "Un fichier de clés de ce poste est abîmé"),
        ("base", "Les données de ce poste ne s’ouvrent pas"),
        ("sans_base", "Aucun poste n’a été créé"),
        ("rien", "Aucun poste n’a été créé"),
    ],
)
def test_what_cannot_be_opened(
    poste: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], geste: str, debut: str
) -> None:
    if geste == "cles":
        (poste / FICHIER_CLES).write_bytes(b"abime")
    elif geste == "base":
        (poste / FICHIER).write_bytes(b"abime" * 1000)
    elif geste == "sans_base":
        (poste / FICHIER).unlink()
    elif geste == "rien":
        poste = tmp_path / "vide"
    assert _verifier(poste, tmp_path, phrase="autre phrase" if geste == "phrase" else PHRASE) == 4
    vu = capsys.readouterr()
    assert vu.out == ""
    assert vu.err.startswith(debut)
    assert not (tmp_path / "vide").exists()
