"""Whole histories of desks and of the Region, under a clock, a network and disks that are made up; the rest is real.

    python -m tests.simulation --histories N --seed S [--replay SEED] [--mutants] [--jobs N]

The desks run the program's services and its exchange over their encrypted bases; the Region runs its own handlers over
its SQLite store. One seed decides everything, keys, ids and salts too: `--replay` plays a history twice, tells it line
by line, and compares the digests of all that was said on the wire.

To be read in this order:

- `modele`: where every history starts, made once: a Region, eight desks enrolled, a device that will turn bad.
- `monde`: the scheduler. A step is an act at a desk, an exchange, something that the Region's people do, a fault, a
  trick of the bad device, or time that goes by; a quarter of the histories have a desk called back hear everything
  again over a line that drops. Then the faults stop, and all must be quiet in five rounds.
- `guichet`, `region`: one laptop, and the Region, with what can happen to their disks.
- `reseau`: the fate of each request; `porteur`: that of each stick, for desks without a network; `fautes`: killed, put
  back to an earlier day, copied, a clock ten years wrong; `ordinateur`: a desk linked again, on another computer or
  where it was; `pirate`: what a device with real keys may try; `actes`: what an agent does.
- `temoin`: what was said recorded, granted and erased, noted apart; `invariants`: what is held to it after each step,
  and what both sides must agree on at the end.
- `attendus`: what a run must have met, or it proves nothing; `mutants`: guards of the program taken away in turn, each
  of which must be seen; `alea`: the seed behind everything.

A fault more is a function in `fautes.FAUTES`, or a fate in `reseau.SORTS` or `porteur.SORTS`; an act more, a line of
`actes.ACTES`; what the Region's people may do more, a method of `RegionSimulee` named in `monde.GESTES`.

What no program can prevent is counted, never hidden: acts that no disk holds any more (`emporte_avec_le_disque`), acts
put aside beside the base (`mis_de_cote`), a number awarded again by a laptop that nothing could tell
(`numero_redonne_sans_le_savoir`).
"""
