"""The words of the choice of a printer, and of the papers shown before they are printed."""

from __future__ import annotations

IMPRIMANTE = "Imprimante"
FICHIER_PDF = "Fichier PDF"

ENREGISTRER = "Enregistrer…"
SANS_IMPRIMANTE = "Aucune imprimante sur cet ordinateur. Enregistrez ce papier, puis imprimez-le ailleurs."
IMPRIMER = "Imprimer"
FERMER = "Fermer"
FILTRE_PDF = "Fichier PDF (*.pdf)"
PAGE_SUIVANTE = "Page suivante"


def page_sur(rang: int, nombre: int) -> str:
    """ "page 1 sur 2"."""
    return f"page {rang} sur {nombre}"
