"""The words of the choice of a printer, and of the papers shown before they are printed."""

from __future__ import annotations

from passdesk.domain.gabarit import Support

IMPRIMANTE = "Imprimante"
FICHIER_PDF = "Fichier PDF"

PAPIER = "Papier dans l’imprimante"
SUPPORTS = {
    Support.ORDINAIRE: "Ordinaire, à couper",
    Support.BANDES_74: "Prédécoupé, 4 bandes de 74,25\u00a0mm",
    Support.BANDES_99: "Prédécoupé, 3 bandes de 99\u00a0mm",
}
"""The paper that a printer may hold."""

ENREGISTRER = "Enregistrer…"
SANS_IMPRIMANTE = "Aucune imprimante sur cet ordinateur. Enregistrez ce papier pour l’imprimer ailleurs."
IMPRIMER = "Imprimer"
FERMER = "Fermer"
PAPIER_DEMANDE = "Un instant\u00a0: ce papier vient après un autre"
RENONCER = "Ne pas attendre"
FILTRE_PDF = "Fichier PDF (*.pdf)"
PAGE_SUIVANTE = "Page suivante"
PILE, CARNET = "pile", "carnet"
"""What may go to paper before a picture is read (`TaskRunner.devant`)."""
ATTENTES = {
    PILE: "Des carnets sont en cours, un papier à la fois. L’aperçu vient dès que le carnet commencé est fini.",
    CARNET: "Un carnet est en cours, un papier à la fois. L’aperçu vient dès qu’il est fini.",
}


def page_sur(rang: int, nombre: int) -> str:
    """ "page 1 sur 2"."""
    return f"page {rang} sur {nombre}"
