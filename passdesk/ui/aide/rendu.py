"""A page of the manual laid out: Markdown read by Qt, then dressed with the typeface and the colours of its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from passdesk.ressources import chemin
from passdesk.ui.aide.manuel import DOSSIER, IMAGE, PageManuel
from passdesk.ui.jetons import CLAIR, Jetons
from passdesk.ui.police import FAMILLE, STYLES

DIALECTE = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
TITRES = {1: ("h1", 0, 10), 2: ("h2", 20, 4)}
TITRES_ETROITS = {1: ("h2", 0, 6), 2: ("strong", 16, 2)}
"""Level → style of the guide, space above and below in pixels at 100 %."""
COLONNE = 720
"""Widest line at 100 %, in pixels: longer ones are hard to follow. A picture may take all the place."""
GRANDS_TITRES = 1.5
"""From that text size on, titles are those of the narrow form (guide §7.8)."""
INTERLIGNE = 140
"""Per cent of the letters' height."""
POINT_PAR_PIXEL = 0.66
"""On paper: a body of 16 pixels on the screen is 10.5 points."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What a page is dressed with. `largeur`: of the place it has, in pixels; None on paper, with letters in points."""

    jetons: Jetons = CLAIR
    echelle: float = 1.0
    largeur: int | None = None
    densite: float = 1.0

    @property
    def colonne(self) -> int:
        """How wide its lines are, in pixels, at most; 0 without a limit."""
        return 0 if self.largeur is None else min(self.largeur, round(COLONNE * self.echelle))

    def titre(self, niveau: int) -> tuple[str, int, int] | None:
        """How a heading of this level is written, None for what is no heading."""
        titres = TITRES_ETROITS if self.largeur is not None and self.echelle >= GRANDS_TITRES else TITRES
        return titres.get(niveau)

    def fonte(self, role: str) -> QFont:
        """The font of a role of the guide's §3."""
        style = STYLES[role]
        fonte = QFont(FAMILLE)
        fonte.setWeight(QFont.Weight(style.graisse))
        fonte.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if self.largeur is None:
            fonte.setPointSizeF(style.taille * POINT_PAR_PIXEL)
        else:
            fonte.setPixelSize(round(style.taille * self.echelle))
        return fonte

    def sp(self, n: float) -> int:
        """Space: grows four times slower than the text."""
        return round(n * (1 + (self.echelle - 1) / 4))


def composer(pages: Sequence[PageManuel], habit: Habit) -> QTextDocument:
    """These pages as one document, each on a new sheet. Nothing is read but the pictures that they name."""
    document = QTextDocument()
    document.setDefaultFont(habit.fonte("body"))
    document.setDocumentMargin(0 if habit.largeur is None else habit.sp(8))
    texte = "\n\n".join(IMAGE.sub(_avec_legende, page.texte) for page in pages)
    document.setMarkdown(texte, DIALECTE)
    document.setIndentWidth(habit.sp(26) * habit.echelle)
    for page in pages:
        for nom in page.images:
            poser_image(document, nom, habit)
    _habiller(document, habit)
    return document


def poser_image(document: QTextDocument, nom: str, habit: Habit) -> None:
    """Gives the document this picture, no wider than its column, as sharp as the screen can show."""
    image = QImage(str(chemin(DOSSIER, "images", nom)))
    if habit.largeur is not None and not image.isNull():
        large = min(round(image.width() * habit.echelle), habit.largeur)
        voulue = round(large * habit.densite)
        image = image.scaledToWidth(voulue, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(habit.densite)
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"images/{nom}"), image)


def taille_image(image: QImage, habit: Habit) -> QSize:
    """How large a picture stands in the text, in pixels; on paper, inside 17 cm at 96 dots an inch."""
    if habit.largeur is not None:
        return QSize(round(image.width() / habit.densite), round(image.height() / habit.densite))
    large = min(image.width() * 0.75, 600.0)
    return QSize(round(large), round(image.height() * large / max(1, image.width())))


