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


def test_letters_added_never_weaken_a_phrase_of_words() -> None:
    mots = ["lampe", "rivage", "moulin", "tambour", "zeste"]
    forces = [FORCES.index(peser_phrase(" ".join(mots[: n + 1]))) for n in range(len(mots))]
    assert forces == sorted(forces)
