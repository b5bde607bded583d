"""Where Tab goes: through the window as it is laid out, whatever was made first.

Qt's own order is that of birth: a button that comes with an answer is last of the window, and a detail drawn again too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from passdesk.ui.composants.menu import BtnMenu

_ENTIERS = (QLabel, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
"""Nothing inside them is a stop of its own; and what Qt keeps there has no name in Python: to find it one, PySide makes
half of Qt's types, seven milliseconds of them.
"""
_A_L_ENVERS = (QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.RightToLeft)


def arrets(bloc: QWidget) -> list[QWidget]:
    """Where Tab stops in a block, or in a window, in reading order."""
    return [widget for widget in lus(bloc) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]


def passer(fenetre: QWidget, suivant: bool) -> bool:
    """Gives the keyboard to the next stop of the window, or to the one before; False when there is none to go to.

    The radios of one question are one stop, wherever among them one is.
    """
    ici = fenetre.focusWidget()
    ordre = list(lus(fenetre))
    if ici not in ordre:
        return False
    depart = ordre.index(ici)
    tour = [*ordre[depart + 1 :], *ordre[:depart]]
    groupe = ici.group() if isinstance(ici, QAbstractButton) else None
    for widget in tour if suivant else reversed(tour):
        freres = groupe is not None and isinstance(widget, QAbstractButton) and widget.group() is groupe
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not freres:
            raison = Qt.FocusReason.TabFocusReason if suivant else Qt.FocusReason.BacktabFocusReason
            widget.setFocus(raison)
            return True
    return False


def lus(bloc: QWidget) -> Iterator[QWidget]:
    """All that can have the keyboard in a block, by Tab, by the arrows or by the pointer, in reading order."""
    if bloc.focusPolicy() != Qt.FocusPolicy.NoFocus and bloc.focusProxy() is None and bloc.isEnabled():
        yield bloc
    if isinstance(bloc, _ENTIERS):
        return
    apres: list[QWidget] = []
    entete = getattr(bloc, "entete", None)
    for enfant in _enfants(bloc):
        if enfant.isHidden() or not enfant.isVisible():
            continue
        if isinstance(entete, QLayout) and isinstance(enfant, BtnMenu) and entete.indexOf(enfant) >= 0:
            apres.append(enfant)  # the rare acts of a card, though its title has them, come after its questions
        else:
            yield from lus(enfant)
    for menu in apres:
        yield from lus(menu)


def _enfants(bloc: QWidget) -> Iterator[QWidget]:
    if isinstance(bloc, QMainWindow):
        yield from _seul(bloc.centralWidget())
    elif isinstance(bloc, QScrollArea):
        yield from _seul(bloc.widget())
    else:
        enfants = [enfant for enfant in bloc.children() if isinstance(enfant, QWidget) and not enfant.isWindow()]
        if (mise := bloc.layout()) is not None:
            yield from _poses(mise, enfants)
        else:
            yield from sorted(enfants, key=lambda enfant: (enfant.y(), enfant.x()))


def _seul(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is not None:
        yield widget


def _poses(mise: QLayout, enfants: Sequence[QWidget]) -> Iterator[QWidget]:
    """Those of the children that a layout holds, in its order, each layout within it at its rank.

    They are asked where they are: `itemAt` would give their places a name (`mise` says what comes of it).
    """
    dedans = [autre for autre in mise.children() if isinstance(autre, QLayout)]
    rangs = {rang: enfant for enfant in enfants if (rang := mise.indexOf(enfant)) >= 0}
    for rang in _ordre(mise, [*rangs, *(mise.indexOf(autre) for autre in dedans)]):
        if rang in rangs:
            yield rangs[rang]
        else:
            yield from _poses(next(autre for autre in dedans if mise.indexOf(autre) == rang), enfants)


def _ordre(mise: QLayout, rangs: list[int]) -> list[int]:
    if isinstance(mise, QGridLayout):
        return sorted(rangs, key=lambda rang: _case(mise, rang))
    return sorted(rangs, reverse=isinstance(mise, QBoxLayout) and mise.direction() in _A_L_ENVERS)


def _case(grille: QGridLayout, rang: int) -> tuple[int, int]:
    ligne, colonne, *_ = cast("tuple[int, int, int, int]", grille.getItemPosition(rang))
    return ligne, colonne
