"""The recipe of the stance classifier: from marked sentences to the files in `models/stance/`.

Needs the `train` extra. `python -m models.train.stance --data PATH` runs it. Never imported at run
time.
"""
