"""Colours of the three themes, with the names of the guide; contrast is computed from them by a test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Jetons:
    """One theme, colours as #RRGGBB. `cadre`: cards and tinted blocks get an outline of that many pixels."""

    nom: str
    paper: str
    side: str
    strip: str
    surface: str
    sunk: str
    ink: str
    ink2: str
    line: str
    edge: str
    brand: str
    hover: str
    pressed: str
    onbrand: str
    ok: str
    oktint: str
    warn: str
    warntint: str
    bad: str
    badtint: str
    btint: str
    sel: str
    dis: str
    disink: str
    mark: str
    focus: str
    cadre: int = 0

    def couleur(self, ton: str) -> str:
        """The text and icon colour of a tone: "ok", "warn", "bad", "info", or any token's name."""
        return str(getattr(self, {"info": "brand", "neutre": "ink2"}.get(ton, ton)))

    def teinte(self, ton: str) -> str:
        """The background of a tone: "ok", "warn", "bad", "info" or "neutre"."""
        return {
            "ok": self.oktint, "warn": self.warntint, "bad": self.badtint, "info": self.btint, "neutre": self.dis,
        }[ton]  # fmt: skip


CLAIR = Jetons(
    "clair", paper="#F7F4ED", side="#EDE8DC", strip="#E4DDCE", surface="#FFFEFB", sunk="#F7F4ED",
    ink="#211E19", ink2="#48433A", line="#DED7C8", edge="#7D7464",
    brand="#17495C", hover="#0F3848", pressed="#0A2B38", onbrand="#FFFFFF",
    ok="#1A5231", oktint="#E3EFE3", warn="#613C00", warntint="#FAEDD0", bad="#84261A", badtint="#F9E5DF",
    btint="#E1ECEE", sel="#D5E5E9", dis="#E9E4D8", disink="#4B453A", mark="#FBE7A8", focus="#4B3FC9",
)  # fmt: skip
SOMBRE = Jetons(
    "sombre", paper="#1C1A17", side="#141310", strip="#0E0D0B", surface="#282520", sunk="#1C1A17",
    ink="#F4EFE6", ink2="#CFC8BA", line="#3D3932", edge="#928977",
    brand="#A3D3E1", hover="#BDE2EC", pressed="#8CC3D3", onbrand="#0A2129",
    ok="#ABDDB5", oktint="#1E3526", warn="#F2CF8A", warntint="#3B2E14", bad="#F7BBAB", badtint="#45241C",
    btint="#21363D", sel="#22373E", dis="#35312B", disink="#CCC4B5", mark="#5C4A12", focus="#C3BEFF",
)  # fmt: skip
CONTRASTE = Jetons(
    "contraste", paper="#000000", side="#000000", strip="#000000", surface="#000000", sunk="#000000",
    ink="#FFFFFF", ink2="#FFFFFF", line="#FFFFFF", edge="#FFFFFF",
    brand="#FFE45C", hover="#FFF0A0", pressed="#FFD500", onbrand="#000000",
    ok="#8CF5A5", oktint="#000000", warn="#FFD27A", warntint="#000000", bad="#FFB3A6", badtint="#000000",
    btint="#000000", sel="#1F3A44", dis="#000000", disink="#D0D0D0", mark="#5C4A12", focus="#00E5FF", cadre=2,
)  # fmt: skip
THEMES = {jetons.nom: jetons for jetons in (CLAIR, SOMBRE, CONTRASTE)}


@lru_cache(maxsize=1 << 16)
def luminance(couleur: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2)."""
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def contraste(a: str, b: str) -> float:
    """Contrast ratio of two colours (WCAG 2), from 1 to 21."""
    clair, sombre = sorted((luminance(a), luminance(b)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)
