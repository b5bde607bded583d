"""Spreadsheets made by hand, whole or hostile: each format with no more than a reader needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
_MANIFESTE = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_LIENS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAQUET = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipper(entrees: Mapping[str, str | bytes]) -> bytes:
    """A zip of these entries."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as fichier:
        for nom, contenu in entrees.items():
            fichier.writestr(nom, contenu)
    return sortie.getvalue()


def ods_brut(tables: str) -> bytes:
    """An ODS file with this XML as its tables."""
    return zipper(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": _MANIFESTE,
            "content.xml": _ODS.format(tables),
        }
    )


def ods(feuilles: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """An ODS file of texts, as LibreOffice writes it: the empty rest of the sheet is one repeated row."""
    tables = []
    for nom, rangees in feuilles.items():
        lignes = [f"<table:table-row>{''.join(map(_case_ods, rangee))}</table:table-row>" for rangee in rangees]
        reste = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        lignes.append(reste + 'table:number-columns-repeated="16384"/></table:table-row>')
        tables.append(f'<table:table table:name="{escape(nom)}">{"".join(lignes)}</table:table>')
    return ods_brut("".join(tables))


def _case_ods(texte: str) -> str:
    if not texte:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(texte)}</text:p></table:table-cell>'


def xlsx_brut(*feuilles: tuple[str, str]) -> bytes:
    """An XLSX file: (name, XML of the rows) for each sheet."""
    noms = "".join(
        f'<sheet name="{escape(nom)}" sheetId="{rang}" r:id="rId{rang}"/>' for rang, (nom, _) in enumerate(feuilles, 1)
    )
    liens = "".join(
        f'<Relationship Id="rId{rang}" Type="{_LIENS}/worksheet" Target="worksheets/sheet{rang}.xml"/>'
        for rang in range(1, len(feuilles) + 1)
    )
    racine = f'<Relationship Id="rId1" Type="{_LIENS}/officeDocument" Target="xl/workbook.xml"/>'
    entrees = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PAQUET}">{racine}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LIENS}"><sheets>{noms}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PAQUET}">{liens}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>",
    }
    for rang, (_, rangees) in enumerate(feuilles, 1):
        entrees[f"xl/worksheets/sheet{rang}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rangees}</sheetData></worksheet>'
        )
    return zipper(entrees)


def xlsx(feuilles: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """An XLSX file of texts."""
    contenu = []
    for nom, rangees in feuilles.items():
        lignes = []
        for numero, rangee in enumerate(rangees, 1):
            cases = [
                f'<c r="{chr(65 + rang)}{numero}" t="inlineStr"><is><t>{escape(texte)}</t></is></c>'
                for rang, texte in enumerate(rangee)
                if texte
            ]
            lignes.append(f'<row r="{numero}">{"".join(cases)}</row>')
        contenu.append((nom, "".join(lignes)))
    return xlsx_brut(*contenu)
