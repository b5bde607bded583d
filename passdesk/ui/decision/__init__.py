"""A decision as it was taken: explained on screen (`page`), and its letter (`sortie`).

Nothing is imported here: the visit uses the letter, and the page is built from what the visit says.
"""
