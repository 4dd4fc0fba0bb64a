"""Who is named in cloned articles, and in which words they are written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.growth.template import Ints, Template, Templates

KEPT, TAIL = 0.5, 1 / 0.72 - 1
"""Share of the registry's entities that stay; exponent by which a found name comes back."""
WORD_SHARE = 0.9
"""Share of plain words drawn anew; see `benchmarks/README.md` for how it was chosen."""
SPELLINGS = 2_003


@dataclass(frozen=True, slots=True)
class Cast:
    """Who stands for the entities of a chunk's articles: one entry an article and entity."""

    first: Ints
    ids: NDArray[np.object_]
    spelling: Ints


def cast_of(templates: Templates, kinds: Ints, parents: Ints, rng: np.random.Generator) -> Cast:
    """Return who is named in clones of the templates `kinds`; a retelling has its parent's."""
    sizes = np.array([len(templates.all[kind].entities) for kind in kinds])
    first = np.cumsum(sizes) - sizes
    ids = np.empty(sizes.sum(), object)
    spelling = np.minimum(rng.random(len(ids)) ** (-1 / TAIL), 1e15).astype(np.int64) % SPELLINGS
    stays = rng.random(len(ids)) < KEPT
    drawn = rng.random(len(ids))
    for number, kind in enumerate(kinds.tolist()):
        start, parent = first[number], parents[number]
        size = sizes[number]
        if parent >= 0:
            ids[start : start + size] = ids[first[parent] : first[parent] + size]
            spelling[start : start + size] = spelling[first[parent] : first[parent] + size]
            continue
        for place, entity_id in enumerate(templates.all[kind].entities, start):
            if entity_id not in templates.registry:
                ids[place] = templates.spelt_id(entity_id, int(spelling[place]))
            else:
                ids[place] = entity_id if stays[place] else templates.other(entity_id, drawn[place])
    return Cast(first, ids, spelling)


def texts_of(
    templates: Templates,
    kinds: Ints,
    parents: Ints,
    is_copy: NDArray[np.bool_],
    cast: Cast,
    rng: np.random.Generator,
) -> list[str]:
    """Return the texts of clones of the templates `kinds`; copies have their parent's."""
    made: list[list[str]] = []
    texts: list[str] = []
    for number, kind in enumerate(kinds.tolist()):
        parent = int(parents[number])
        if is_copy[number]:
            made.append(made[parent])
            texts.append(texts[parent])
            continue
        template = templates.all[kind]
        first = int(cast.first[number])
        spelling = cast.spelling[first : first + len(template.entities)]
        made.append(
            _words(templates, template, spelling, made[parent] if parent >= 0 else None, rng)
        )
        texts.append("".join(made[-1]))
    return texts


def _words(
    templates: Templates,
    template: Template,
    spelling: Ints,
    parent: Sequence[str] | None,
    rng: np.random.Generator,
) -> list[str]:
    """Return the pieces of a clone's text; from `parent`, those of every other sentence."""
    pieces = np.array(template.pieces if parent is None else parent, object)
    is_drawn = rng.random(len(template.drawn)) < WORD_SHARE
    if parent is not None:
        is_drawn &= rng.random(template.sentences + 1)[template.drawn_in] < 0.5
    places = template.drawn[is_drawn]
    at = template.pool_first[is_drawn] + rng.random(len(places)) * template.pool_size[is_drawn]
    pieces[places] = templates.pool[at.astype(np.int64)]
    words: list[str] = pieces.tolist()
    for place, word, entity in template.names:
        words[place] = templates.spelt(word, int(spelling[entity]))
    return words
