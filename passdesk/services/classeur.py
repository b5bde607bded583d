"""A sheet as OpenDocument (ODS): texts and numbers, no formula; the same rows give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_GENRE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFESTE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_GENRE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_DEBUT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
_FIN = "</table:table></office:spreadsheet></office:body></office:document-content>"
_LE = (1980, 1, 1, 0, 0, 0)


def ecrire_ods(fichier: Path, nom: str, rangs: Sequence[Sequence[int | str]]) -> None:
    """Writes one sheet. Raises OSError."""
    contenu = [_DEBUT, f"<table:table table:name={quoteattr(nom)}>"]
    for rang in rangs:
        contenu.append("<table:table-row>" + "".join(map(_cellule, rang)) + "</table:table-row>")
    contenu.append(_FIN)
    with zipfile.ZipFile(fichier, "w") as archive:
        # The kind comes first and bare: that is how the file is recognised.
        for chemin, texte, mode in (
            ("mimetype", _GENRE, zipfile.ZIP_STORED),
            ("META-INF/manifest.xml", _MANIFESTE, zipfile.ZIP_DEFLATED),
            ("content.xml", "".join(contenu), zipfile.ZIP_DEFLATED),
        ):
            entree = zipfile.ZipInfo(chemin, _LE)
            entree.compress_type = mode
            archive.writestr(entree, texte.encode())


def _cellule(valeur: int | str) -> str:
    if isinstance(valeur, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{valeur}">'
            f"<text:p>{valeur}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(valeur)}</text:p></table:table-cell>'
