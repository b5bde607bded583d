"""The list of results: painted rows of one anatomy (guide §4), keyboard of its own, hundreds of rows at no cost."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QShowEvent, QTextLayout
from PySide6.QtWidgets import QListView, QScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from passdesk.ui.composants.choix import peindre_case
from passdesk.ui.composants.mots import Mots
from passdesk.ui.composants.rangee import Index, ModeleRangees, Rangee
from passdesk.ui.composants.suivi_rangee import SuiviRangee
from passdesk.ui.icones import icone
from passdesk.ui.theme import Theme

PART_BADGE = 0.45
"""Above that part of the row, the badge goes under the words."""
PART_LISIBLE = 0.85
"""Of a line, in sight: what is cut is then only the room under its letters."""
MARGE, ECART = 16, 8


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where what a row says stands, in pixels. `dessous`: the badge is too wide to stand beside the title, or would
    break a title that has its line. `entier`: the detail goes under the badge, on the whole width, rather than break
    beside it.
    """

    haut: int
    badge: float
    titre: float
    detail: float
    """Widths of the badge, and of what the words may take."""
    dessous: bool
    entier: bool


class _Delegue(QStyledItemDelegate):
    def __init__(self, theme: Theme, vue: QListView, modele: ModeleRangees) -> None:
        super().__init__(vue)
        self._theme, self._vue, self._modele = theme, vue, modele
        self._mots = Mots(theme)
        self._plans: dict[int, _Plan] = {}
        self._pour = (0, 0.0)
        """The width and the text size that they were made for."""
        modele.modelReset.connect(self._plans.clear)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._vue.viewport().width(), self._plan(index.row()).haut)

    def _plan(self, rang: int) -> _Plan:
        """Qt asks for the height of every row, several times over: each is measured once."""
        pour = (largeur, _) = (self._vue.viewport().width(), self._theme.echelle)
        if pour != self._pour:
            self._pour = pour
            self._plans.clear()
        if rang not in self._plans:
            self._plans[rang] = self._mesurer(self._modele.rangees[rang], largeur)
        return self._plans[rang]

    def _mesurer(self, rangee: Rangee, largeur: int) -> _Plan:
        t, mots = self._theme, self._mots
        marque = t.px(22) + t.sp(12) if rangee.icone or rangee.cochee is not None else 0
        place = float(largeur - 2 * t.sp(MARGE) - marque)
        if rangee.entete:
            return _Plan(round(mots.hauteur(rangee.titre, "label", place)) + t.sp(16), 0, place, place, False, False)
        titre, detail = mots.longueur(rangee.titre, "strong"), mots.longueur(rangee.detail, "small")
        badge, a_cote, dessous = 0.0, place, False
        if rangee.badge:
            badge = mots.longueur(rangee.badge, "label") + 2 * t.sp(10)
            badge += t.px(16) + t.sp(6) if rangee.badge_icone else 0
            libre = place - badge - t.sp(ECART)
            dessous = badge > PART_BADGE * place or libre < titre <= place
            a_cote = place if dessous else libre
        entier = bool(rangee.badge) and not dessous and detail > a_cote
        sous = place if entier else a_cote
        haut = mots.hauteur(rangee.titre, "strong", a_cote, titre)
        haut = (max(haut, t.px(26)) if entier else haut) + mots.hauteur(rangee.detail, "small", sous, detail)
        haut += 2 * t.sp(11) + (t.px(26) + t.sp(6) if dessous else 0)
        return _Plan(round(haut) + 2, badge, a_cote, sous, dessous, entier)

    def paint(self, peintre: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, j, rangee = self._theme, self._theme.jetons, self._modele.rangees[index.row()]
        plan = self._plan(index.row())
        cadre = QRectF(option.rect).adjusted(0, 1, 0, -1)
        peintre.save()
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        if rangee.entete:
            titre = self._mots.mise(rangee.titre, "label", plan.titre, rangee.reperes)
            pied = QPointF(cadre.left() + t.sp(MARGE), cadre.bottom() - titre.boundingRect().height())
            self._ecrire(peintre, titre, pied, j.ink2)
            peintre.restore()
            return
        etat = option.state
        choisie = bool(etat & QStyle.StateFlag.State_Selected)
        if choisie or etat & QStyle.StateFlag.State_MouseOver:
            peintre.setPen(Qt.PenStyle.NoPen)
            peintre.setBrush(QColor(j.sel if choisie else j.btint))
            peintre.drawRoundedRect(cadre, 6, 6)
        if choisie:
            peintre.setBrush(QColor(j.brand))
            peintre.drawRoundedRect(QRectF(cadre.left(), cadre.top() + 10, 4, cadre.height() - 20), 2, 2)
        x, y = cadre.left() + t.sp(MARGE), cadre.top() + t.sp(11)
        if rangee.cochee is not None:
            cote = t.px(20)
            milieu = y + (t.metrique("strong").height() - cote) / 2
            case = QRectF(x, milieu, cote, cote).adjusted(1, 1, -1, -1)
            if self._entier(case.top(), case.bottom()):
                peindre_case(peintre, self._vue, t, case, cochee=rangee.cochee)
            x += t.px(22) + t.sp(12)
        elif rangee.icone:
            couleur = j.couleur(rangee.icone_ton)
            if self._entier(y, y + t.px(22)):
                peintre.drawPixmap(QPointF(x, y), icone(rangee.icone, couleur, t.px(22), self._densite()))
            x += t.px(22) + t.sp(12)
        titre = self._mots.mise(rangee.titre, "strong", plan.titre, rangee.reperes)
        detail = self._mots.mise(rangee.detail, "small", plan.detail, ())
        haut_titre = titre.boundingRect().height()
        haut_titre = max(haut_titre, t.px(26)) if plan.entier else haut_titre
        bas = y + haut_titre
        self._ecrire(peintre, titre, QPointF(x, y + (haut_titre - titre.boundingRect().height()) / 2), j.ink)
        self._ecrire(peintre, detail, QPointF(x, bas), j.ink2)
        if rangee.badge:
            if plan.dessous:
                place = QPointF(x, bas + detail.boundingRect().height() + t.sp(6))
            else:
                milieu = y + haut_titre / 2 if plan.entier else cadre.center().y()
                place = QPointF(cadre.right() - t.sp(MARGE) - plan.badge, milieu - t.px(26) / 2)
            badge = QRectF(place.x(), place.y(), plan.badge, t.px(26))
            if self._entier(badge.top(), badge.bottom()):
                self._peindre_badge(peintre, rangee, badge, choisie)
        peintre.restore()

    def _ecrire(self, peintre: QPainter, texte: QTextLayout, ou: QPointF, couleur: str) -> None:
        """Its lines, but for those that an edge cuts in two."""
        peintre.setPen(QColor(couleur))
        places = [texte.lineAt(rang).rect().translated(ou) for rang in range(texte.lineCount())]
        entieres = [place for place in places if self._entier(place.top(), place.bottom())]
        if len(entieres) == len(places):
            texte.draw(peintre, ou)
        elif entieres:
            peintre.save()
            peintre.setClipRect(QRectF(entieres[0].topLeft(), entieres[-1].bottomRight()).adjusted(-2, 0, 2, 0))
            texte.draw(peintre, ou)
            peintre.restore()

    def _entier(self, haut: float, bas: float) -> bool:
        """True when the list shows the whole of this height, wherever it stands itself."""
        vue = self._vue.viewport().visibleRegion().boundingRect()
        cache = max(0.0, vue.top() - haut) + max(0.0, bas - vue.bottom() - 1)
        return cache <= (1 - PART_LISIBLE) * (bas - haut)

    def _peindre_badge(self, peintre: QPainter, rangee: Rangee, cadre: QRectF, choisie: bool) -> None:
        t, j = self._theme, self._theme.jetons
        couleur = QColor(j.ink if rangee.ton == "neutre" else j.couleur(rangee.ton))
        peintre.setPen(QPen(couleur, 2.0) if j.cadre else Qt.PenStyle.NoPen)
        # On the row chosen, the tint of a mere fact is that of the row: the badge would be lost in it.
        fondu = choisie and rangee.ton in ("info", "neutre")
        peintre.setBrush(QColor(j.surface if fondu else j.teinte(rangee.ton)))
        peintre.drawRoundedRect(cadre, cadre.height() / 2, cadre.height() / 2)
        x = cadre.left() + t.sp(10)
        if rangee.badge_icone:
            image = icone(rangee.badge_icone, couleur.name(), t.px(16), self._densite(), True)
            peintre.drawPixmap(QPointF(x, cadre.center().y() - t.px(16) / 2), image)
            x += t.px(16) + t.sp(6)
        metrique = t.metrique("label")
        peintre.setFont(t.police("label"))
        peintre.setPen(couleur)
        peintre.drawText(QPointF(x, cadre.center().y() + (metrique.ascent() - metrique.descent()) / 2), rangee.badge)

    def _densite(self) -> float:
        return self._vue.devicePixelRatioF()


class Liste(QListView):
    """`choisie` carries the key of the row arrived at (by hand or by `montrer`), `ouverte` that of Enter or a click,
    `basculee` that of a row with a tick (Enter, Space or a click). `rangee_bougee`: the current row has another place.
    """

    choisie = Signal(object)
    rangee_bougee = Signal()
    ouverte = Signal(object)
    basculee = Signal(object)
    entiere = False
    """True while the page scrolls with it (`derouler`)."""

    def __init__(self, theme: Theme, nom_accessible: str) -> None:
        super().__init__()
        self._theme = theme
        self._page: QScrollArea | None = None
        self._question: object = None
        self._modele = ModeleRangees()
        # Before the view hears of the model: it measures new rows once those of before are forgotten.
        self.setItemDelegate(_Delegue(theme, self, self._modele))
        self.setModel(self._modele)
        self._suivi = SuiviRangee(self)
        self.setProperty("role", "liste")
        self.setAccessibleName(nom_accessible)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._arrivee)  # no lambda: see `Combo`
        self._accord = QTimer(self, singleShot=True, interval=0)
        self._accord.timeout.connect(self._accorder)
        self.selectionModel().selectionChanged.connect(self._accord.start)
        self.clicked.connect(self._presser)
        self.verticalScrollBar().valueChanged.connect(self._defile)
        theme.change.connect(self._retailler)

    def minimumSizeHint(self) -> QSize:
        """One row: Qt asks for the room of its scroll bars, more than a small window has at large text."""
        return QSize(super().minimumSizeHint().width(), self._theme.px(56))

    def derouler(self, *, oui: bool) -> None:
        """`oui`: as tall as its rows, in a page that scrolls, which it never does then: two bars side by side each
        show a part of what the other does.
        """
        if oui != self.entiere:
            self.entiere = oui
            politique = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if oui else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            self.setVerticalScrollBarPolicy(politique)
            self._retailler()

    @property
    def rangees(self) -> tuple[Rangee, ...]:
        """What it shows."""
        return self._modele.rangees

    def cle(self) -> Hashable | None:
        """The key of the current row, None without one."""
        return self._cle(self.currentIndex())

    def place_rangee(self) -> QRect:
        """Where the current row is in sight, or all of the list without one."""
        vue = self.viewport()
        ici = self.visualRect(self.currentIndex()).intersected(vue.rect())
        return self.rect() if ici.isEmpty() else QRect(vue.mapTo(self, ici.topLeft()), ici.size())

    def montrer(self, rangees: Sequence[Rangee], question: object = None) -> None:
        """Replaces the rows; the current one stays current if it is still there, else the first.

        `question`: what they answer (a search, a filter). When it is that of before, the rows are read again: what was
        in sight stays so for who scrolled away from the current one, whatever came or went.
        """
        avant, lues, quitte = self.cle(), self.rangees, self._suivi.quitte()
        relues, self._question = question == self._question, question
        self._modele.poser(rangees)
        rangs = {rangee.cle: rang for rang, rangee in enumerate(rangees)}
        lignes = [rang for rang, rangee in enumerate(rangees) if not rangee.entete]
        rang = next((rang for rang in lignes if rangees[rang].cle == avant), next(iter(lignes), None))
        if rang is None:
            return
        courante, reste = self._modele.index(rang, 0), None
        if quitte is not None and relues and rangees[rang].cle == avant:
            # The first that was in sight, the next one of those that are still there, else the one before.
            dans_l_ordre = (*lues[quitte.rang :], *reversed(lues[: quitte.rang]))
            reste = next((rangs[rangee.cle] for rangee in dans_l_ordre if rangee.cle in rangs), None)
        if quitte is None or reste is None:
            self.setCurrentIndex(courante)
        else:
            self._suivi.rester(courante, self._modele.index(reste, 0), quitte.y)

    def choisir(self, cle: Hashable) -> bool:
        """Makes this row the current one, in sight; False when it is not among them."""
        rang = next((r for r, rangee in enumerate(self.rangees) if rangee.cle == cle), None)
        if rang is not None:
            self.setCurrentIndex(self._modele.index(rang, 0))
            self._suivi.reprendre()
        return rang is not None

    def avancer(self, pas: int) -> None:
        """The current row, `pas` further; stays inside."""
        lignes = [rang for rang, rangee in enumerate(self.rangees) if not rangee.entete]
        if lignes:
            ici = next((place for place, rang in enumerate(lignes) if rang >= self.currentIndex().row()), 0)
            rang = lignes[max(0, min(len(lignes) - 1, ici + pas))]
            self.setCurrentIndex(self._modele.index(rang, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        presse = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if presse or (event.key() == Qt.Key.Key_Space and self._cochable(self.currentIndex())):
            self._presser(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retailler()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea) and parent is not self._page:
            self._page = parent
            parent.verticalScrollBar().valueChanged.connect(self._page_defile)

    def _page_defile(self, _y: int) -> None:
        if self.entiere:
            self.viewport().update()

    def _defile(self) -> None:
        # Qt moves the picture: a line that was cut would stay so.
        self.viewport().update()
        self.rangee_bougee.emit()

    def _cochable(self, index: Index) -> bool:
        return index.isValid() and self._modele.rangees[index.row()].cochee is not None

    def _presser(self, index: Index) -> None:
        (self.basculee if self._cochable(index) else self.ouverte).emit(self._cle(index))

    def _accorder(self) -> None:
        """Assistive tools select a row, where others arrive at it and press it: it is pressed all the same.

        By hand, the row selected is the current one by now.
        """
        for choisie in self.selectedIndexes():
            if choisie != self.currentIndex():
                self.setCurrentIndex(choisie)
                self._presser(choisie)

    def _cle(self, index: Index) -> Hashable | None:
        return self._modele.rangees[index.row()].cle if index.isValid() else None

    def _arrivee(self, index: Index) -> None:
        if index.isValid():
            self.choisie.emit(self._cle(index))
        self.rangee_bougee.emit()

    def updateGeometries(self) -> None:
        """Called by Qt once the rows are laid out."""
        super().updateGeometries()
        if self.entiere:
            rangees = sum(self.sizeHintForRow(rang) for rang in range(len(self.rangees)))
            self.setMinimumHeight(rangees + 2 * self.frameWidth())
        self._suivi.accorder()
        self.rangee_bougee.emit()

    def _retailler(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
