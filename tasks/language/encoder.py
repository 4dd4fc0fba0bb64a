"""The component that gives each token its vector: a small BERT, run by ONNX Runtime.

Word embeddings are looked up here and the layers above run in ONNX. One window runs at a time:
the activations of a quantised layer are scaled by their largest, so that windows run together
would change each other's vectors. A text therefore has the same analysis in any batch.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnxruntime as ort
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from tokenizers import Tokenizer

from tasks.language.features import Ints, Spacing, case_of, word_pieces
from tasks.language.files import read_file
from tasks.language.weights import Floats, read_arrays
from tasks.language.windows import likely_ends, windows
from tasks.language.words import spacings, word_indices

GRAPH, TOKENIZER, TABLES = "layers.onnx", "tokenizer.json", "embeddings.npz"
_FILES = (GRAPH, TOKENIZER, TABLES)


class Encoder(Pipe):
    """Sets `doc.tensor`, shape (tokens, width); the rows of white space are zero."""

    def __init__(self, name: str, *, width: int, window: int, overlap: int) -> None:
        """Make an encoder without weights; `from_disk` brings them.

        `window` and `overlap` are in word pieces.
        """
        self.name = name
        self.width, self.window, self.overlap = width, window, overlap
        self._folder: Path | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Encode `doc`."""
        words = word_indices(doc)
        doc.tensor = np.zeros((len(doc), self.width), dtype=np.float32)
        if len(words):
            texts = [doc[index].text for index in words.tolist()]
            doc.tensor[words] = self.encode(texts, spacings(doc, words))
        return doc

    def encode(self, words: list[str], spacing: Ints) -> Floats:
        """Return the vectors of `words`, shape (words, width)."""
        ids, counts = word_pieces(self._tokenizer, words)
        case = np.fromiter(map(case_of, words), dtype=np.int64, count=len(words))
        by_piece = np.full(len(ids), Spacing.JOINED, dtype=np.int64)
        starts = np.cumsum(counts) - counts
        by_piece[starts] = spacing
        ends = likely_ends(words, case, spacing)
        found = np.empty((len(words), self.width), dtype=np.float32)
        for one in windows(counts, ends, self.window, self.overlap):
            inside = slice(one.first, one.last)
            cut = slice(starts[one.first], starts[one.last - 1] + counts[one.last - 1])
            row = by_piece[cut].copy()
            row[0] = Spacing.PARAGRAPH
            hidden = self._run(ids[cut], np.repeat(case[inside], counts[inside]), row)
            sums = np.add.reduceat(hidden, starts[inside] - starts[one.first], axis=0)
            means = sums / counts[inside, None]
            found[one.start : one.end] = means[one.start - one.first : one.end - one.first]
        return found

    def _run(self, ids: Ints, case: Ints, spacing: Ints) -> Floats:
        """Return the vectors of word pieces without those of the two marks."""
        embedded = np.empty((1, len(ids) + 2, self.width), dtype=np.float32)
        embedded[0, 0], embedded[0, -1] = self._marks
        table, scale = self._table, self._scale
        embedded[0, 1:-1] = (
            table[ids] * scale[ids, None] + self._case[case] + self._spacing[spacing]
        )
        hidden: Floats = self._session.run(None, {"embedded": embedded})[0]
        return hidden[0, 1:-1]

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Encoder":  # noqa: ARG002
        """Read the weights from the folder `path`; raises LanguageError that names a bad file."""
        folder = Path(path)
        self._tokenizer = read_file(folder / TOKENIZER, _tokenizer)
        tables = read_arrays(folder / TABLES, ("words", "scale", "case", "spacing"))
        self._table, self._scale = tables["words"], tables["scale"]
        self._case, self._spacing = tables["case"], tables["spacing"]
        self._session = read_file(folder / GRAPH, _session)
        marks = np.array([self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")])
        plain = self._case[0] + self._spacing[0]
        self._marks = self._table[marks] * self._scale[marks, None] + plain
        self._folder = folder
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Copy the files that the weights came from to the folder `path`."""
        assert self._folder is not None, "an encoder without weights cannot be written"
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            (target / name).write_bytes((self._folder / name).read_bytes())


def _tokenizer(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = (
        1  # two read 9 % more words for twice the work: a window is small
    )
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@Language.factory(
    "demarche_encoder",
    assigns=["doc.tensor"],
    default_config={"width": 384, "window": 160, "overlap": 24},
)
def make_encoder(nlp: Language, name: str, width: int, window: int, overlap: int) -> Encoder:  # noqa: ARG001
    """Return an encoder for spaCy's configuration."""
    return Encoder(name, width=width, window=window, overlap=overlap)