def morceaux(bloc: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """(position, length, format) of each run of letters of a block."""
    # The pieces are copied first: dressing one of them makes the others move in Qt's own list.
    vus, suite = [], bloc.begin()
    while not suite.atEnd():
        morceau = suite.fragment()
        vus.append((morceau.position(), morceau.length(), morceau.charFormat()))
        suite += 1
    yield from vus


def _avec_legende(image: object) -> str:
    alternative, nom = image[1], image[2]  # type: ignore[index]
    return f"![{alternative}](images/{nom})\n\n{alternative}"


def _habiller(document: QTextDocument, habit: Habit) -> None:
    curseur = QTextCursor(document)
    curseur.beginEditBlock()
    bloc, legende, premier = document.begin(), False, True
    while bloc.isValid():
        niveau = bloc.blockFormat().headingLevel()
        image = any(forme.isImageFormat() for _, _, forme in morceaux(bloc))
        _espacer(bloc, niveau, habit, image=image, nouvelle=niveau == 1 and not premier)
        for position, longueur, forme in morceaux(bloc):
            curseur.setPosition(position)
            curseur.setPosition(position + longueur, QTextCursor.MoveMode.KeepAnchor)
            curseur.setCharFormat(_forme(document, forme, niveau, habit, legende=legende))
        legende, premier = image, False
        bloc = bloc.next()
    curseur.endEditBlock()
    for cadre in document.rootFrame().childFrames():
        if isinstance(cadre, QTextTable):
            _tableau(cadre, habit)


def _espacer(bloc: QTextBlock, niveau: int, habit: Habit, *, image: bool, nouvelle: bool) -> None:
    forme = QTextBlockFormat(bloc.blockFormat())
    _, dessus, dessous = habit.titre(niveau) or ("body", 0, 4 if bloc.textList() or image else 10)
    forme.setTopMargin(habit.sp(dessus))
    forme.setBottomMargin(habit.sp(dessous))
    if habit.largeur is not None and not image:
        forme.setRightMargin(max(0, habit.largeur - habit.colonne))
    if not niveau and not image:
        forme.setLineHeight(INTERLIGNE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if nouvelle:
        forme.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    QTextCursor(bloc).setBlockFormat(forme)


def _forme(
    document: QTextDocument, lue: QTextCharFormat, niveau: int, habit: Habit, *, legende: bool
) -> QTextCharFormat:
    """The format of a run of letters: what Markdown says of it, in our typeface and colours."""
    j = habit.jetons
    if lue.isImageFormat():
        image = lue.toImageFormat()
        donnee = document.resource(QTextDocument.ResourceType.ImageResource, QUrl(image.name()))
        taille = taille_image(donnee, habit) if isinstance(donnee, QImage) else QSize()
        image.setWidth(taille.width())
        image.setHeight(taille.height())
        return image
    touche = lue.fontFixedPitch()
    titre = habit.titre(niveau)
    role = titre[0] if titre else "small" if legende else "body"
    fonte = habit.fonte(role)
    if touche:
        fonte.setWeight(QFont.Weight.DemiBold)
    elif not niveau and lue.fontWeight() > QFont.Weight.Normal:
        fonte.setWeight(QFont.Weight.Bold)
    forme = QTextCharFormat()
    forme.setFont(fonte)
    forme.setForeground(QColor(j.ink2 if legende else j.ink))
    if touche:
        forme.setBackground(QColor(j.dis))
    if lue.isAnchor() and habit.largeur is not None:
        forme.setAnchor(True)
        forme.setAnchorHref(lue.anchorHref())
        forme.setForeground(QColor(j.brand))
        forme.setFontUnderline(True)
    return forme


def _tableau(tableau: QTextTable, habit: Habit) -> None:
    forme = tableau.format()
    forme.setBorder(0)
    forme.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    forme.setCellPadding(habit.sp(4))
    forme.setCellSpacing(0)
    forme.setHeaderRowCount(1)
    forme.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    forme.clearColumnWidthConstraints()
    tableau.setFormat(forme)
    for rang in range(tableau.rows()):
        # The widest words of a column end where the next one begins.
        for colonne in range(tableau.columns() - 1):
            cellule = tableau.cellAt(rang, colonne)
            celle = cellule.format().toTableCellFormat()
            celle.setRightPadding(habit.sp(20))
            cellule.setFormat(celle)
