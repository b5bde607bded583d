"""The second copy of the acts (decision 0048): at opening, what it holds and this base lost comes back."""

from __future__ import annotations

from passdesk.storage import envoi, nouvelles
from passdesk.storage.acte import rejouables, rejouer
from passdesk.storage.copie_laterale import Lue, suite_de
from passdesk.storage.engine import Base


def reprendre_copie(base: Base, lue: Lue) -> int:
    """The acts that the side copy holds and this base lost, when they come right after its last one: done again.

    A base put back from a copy, or a disk that lied: nothing that was said recorded is missing. Returns how many.
    """
    suite = suite_de(envoi.tete(base), lue.operations)
    with base.lecture() as db:
        faisables = rejouables(db, suite) if suite else 0
    if faisables < len(suite) or not suite:
        return 0
    with base.ecriture() as db:
        for operation in suite:
            rejouer(db, operation)
        tout_reentendre(base)
    return len(suite)


def tout_reentendre(base: Base) -> None:
    """Whom the Region told to erase while some acts did not read is among them, perhaps: it tells all again. To be
    written with these acts."""
    nouvelles.oublier(base)
    envoi.noter_curseur(base, 0)
