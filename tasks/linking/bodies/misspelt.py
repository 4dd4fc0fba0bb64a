"""Long names that differ in the spelling of one word, not in the word."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from rapidfuzz.distance import OSA

from tasks.linking.bodies.names import body_key
from tasks.linking.bodies.spellings import kind_of, states_of
from tasks.linking.links import Links, Why
from tasks.linking.profile import Listed, World

LETTERS, WORDS = 12, 2
"""Least size of a name: in short ones another letter makes another name (Iran, Iraq)."""
WORD = 6
"""Letters of the word from which one wrong letter is a misspelling; for two it takes twice as
many. 'Austria' and 'Australia', 'Slovakia' and 'Slovenia' are two apart."""
RARE = 2
"""Names that may hold the misspelt word: what more names hold is a word of its own."""
MOST = 50
"""Names alike but for one word above which they are a series, not spellings of one name."""

Words = tuple[str, ...]


def link_misspelt(links: Links, world: World) -> None:
    """Link names of two words and twelve letters or more that differ in one word's spelling."""
    states = states_of(world)
    keys = {
        listed: tuple(body_key(listed.name, states).split())
        for listed in world.entities
        if listed.type != "person"
    }
    spread = Counter(word for words in set(keys.values()) for word in set(words))
    long = {one: words for one, words in keys.items() if _is_long(words)}
    for one, other, score in sorted(_pairs(long, spread)):
        told = f"'{one.name}' and '{other.name}' differ in the spelling of one word"
        links.add(one.entity_id, other.entity_id, Why("name:misspelt", score, told))


def _is_long(words: Words) -> bool:
    return len(words) >= WORDS and sum(map(len, words)) >= LETTERS


def _pairs(
    names: Mapping[Listed, Words], spread: Mapping[str, int]
) -> Iterator[tuple[Listed, Listed, float]]:
    """Yield the misspelt name, the right one and the likeness of the differing words."""
    blocks: dict[tuple[str, int, Words, Words], list[Listed]] = {}
    for listed, words in names.items():
        for at in range(len(words)):
            key = (kind_of(listed.type), at, words[:at], words[at + 1 :])
            blocks.setdefault(key, []).append(listed)
    for key, block in blocks.items():
        if 1 < len(block) <= MOST:
            for pair in combinations(block, 2):
                wrong, right = sorted(pair, key=lambda one: one.weight)
                at = key[1]
                score = _likeness(names[wrong][at], names[right][at], spread)
                if score and not wrong.is_registry:
                    yield wrong, right, score


def _likeness(wrong: str, right: str, spread: Mapping[str, int]) -> float | None:
    """Return how alike a rare word and the one it is to be are, 0 to 1; None: two words."""
    length = min(len(wrong), len(right))
    if wrong[0] != right[0] or length < WORD or spread[wrong] > RARE:
        return None
    if not (wrong + right).isalpha():
        return None
    apart = OSA.distance(wrong, right, score_cutoff=2)
    if not 0 < apart <= length // WORD:
        return None
    return round(1 - apart / max(len(wrong), len(right)), 4)
