"""Crashes, power losses, refusals of the disk and kills of the real program: what was said recorded is there, once.

    python -m tests.crash [--quick] [--seed N]

Each campaign works on the real thing: an enrolled desk, the services, the encrypted base, the system's own calls.

- *points*: a day of work in a process watched by strace (`travail`, `trace`); its disk is rebuilt after each call that
  changes it (`disque`), as a killed process leaves it, then opened by the product and judged (`verdict`).
- *power losses*: the same moments, when what was not synced is dropped, mixed, torn at 512 or 4096 bytes, and names
  that their folder does not hold yet are gone.
- *io errors*: the n-th call of each kind is refused with ENOSPC or EIO, for each n, in a process that goes on: the
  trouble is told, nothing is half done, the same act done again is done once (`erreurs`).
- *kills*: SIGKILL at random moments of the visits, of the recording of a spreadsheet, of a migration, of a backup
  (`mises_a_mort`).
- *mutants*: `synchronous=FULL`, the commit before « Enregistré », the intention before the paper are removed in turn;
  each must be caught, or this campaign sees nothing (`campagne`).

`--quick` takes a sample, drawn from the seed; without it every call is tried. It needs strace, hence Linux.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one disk, or one process, gave: acts said recorded that are gone, acts there twice, what else is wrong."""

    perdus: int = 0
    doubles: int = 0
    fautes: tuple[str, ...] = ()

    @property
    def bon(self) -> bool:
        """True when everything is as it was said."""
        return not (self.perdus or self.doubles or self.fautes)
