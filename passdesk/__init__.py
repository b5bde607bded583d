"""PassDesk: le pass numérique au guichet, avec ou sans réseau."""

__version__ = "0.1.0"
