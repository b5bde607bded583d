"""What is said of a passphrase while it is chosen: French words are no drawn letters, one’s own name is no secret."""

from __future__ import annotations

import pytest

from passdesk.services.phrase import FORCES, peser_phrase
from tests.builders import PHRASE


@pytest.mark.parametrize(
    ("phrase", "force"),
    [
        ("", "courte"),
        ("onze signes", "courte"),
        ("123456789012", "facile"),
        ("azertyuiopqs", "facile"),
        ("motdepasse2026", "facile"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "facile"),
        ("bonjour bonjour", "facile"),
        ("Claire Mabille 59", "facile"),
        ("France services Maubeuge", "fragile"),
        ("soleil maison jardin", "fragile"),
        ("lampe rivage moulin tambour", "bonne"),
        ("lampe rivage moulin tambour zeste", "forte"),
        ("x7Kq-9LmP2vZ", "bonne"),
        (PHRASE, "forte"),
        (("lampe rivage moulin tambour zeste " * 9)[:300], "forte"),
    ],
)
def test_how_long_it_would_hold(phrase: str, force: str) -> None:
    assert peser_phrase(phrase, ("Claire Mabille", "France services de Maubeuge")) == force


def test_signs_drawn_at_random_are_not_tried_for_minutes_as_words_in_disguise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phrase out of a password manager: the window would not answer while it is weighed."""
    tiree = "e72o4|z o+z{+s7<0@51%7<+05 1014772z2!$24z3a[7%[8z7z 6@ e884$4ss636(z2[19"
    pesees: list[str] = []
    monkeypatch.setattr("zxcvbn.zxcvbn", lambda phrase, **_: pesees.append(phrase) or {"guesses_log10": 20.0})
    assert peser_phrase(tiree) == "forte"
    assert [len(phrase) for phrase in pesees] == [20]
    monkeypatch.undo()
    assert peser_phrase(tiree) == "forte"


def test_letters_added_never_weaken_a_phrase_of_words() -> None:
    mots = ["lampe", "rivage", "moulin", "tambour", "zeste"]
    forces = [FORCES.index(peser_phrase(" ".join(mots[: n + 1]))) for n in range(len(mots))]
    assert forces == sorted(forces)
