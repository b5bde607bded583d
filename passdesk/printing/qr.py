"""QR symbols of fixed size: a text that no longer fits must stop the print, never make a larger symbol."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, MODE_NUMBER, QRData, pattern_position

from passdesk.printing.masque import meilleur_masque

Lignes = tuple[tuple[bool, ...], ...]

MODULE_PASS = 2.4
"""Side of a module of a pass, points: 20 dots at 600 dpi (anchors/print §0)."""
MODULE_CERTIFICAT = 1.92
"""Side of a module of the certificate, points (protocol §2)."""
ZONE_BLANCHE = 4
"""Modules left white around a symbol (ISO/IEC 18004)."""


def matrice_pass(texte: str) -> Lignes:
    """The 41 × 41 modules (version 6, level Q, digits) of a pass. ValueError when it is not digits or too long."""
    return _matrice(texte, 6, ERROR_CORRECT_Q, MODE_NUMBER)


def matrice_certificat(texte: str) -> Lignes:
    """The 57 × 57 modules (version 10, level M, base45 letters) of the desk's certificate. ValueError as above."""
    return _matrice(texte, 10, ERROR_CORRECT_M, MODE_ALPHA_NUM)


@lru_cache(
    maxsize=64
)  # the page on the screen, its file, its printing and a sheet that goes again are the same symbols
def _matrice(texte: str, version: int, niveau: int, mode: int) -> Lignes:
    symbole: QRCode[Any] = QRCode(version=version, error_correction=niveau, border=0, mask_pattern=0)
    try:
        symbole.add_data(QRData(texte, mode=mode), optimize=0)
        symbole.make(fit=False)
        masque = meilleur_masque(symbole.modules, pattern_position(version))
    except (DataOverflowError, ValueError) as cause:
        # The text is worth money: it must not travel in the message.
        raise ValueError(f"QR {version}: {len(texte)} characters do not fit") from cause
    if masque != 0:
        # The same object: its correction words, nine tenths of the work, are not computed again.
        symbole.mask_pattern = masque
        symbole.make(fit=False)
    return tuple(tuple(bool(module) for module in ligne) for ligne in symbole.modules)
