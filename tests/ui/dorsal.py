"""The printer itself, run by CUPS at the end of a queue: its tray is a folder, a sheet is a page of a PDF file.

`panne.json` in the tray says after how many sheets it stops, and with which code of CUPS (1 failed, 3 hold, 4 stop).
"""

import json
import os
import shutil
import sys
from pathlib import Path

import pypdfium2


def sortir(travail: str, titre: str, options: str, recu: Path, bac: Path) -> int:
    """Puts the sheets in the tray, then says so; the code for CUPS."""
    sorti = bac / f"travail-{int(travail):04}.pdf"
    panne = bac / "panne.json"
    code = 0
    if panne.exists():
        feuilles, code = json.loads(panne.read_text(encoding="ascii"))
        with pypdfium2.PdfDocument(recu) as entier, pypdfium2.PdfDocument.new() as partie:
            partie.import_pages(entier, list(range(feuilles)))
            partie.save(sorti)
    else:
        shutil.copyfile(recu, sorti)
    provisoire = sorti.with_suffix(".provisoire")
    provisoire.write_text(json.dumps({"titre": titre, "options": options}), encoding="utf-8")
    provisoire.replace(sorti.with_suffix(".json"))
    return int(code)


if __name__ == "__main__":
    travail, _, titre, exemplaires, options, fichier = sys.argv[1:]
    tous = f"copies={exemplaires} {options}"
    sys.exit(sortir(travail, titre, tous, Path(fichier), Path(os.environ["DEVICE_URI"].partition(":")[2])))
