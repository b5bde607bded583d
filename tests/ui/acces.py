"""What somebody who hears the screen, or has only the keyboard, would miss: from the tree that assistive tools get."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from passdesk.ui.composants import Basculante, BtnMenu
from passdesk.ui.composants.tour import arrets

Role = QAccessible.Role
ROLES = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.Link,
    Role.EditableText, Role.ComboBox, Role.SpinBox, Role.Slider,
    Role.List, Role.ListItem, Role.Table, Role.Cell, Role.Tree, Role.TreeItem, Role.MenuItem, Role.PopupMenu,
    Role.PageTab, Role.Document, Role.ScrollBar,
}  # fmt: skip
"""Of what can be acted on: "a part of the window" says nothing of what it does."""
CHAMPS = (QLineEdit, QComboBox, QPlainTextEdit)
COIN = QPoint(0, 0)
CHEVAUCHEMENT_PX = 4
"""Two stops side by side or one under the other may touch by so much."""


def inaccessibles(racine: QWidget) -> list[str]:
    """What can be acted on in this window without a name, a role, a label, or a key that leads to it."""
    return [*sans_nom(racine), *sans_etiquette(racine), *sans_clavier(racine), *sans_ordre(racine), *sans_acte(racine)]


def noeuds(racine: QWidget) -> Iterator[QAccessibleInterface]:
    """What assistive tools see of a window, from the window down; nothing of what is hidden."""
    reste = [QAccessible.queryAccessibleInterface(racine)]
    while reste:
        noeud = reste.pop()
        if noeud is None or not noeud.isValid() or noeud.state().invisible:
            continue
        yield noeud
        reste += [noeud.child(rang) for rang in range(noeud.childCount())]


def nom(noeud: QAccessibleInterface) -> str:
    """What is read of it first."""
    return noeud.text(QAccessible.Text.Name)


def sans_nom(racine: QWidget) -> list[str]:
    """What takes the keyboard, or is a row of a list, and says neither what it is nor its name."""
    trouves = []
    for noeud in noeuds(racine):
        etat, role, objet = noeud.state(), noeud.role(), noeud.object()
        rangee = role in (Role.ListItem, Role.MenuItem)
        bouton = isinstance(objet, QAbstractButton)
        if not (bouton or rangee or (etat.focusable and objet is not racine and not _cache(objet))):
            continue
        # A block that takes the keyboard to be read with the arrows has no act to tell.
        lu = isinstance(objet, QFrame) and not isinstance(objet, CHAMPS)
        if role not in ROLES and not lu:
            trouves.append(f"{_dire(noeud)} : rôle {role.name}")
        if not nom(noeud).strip():
            trouves.append(f"{_dire(noeud)} : sans nom")
    return trouves


def sans_acte(racine: QWidget) -> list[str]:
    """What only looks pressed when an assistive tool turns it over (the first action that it is offered)."""
    boutons = racine.findChildren(QAbstractButton)
    return [
        f"{_dire(bouton)} : bascule sans acte"
        for bouton in boutons
        if bouton.isVisible() and bouton.isCheckable() and not isinstance(bouton, Basculante)
    ]


def sans_etiquette(racine: QWidget) -> list[str]:
    """Fields whose label in sight is not tied to them; a search has its words inside while it is empty."""
    trouves = []
    for genre in CHAMPS:
        for champ in racine.findChildren(genre):
            if not champ.isVisible() or champ.window() is not racine.window() or _dans_un_autre_champ(champ):
                continue
            noeud = QAccessible.queryAccessibleInterface(champ)
            liens = [lien for _, lien in noeud.relations()]
            if not any(lien & QAccessible.RelationFlag.Label for lien in liens):
                trouves.append(f"« {nom(noeud)} » ({type(champ).__name__}) : sans étiquette reliée")
    return trouves


def sans_clavier(racine: QWidget) -> list[str]:
    """What the pointer alone can press, or write in: out of Tab's way, and of no key's."""
    atteints = set(arrets(racine.window()))
    trouves = []
    for genre in (QAbstractButton, *CHAMPS):
        for widget in racine.findChildren(genre):
            if not widget.isVisible() or not widget.isEnabled() or widget.window() is not racine.window():
                continue
            if widget in atteints or _dans_un_autre_champ(widget) or widget.property("par_touche"):
                continue
            groupe = widget.group() if isinstance(widget, QRadioButton) else None
            if groupe is not None and any(autre in atteints for autre in groupe.buttons()):
                continue  # the arrows go from one to the next
            trouves.append(f"{_dire(widget)} : hors du clavier")
    return trouves


def sans_ordre(racine: QWidget) -> list[str]:
    """Where Tab goes back: up the same column, or to the left on the same line; coming round to the first one is none.

    Two stops are compared by the largest blocks that hold one and not the other: a column is read before the next one.
    """
    tour = arrets(racine.window())
    retours = [(un, autre) for un, autre in pairwise([*tour, *tour[:1]]) if un is not autre and _a_rebours(un, autre)]
    if retours:
        retours.remove(min(retours, key=lambda paire: paire[1].mapTo(racine.window(), COIN).manhattanLength()))
    return [f"{_dire(un)} puis {_dire(autre)} : à rebours" for un, autre in retours]


def _a_rebours(un: QWidget, autre: QWidget) -> bool:
    if isinstance(autre, BtnMenu):
        return False  # rare acts in the title of a card come after its questions
    ici, la = _blocs(un, autre)
    dessus = la.bottom() < ici.top() + CHEVAUCHEMENT_PX
    a_gauche = la.right() < ici.left() + CHEVAUCHEMENT_PX
    return (dessus and _commun(ici.left(), ici.right(), la.left(), la.right())) or (
        a_gauche and _commun(ici.top(), ici.bottom(), la.top(), la.bottom())
    )


def _blocs(un: QWidget, autre: QWidget) -> tuple[QRect, QRect]:
    """The largest block that holds one and not the other, for each, in the coordinates of what holds both."""
    lignees = [_lignee(widget) for widget in (un, autre)]
    ancetre = next(widget for widget in lignees[0] if widget in lignees[1])
    ici, la = (lignee[lignee.index(ancetre) - 1] if lignee[0] is not ancetre else ancetre for lignee in lignees)
    return QRect(ici.mapTo(ancetre, COIN), ici.size()), QRect(la.mapTo(ancetre, COIN), la.size())


def _lignee(widget: QWidget) -> list[QWidget]:
    lignee = [widget]
    while (parent := lignee[-1].parentWidget()) is not None and not lignee[-1].isWindow():
        lignee.append(parent)
    return lignee


def _commun(debut: int, fin: int, autre_debut: int, autre_fin: int) -> bool:
    return min(fin, autre_fin) - max(debut, autre_debut) > CHEVAUCHEMENT_PX


def _cache(objet: object) -> bool:
    return isinstance(objet, QWidget) and not objet.focusPolicy() & Qt.FocusPolicy.TabFocus


def _dans_un_autre_champ(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox):
            return True
        parent = parent.parentWidget()
    return False


def _dire(vu: QAccessibleInterface | QWidget) -> str:
    noeud = QAccessible.queryAccessibleInterface(vu) if isinstance(vu, QWidget) else vu
    objet = noeud.object()
    return f"{type(objet).__name__ if objet is not None else noeud.role().name} « {nom(noeud)[:60]} »"
