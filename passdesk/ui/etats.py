"""How the state of a carnet is said, wherever it is shown."""

from __future__ import annotations

from passdesk.domain.carnet import Etat

ETATS = {
    Etat.ATTRIBUE: "À imprimer",
    Etat.A_CONFIRMER_IMPRESSION: "Impression à confirmer",
    Etat.IMPRIME: "À remettre",
    Etat.REMIS: "Remis",
    Etat.ENTAME: "Entamé",
    Etat.EPUISE: "Épuisé",
    Etat.ANNULE: "Annulé",
    Etat.GACHE: "Gâché",
    Etat.PERDU: "Déclaré perdu",
    Etat.VOLE: "Déclaré volé",
    Etat.RETOURNE: "Rendu au poste",
}
