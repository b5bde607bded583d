"""How the files of a desk are named, for who only looks whether they are there: nothing of the base is read for it."""

from __future__ import annotations

BASE = "poste.db"
TROUSSEAU = "poste.cles"
"""The wrapped keys of the agents."""
COPIE_DES_ACTES = "actes.copie"
"""The sealed acts that the Region has not acknowledged."""
VERROU_DES_ACTES = "actes.verrou"
"""Who writes that file, puts another in its place or opens the base holds this one: nobody opens a base that a backup
is about to replace."""
APPAREIL = "appareil.cles"
"""The keys that make this computer this desk."""
SAUVEGARDES = "sauvegardes"
"""The folder of what is put aside, and of the backups."""
