"""Labels of other pipelines as demarche's."""

from collections.abc import Mapping
from types import MappingProxyType

from spacy.language import Language
from spacy.tokens import Doc, Span

from tasks.language.labels import LABELS

MAPPED: Mapping[str, str] = MappingProxyType(
    {label: label for label in LABELS}
    | {"PER": "PERSON", "FAC": "LOC"}
    | dict.fromkeys(("WORK_OF_ART", "LAW", "PRODUCT", "LANGUAGE"), "MISC")
)
"""OntoNotes' and CoNLL's labels of names; what is not here, such as DATE, is no name."""


LABELS_PIPE = "demarche_labels"


@Language.component(LABELS_PIPE, requires=["doc.ents"], assigns=["doc.ents"])
def map_labels(doc: Doc) -> Doc:
    """Give the names of `doc` demarche's labels, and drop what is no name."""
    doc.set_ents(
        [
            Span(doc, ent.start, ent.end, label=MAPPED[ent.label_])
            for ent in doc.ents
            if ent.label_ in MAPPED
        ]
    )
    return doc
