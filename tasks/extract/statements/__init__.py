"""Who said what: direct, indirect and mixed statements with their speakers.

Rules over the dependency parse and the marks of quotation; the words are in `seeds/cues.csv`.
"""

from tasks.extract.statements.finding import find_statements

__all__ = ["find_statements"]
