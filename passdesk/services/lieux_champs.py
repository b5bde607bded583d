"""The cells of a list of places: separators, yes and no, position, capitals, letters broken by a wrong code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from passdesk.domain.lieu import ACCES, FRAIS, Position
from passdesk.domain.personne import texte_recherche

LONGUEUR_MAX = 300
"""Letters of a cell; services and such are longer, but nothing of them is taken."""
LONGUEUR_NOTE_MAX = 2000

PASS_ACCEPTE, SANS_PUBLIC = "pass", "sans_public"
FRAIS_DITS: Mapping[str, str] = {
    "gratuit": FRAIS[0],
    "gratuit sous condition": FRAIS[1],
    "payant": FRAIS[2],
    "adhesion": FRAIS[3],
    "accepte le pass numerique": PASS_ACCEPTE,
}
"""`conditions_acces` (0.1) and `frais_a_charge` (1.0), before the colon, folded."""
ACCES_DITS: Mapping[str, str] = {
    "se presenter": ACCES[0],
    "telephoner": ACCES[1],
    "contacter par mail": ACCES[2],
    "prendre un rdv en ligne": ACCES[3],
    "envoyer un mail avec une fiche de prescription": ACCES[4],
    "ce lieu n accueille pas de public": SANS_PUBLIC,
}
"""`modalites_acces` (1.0), folded."""

_OUI_NON = {"oui": True, "vrai": True, "true": True, "1": True, "non": False, "faux": False, "false": False, "0": False}
_RIEN = ("-", "–", "—", "/", "?", "n/a", "nc", "n.c.")
_FORMULE = re.compile(r"=|[@+\-]\S*[(|]")
"""Not "@robase" nor "- Médiathèque": what leaves the desk is neutralised anyway (contracts §4)."""
_INVISIBLES = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""What a web page leaves inside words: hyphens for a line that is not cut there, joints without width."""
_CASSEES = re.compile("[ÂÃâ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_LATITUDES, _LONGITUDES = (41.2, 51.2), (-5.3, 9.7)
"""Metropolitan France, Corsica included, in degrees."""
_MOTS_DE_RUE = re.compile(
    "bis|ter|quater|rue|avenue|boulevard|place|route|chemin|impasse|all[ée]e|quai|cours|square|ruelle|sentier|voie|"
    "passage|faubourg|r[ée]sidence|de|du|des|la|le|les|l|d|à|a|au|aux|en|et|sur|sous"
)


def nettoyer(cellule: str) -> tuple[str, bool]:
    """The text of a cell on one line, "" for a dash; True when letters of UTF-8 read as Latin-1 were put right.

    The apostrophe of a keyboard becomes that of print: these words go to screens and covers.
    """
    texte = " ".join(unicodedata.normalize("NFC", cellule).translate(_INVISIBLES).split()).replace("'", "’")
    if texte.casefold() in _RIEN:
        return "", False
    if _CASSEES.search(texte):
        for codage in ("cp1252", "latin-1"):
            try:
                return texte.encode(codage).decode("utf-8"), True
            except UnicodeError:
                continue
    return texte, False


def faute(texte: str, longueur: int) -> str | None:
    """The code of what keeps a cell from being taken, or None."""
    if "\ufffd" in texte or not texte.isprintable():
        return "lettre_illisible"
    if len(texte) > longueur:
        return "cellule_trop_longue"
    return "formule" if texte and _FORMULE.match(texte) else None


def multiples(texte: str) -> list[str]:
    """The values of a cell that holds several: parted by "|" or ";" (the standard says one, its files use both)."""
    return [valeur for partie in re.split(r"[|;]", texte) if (valeur := partie.strip())]


def oui_non(texte: str) -> bool | None:
    """True, False, or None for anything else."""
    return _OUI_NON.get(texte_recherche(texte))


def lire_position(latitude: str, longitude: str) -> tuple[Position | None, str]:
    """The position and "", or the code of what was mended or left out.

    "lieu_position_inversee": the two were swapped, and are put right; "lieu_position_hors_france": not told.
    """
    try:
        lat, long = (float(texte.replace(",", ".")) for texte in (latitude, longitude))
    except ValueError:
        return None, "lieu_position_illisible"
    if _dedans(lat, long):
        return Position(lat, long), ""
    if _dedans(long, lat):
        return Position(long, lat), "lieu_position_inversee"
    return None, "lieu_position_hors_france"


def _dedans(lat: float, long: float) -> bool:
    return _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= long <= _LONGITUDES[1]


def sans_ville(adresse: str, postal: str) -> str:
    """The street alone where the town was written after it: "1 rue X 62130 Saint-Pol"."""
    rue = re.split(rf"[\s,]+{re.escape(postal)}\s", adresse + " ", maxsplit=1)[0] if postal else adresse
    return rue.strip(" ,-") or adresse


def en_minuscules(adresse: str) -> str:
    """ "12 BIS RUE DE LECLERCQ" as one writes it: words all in capitals are hard to read on the cover."""
    if adresse != adresse.upper() or not re.search(r"[A-ZÀ-Þ]{3}", adresse):
        return adresse
    return re.sub(r"\w+", lambda mot: _mot_de_rue(mot[0]), adresse)


def _mot_de_rue(mot: str) -> str:
    return mot.lower() if _MOTS_DE_RUE.fullmatch(mot.lower()) else mot.capitalize()


def zero_rendu(texte: str) -> str:
    """A number typed in a number cell has lost its zero: 327536988 was 03 27 53 69 88."""
    chiffres = texte.replace(" ", "")
    return f"0{chiffres}" if re.fullmatch("[1-9][0-9]{8}", chiffres) else texte
