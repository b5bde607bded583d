"""The words of the choice of a printer."""

from __future__ import annotations

IMPRIMANTE = "Imprimante"
FICHIER_PDF = "Fichier PDF"
