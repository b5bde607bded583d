"""PassDesk: le pass numérique au guichet, avec ou sans réseau."""

import logging

__version__ = "0.1.0"

# What is logged is for the journal that the window and the server open: where there is none (a command), Python would
# print it in English on the error output.
logging.getLogger("passdesk").addHandler(logging.NullHandler())
