"""What a file says of a person and of how a request came, as the desk words it."""

from __future__ import annotations

PREFERENCES = {
    "telephone": "Par téléphone",
    "sms": "Par SMS",
    "courriel": "Par courrier électronique",
    "courrier": "Par la poste",
}
BESOINS = {"gros_caracteres": "Gros caractères", "lecture_difficile": "Lecture difficile"}
CANAUX = {"guichet": "Au guichet", "courrier": "Par courrier", "plateforme_region": "Par la plateforme de la Région"}
