"""The calls in the tables are those of the log, whoever was made one, two again or erased meanwhile."""

from __future__ import annotations

import pytest

from passdesk.storage.engine import Base
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.storage.histoires_appels import HISTOIRES, REUNIS, SEPARES, vivre


def _dits(base: Base) -> list[tuple[int, str | None]]:
    """What the last call about each carnet gave."""
    return base.db.execute("SELECT numero, appel_issue FROM carnet ORDER BY numero").fetchall()  # type: ignore[no-any-return]


@pytest.mark.parametrize("histoire", HISTOIRES.values(), ids=HISTOIRES)
def test_a_sound_desk_is_not_accused(base: Base, histoire: tuple[tuple[object, ...], ...]) -> None:
    vivre(base, histoire)
    avant = _dits(base)
    assert verifier_base(base) == ()
    reconstruire_projections(base)
    assert (_dits(base), verifier_base(base)) == (avant, ())


def test_an_erasure_forgets_what_was_said_of_the_carnets_and_by_whom(base: Base) -> None:
    vivre(base, (("appel", "p2", "sans_reponse", 2), REUNIS, ("appel", "p1", "jointe", 1, 2), SEPARES))
    assert _dits(base) == [(1, "jointe"), (2, "jointe")]
    with base.acte("agent-1") as acte:
        acte.inscrire("personne.effacer", "p1", {"cle": None})
    assert _dits(base) == [(1, None), (2, "sans_reponse")], "what they said themselves holds again"
    with base.acte("agent-1") as acte:
        acte.inscrire("personne.effacer", "p2", {"cle": None})
    assert _dits(base) == [(1, None), (2, None)]
    assert base.db.execute("SELECT count(*) FROM appel").fetchone() == (0,)


def test_a_call_taken_back_by_one_who_is_erased_holds_again(base: Base) -> None:
    """The log knows no more that it was taken back."""
    vivre(base, (("appel", "p2", "jointe", 2), REUNIS, ("repris", "p1", 1, 2)))
    assert _dits(base) == [(1, None), (2, None)]
    with base.acte("agent-1") as acte:
        acte.inscrire("personne.fusionner", "p1", {"absorbee": "p2", "annule": True}, v=2)
        acte.inscrire("personne.effacer", "p1", {"cle": None})
    assert _dits(base) == [(1, None), (2, "jointe")]
