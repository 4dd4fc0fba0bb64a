"""One article on its way through extraction: its row, its `Doc` and its sentences."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from tasks.ids import row_id
from warehouse.tables import Article


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence's id and span in `article.text` (start inclusive, end exclusive)."""

    sentence_id: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article, its spaCy `Doc` over `article.text`, and its sentences in order."""

    article: Article
    doc: Doc
    sentences: tuple[SentenceSpan, ...]

    @classmethod
    def of(cls, article: Article, doc: Doc) -> "Document":
        """Return the document of `article`; `doc` must have sentence boundaries."""
        spans = (trimmed(article.text, s.start_char, s.end_char) for s in doc.sents)
        return cls(
            article,
            doc,
            tuple(
                SentenceSpan(row_id("sentences", article.article_id, start, end), start, end)
                for start, end in spans
                if start < end
            ),
        )

    def sentence_at(self, char: int) -> SentenceSpan:
        """Return the sentence that holds `char`, or the one before it.

        Raises IndexError where the document has no sentence.
        """
        index = bisect_right(self.sentences, char, key=lambda s: s.start_char) - 1
        return self.sentences[max(index, 0)]

    def tokens_of(self, sentence: SentenceSpan) -> Sequence[Token]:
        """Return the tokens of `sentence`."""
        span = self.doc.char_span(sentence.start_char, sentence.end_char, alignment_mode="expand")
        return () if span is None else list(span)

    def is_question(self, sentence: SentenceSpan) -> bool:
        """Tell whether `sentence` ends in a question mark, within quotation marks or not."""
        text = self.article.text[sentence.start_char : sentence.end_char]
        return text.rstrip("\"'”’)").endswith("?")  # noqa: RUF001


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
