"""The recipe of `en_demarche`: from public data to the files that ship. Never imported at run time.

Needs the `train` extra. `python -m models.train --data PATH` runs it.
"""
