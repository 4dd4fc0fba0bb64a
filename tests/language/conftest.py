import pytest
from spacy.language import Language

from tasks.language import load_language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that ships; no test may change it."""
    return load_language()
