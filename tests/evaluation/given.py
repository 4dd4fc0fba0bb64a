"""Pipelines that annotate by the form of a token, as tests tell them, and small marked files."""

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

Reading = tuple[str, str, str, int, str]
"""UPOS, XPOS, lemma, tokens from the word to its head, relation."""


class ByForm:
    """Sets what `readings` give for a form; sentences start at `starts` unless they are preset."""

    def __init__(self, readings: dict[str, Reading], starts: list[str]) -> None:
        self.readings, self.starts = readings, starts

    def __call__(self, doc: Doc) -> Doc:
        if not doc.has_annotation("SENT_START"):
            for token in doc:
                token.is_sent_start = token.text in self.starts
        for token in doc:
            if token.text in self.readings:
                token.pos_, token.tag_, token.lemma_, to_head, token.dep_ = self.readings[
                    token.text
                ]
                token.head = doc[token.i + to_head]
        return doc


@Language.factory("test_by_form")
def make_by_form(
    nlp: Language,  # noqa: ARG001  # spaCy calls it so
    name: str,  # noqa: ARG001
    readings: dict[str, Reading],
    starts: list[str],
) -> ByForm:
    return ByForm(readings, starts)


@Language.component("test_leaning_names")
def name_what_leans(doc: Doc) -> Doc:
    """Make a name of each token that touches the next one."""
    doc.ents = [Span(doc, t.i, t.i + 1, "ORG") for t in doc[:-1] if not t.whitespace_]
    return doc


@Language.component("test_first_names")
def name_what_comes_first(doc: Doc) -> Doc:
    """Make a name of the first token of each sentence."""
    doc.ents = [Span(doc, sentence.start, sentence.start + 1, "ORG") for sentence in doc.sents]
    return doc


@Language.component("test_joins")
def join_first_two(doc: Doc) -> Doc:
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[:2])
    return doc


def reading_by_form(readings: dict[str, Reading], *, starts: list[str]) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("test_by_form", config={"readings": readings, "starts": starts})
    return nlp


def naming(names: dict[str, str]) -> Language:
    """A pipeline that gives the phrases in `names` their labels."""
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"pattern": phrase, "label": label} for phrase, label in names.items()])
    return nlp


def write_conllu(path: Path, *lines: str) -> Path:
    """Write lines whose columns are parted by spaces; short rows get what CoNLL-U still wants."""
    rows = []
    for line in lines:
        cells = line.split()
        if line.startswith("#") or not cells:
            rows.append(line)
        else:  # number, form, lemma, UPOS, XPOS, head, relation, and MISC where given
            number, form, lemma, upos, xpos, head, relation, *misc = cells
            rows.append(
                "\t".join(
                    [number, form, lemma, upos, xpos, "_", head, relation, "_", *(misc or ["_"])]
                )
            )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def write_bio(path: Path, *lines: str) -> Path:
    """Write `token/tag token/tag` lines as two columns, one sentence a line."""
    sentences = (
        "\n".join("\t".join(pair.rsplit("/", 1)) for pair in line.split()) for line in lines
    )
    path.write_text("\n\n".join(sentences) + "\n", encoding="utf-8")
    return path
