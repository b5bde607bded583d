"""The one style sheet of the application, written from the tokens and the text scale."""

from __future__ import annotations

from passdesk.ui.jetons import Jetons
from passdesk.ui.police import FAMILLE, STYLES


def feuille(j: Jetons, px: dict[int, int], echelle: float) -> str:
    """The QSS for these tokens; `px` gives the scaled size of each pixel number used here."""
    textes = "\n".join(
        f'QLabel[role="{role}"] {{ font-size: {round(s.taille * echelle)}px; font-weight: {s.graisse}; }}'
        for role, s in STYLES.items()
    )
    tons = "\n".join(
        f'QLabel[ton="{ton}"] {{ color: {j.couleur(ton)}; }}'
        for ton in ("ink2", "ok", "warn", "bad", "brand", "disink", "onbrand", "ink")
    )
    trait = j.cadre
    blocs = "\n".join(
        f'QFrame[tint="{ton}"] {{ background: {j.teinte(ton)}; border: {trait}px solid {j.couleur(ton)}; }}'
        for ton in ("ok", "warn", "bad", "info", "neutre")
    )
    bord = max(1, trait)
    return f"""
* {{ font-family: "{FAMILLE}"; }}
QWidget {{ color: {j.ink}; font-size: {px[16]}px; }}
QLabel {{ background: transparent; }}
QLabel[role="small"], QLabel[role="key"] {{ color: {j.ink2}; }}
{textes}
{tons}
QLabel:disabled {{ color: {j.disink}; }}
QMainWindow, QDialog, QWidget[role="paper"] {{ background: {j.paper}; }}
QFrame[role="side"] {{ background: {j.side}; }}
QFrame[role="strip"] {{ background: {j.strip}; border-top: {trait}px solid {j.line}; }}
QFrame[role="card"] {{ background: {j.surface}; border: {trait}px solid {j.line}; border-radius: 10px; }}
QFrame[role="sunk"] {{ background: {j.sunk}; border: {trait}px solid {j.line}; border-radius: 6px; }}
QFrame[role="bloc"] {{ border-radius: 6px; }}
QFrame[role="tete"] {{ border-top-left-radius: 10px; border-top-right-radius: 10px; }}
{blocs}
QFrame[role="tete"] {{ border-top: 0px; border-left: 0px; border-right: 0px; }}
QFrame[role="line"] {{ background: {j.line}; border: 0px; max-height: 1px; min-height: 1px; }}
QFrame[role="tuile"] {{ background: transparent; border: 0px; border-radius: 6px; }}
QFrame[role="tuile"][choisie="true"] {{ background: {j.sel}; }}
QLineEdit, QComboBox, QPlainTextEdit {{
  background: {j.surface}; color: {j.ink}; border: {bord}px solid {j.edge}; border-radius: 6px;
  padding: 0px {px[12]}px; min-height: {px[40] - 2 * bord}px;
  selection-background-color: {j.brand}; selection-color: {j.onbrand};
}}
QLineEdit {{ placeholder-text-color: {j.ink2}; }}
QLineEdit[bas="true"], QComboBox[bas="true"] {{ min-height: {px[36] - 2 * bord}px; }}
QLineEdit[etat="erreur"], QComboBox[etat="erreur"] {{ border: 2px solid {j.bad}; min-height: {px[40] - 4}px; }}
QLineEdit[etat="doute"], QComboBox[etat="doute"] {{ border: 2px solid {j.warn}; min-height: {px[40] - 4}px; }}
QLineEdit[bas="true"][etat="erreur"], QLineEdit[bas="true"][etat="doute"] {{ min-height: {px[36] - 4}px; }}
QPlainTextEdit {{ padding: {px[8] // 2}px {px[8]}px; }}
QPlainTextEdit[etat="erreur"] {{ border: 2px solid {j.bad}; }}
QLineEdit:disabled, QComboBox:disabled, QLineEdit:read-only, QPlainTextEdit:read-only {{
  background: {j.dis}; color: {j.disink}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ border-style: {"dashed" if trait else "solid"}; }}
QComboBox {{ padding-left: {px[12] + 2}px; padding-right: 0px; combobox-popup: 0; }}
QComboBox::drop-down {{ border: 0px; width: {px[32]}px; }}
QComboBox::down-arrow {{ image: none; }}
QAbstractItemView {{
  background: {j.surface}; color: {j.ink}; border: {bord}px solid {j.edge}; outline: 0px;
  selection-background-color: {j.sel}; selection-color: {j.ink}; padding: 2px;
}}
QAbstractItemView::item {{ min-height: {px[36]}px; padding: 0px {px[12]}px; color: {j.ink}; }}
QAbstractItemView::item:selected, QAbstractItemView::item:hover {{
  background: {j.sel}; color: {j.ink}; border-left: 4px solid {j.brand};
}}
QMenu {{ background: {j.surface}; color: {j.ink}; border: {bord}px solid {j.edge}; padding: 4px; }}
QMenu::item {{
  background: transparent; color: {j.ink}; border-left: 4px solid transparent; padding: {px[8]}px {px[16]}px;
}}
QMenu::item:selected {{ background: {j.sel}; border-left: 4px solid {j.brand}; }}
QHeaderView {{ border: 0px; padding: 0px; }}
QListView[role="liste"] {{ background: transparent; border: 0px; padding: 0px; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="fond"], QAbstractScrollArea::viewport {{
  background: transparent; border: 0px;
}}
QScrollBar:vertical {{ background: transparent; width: {px[12]}px; margin: 0px; border: 0px; }}
QListView[role="liste"] QScrollBar:vertical {{ width: {px[12] + JEU_ANNEAU}px; margin-left: {JEU_ANNEAU}px; }}
QScrollBar:horizontal {{ background: transparent; height: {px[12]}px; margin: 0px; border: 0px; }}
QScrollBar::handle {{ background: {j.edge}; border-radius: {px[12] // 2 - 1}px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: {px[40]}px; }}
QScrollBar::handle:horizontal {{ min-width: {px[40]}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0px; height: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{
  background: {j.dis}; border: {bord}px solid {j.edge}; border-radius: 4px;
  max-height: {px[8]}px; min-height: {px[8]}px;
}}
QProgressBar::chunk {{ background: {j.brand}; border-radius: 3px; }}
QToolTip {{ background: {j.surface}; color: {j.ink}; border: 1px solid {j.edge}; padding: 4px; }}
"""


TAILLES_FEUILLE = (8, 12, 16, 32, 36, 40)
JEU_ANNEAU = 8
"""Pixels between a row and the scroll bar of its list: the focus ring stands there."""
