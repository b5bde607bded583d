"""The floors of the window: what PySide6 alone costs, with nothing of ours in it."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget

TAILLE = (1366, 768)
LIGNES = 80
"""About as many widgets as the page of a visit: four a line, and the layouts between."""


def fenetre_nue() -> QMainWindow:
    """A window as large as ours, with one line of text."""
    fenetre = QMainWindow()
    fenetre.resize(*TAILLE)
    fenetre.setCentralWidget(QLabel("PassDesk"))
    return fenetre


def page_nue() -> QWidget:
    """A form of 320 widgets of Qt, without a style sheet."""
    page, formulaire = QWidget(), QFormLayout()
    for rang in range(LIGNES):
        ligne, cote_a_cote = QWidget(), QHBoxLayout()
        cote_a_cote.addWidget(QLineEdit(f"Réponse {rang}"))
        cote_a_cote.addWidget(QPushButton("Ouvrir"))
        ligne.setLayout(cote_a_cote)
        formulaire.addRow(QLabel(f"Question {rang}"), ligne)
    page.setLayout(formulaire)
    return page
