"""A real encrypted base in a temporary folder, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.storage.engine import Base
from tests.storage.gestes import CLE


@pytest.fixture
def horloge() -> HorlogeFixe:
    return HorlogeFixe(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))


@pytest.fixture
def base(tmp_path: Path, horloge: HorlogeFixe) -> Iterator[Base]:
    ouverte = Base.ouvrir(tmp_path, CLE, horloge, creer=True)
    yield ouverte
    ouverte.fermer()
