"""The trained pipeline that ships with demarche, and the recipe that makes it."""

from pathlib import Path


def folder() -> Path:
    """Return the folder of the pipeline `en_demarche`; `spacy.load` opens it."""
    return Path(__file__).parent / "en_demarche"


def stance_folder() -> Path:
    """Return the folder of the stance classifier, which `tasks.language.stance` reads."""
    return Path(__file__).parent / "stance"
