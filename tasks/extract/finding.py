"""One position as the rules find it, before it becomes rows."""

from dataclasses import dataclass

from tasks.extract.lexicon import StanceTerm
from tasks.extract.phrases import Party
from warehouse.tables import Modality


@dataclass(frozen=True, slots=True)
class Finding:
    """One position; tokens `start` to `end` are the evidence."""

    holders: list[Party]
    targets: list[Party]
    term: StanceTerm
    rule: str
    start: int
    end: int
    is_negated: bool = False
    modality: Modality = "asserted"
