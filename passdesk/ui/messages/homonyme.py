"""What is said of a homonym, and why it is taken back."""

from __future__ import annotations

DITS = {
    "identite_differente": "justificatif d’identité différent",
    "jumeaux_ou_parents": "jumeaux ou parents",
    "autre": "motif écrit sur la fiche",
}
MOTIFS = {
    "meme_personne": "C’est une seule personne",
    "par_megarde": "Noté par mégarde",
    "autre": "Autre raison",
}
RETIRE = "Homonyme retiré"
