"""Patterns over words: a rule is a line such as `[the] DAY [of] MONTH [[,] YEAR]`.

Words in capitals are classes or rule sets, each read by a function or by further patterns; others
stand for themselves. Square brackets hold what may be missing, a bar parts alternatives. All
patterns of a set are kept as one tree, so that what they share is read once; of several that fit
the longest wins, of equally long ones the first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tasks.extract.times.scan import FIGURES, Scan

Found: TypeAlias = "tuple[Any, int] | None"
Reader = Callable[[Scan, int], Found]
"""What reads a class at a word: its value and the word after it, or None."""
Captures = Mapping[str, Any]
Build = Callable[[Captures], Any]
"""What makes the value of a rule of the classes it read, by name; None where it is no rule."""


def taken(name: str) -> Build:
    """Return a build that gives what the class or set `name` read."""
    return lambda captures: captures[name]


def always(value: object) -> Build:
    """Return a build that gives `value`, whatever was read."""
    return lambda _: value


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    classes: dict[str, "_Node"] = field(default_factory=dict)
    builds: list[Build] = field(default_factory=list)


class Grammar:
    """Readers and rule sets by name."""

    def __init__(self) -> None:
        """Begin with no rule."""
        self._readers: dict[str, Reader] = {}
        self._sets: dict[str, _Node] = {}
        self._starts: dict[str, frozenset[str] | None] = {}

    def reader(self, name: str, reader: Reader, starts: Iterable[str] | None) -> None:
        """Add the class `name`, which `reader` reads.

        `starts` are all words with which it may begin (`FIGURES` for numbers), None any word.
        """
        self._readers[name] = reader
        self._starts[name] = None if starts is None else frozenset(starts)

    def names(self) -> set[str]:
        """Return every class and set that is defined or that a pattern asks for."""
        nodes, names = list(self._sets.values()), {*self._readers, *self._sets}
        while nodes:
            node = nodes.pop()
            names |= set(node.classes)
            nodes += [*node.classes.values(), *node.words.values()]
        return names

    def starts(self, name: str) -> frozenset[str] | None:
        """Return the words with which the class or set `name` may begin; None for any word.

        Raises KeyError where a pattern has a class that there is not.
        """
        if name not in self._starts:
            root, words = self._sets[name], set[str]()
            for word in root.words:
                words.add(FIGURES if word.isdecimal() else word)
            for item in root.classes:
                inner = self.starts(item)
                if inner is None:
                    raise ValueError(f"{name} may begin with any word, by {item}")
                words |= inner
            self._starts[name] = frozenset(words)
        return self._starts[name]

    def rule(self, name: str, patterns: str, build: Build) -> None:
        """Add to the rule set `name` what `patterns`, one a line, make through `build`."""
        root = self._sets.setdefault(name, _Node())
        for line in filter(None, map(str.strip, patterns.splitlines())):
            for sequence in _sequences(line):
                node = root
                for item in sequence:
                    branch = node.classes if item[0].isupper() else node.words
                    node = branch.setdefault(item, _Node())
                node.builds.append(build)

    def read(self, name: str, scan: Scan, at: int) -> Found:
        """Return value and end of the class or rule set `name` at word `at`, or None."""
        if at >= scan.size or not self._may_begin(name, scan.first[at]):
            return None
        key = (name, at)
        if key not in scan.memo:
            scan.memo[key] = None  # A set that begins with itself finds nothing there.
            reader = self._readers.get(name)
            scan.memo[key] = reader(scan, at) if reader else self._longest(name, scan, at)
        return scan.memo[key]

    def _may_begin(self, name: str, word: str) -> bool:
        starts = self._starts[name] if name in self._starts else self.starts(name)
        return starts is None or word in starts

    def _longest(self, name: str, scan: Scan, at: int) -> Found:
        best: Found = None
        for builds, captures, end in self._walk(self._sets[name], scan, at, at, {}):
            if best is not None and end <= best[1]:
                continue
            value = next(filter(None, (build(captures) for build in builds)), None)
            if value is not None:
                best = value, end
        return best

    def _walk(
        self, node: _Node, scan: Scan, start: int, at: int, captures: dict[str, Any]
    ) -> Iterator[tuple[list[Build], dict[str, Any], int]]:
        if node.builds:
            yield node.builds, captures, at
        if at >= scan.size or (at > start and not scan.is_next(at)):
            return
        word = scan.first[at]
        following = node.words.get(scan.lower[at])
        if following is not None:
            yield from self._walk(following, scan, start, at + 1, captures)
        for item, child in node.classes.items():
            if not self._may_begin(item, word):
                continue
            found = self.read(item, scan, at)
            if found is not None:
                yield from self._walk(child, scan, start, found[1], {**captures, item: found[0]})


def _sequences(line: str) -> list[tuple[str, ...]]:
    """Return every sequence of words and classes that a pattern allows."""
    tokens = line.replace("[", " [ ").replace("]", " ] ").split()
    sequences, end = _parsed(tokens, 0)
    if end != len(tokens):
        raise ValueError(f"a bracket too many: {line}")
    return list(dict.fromkeys(sequences))


def _parsed(tokens: list[str], at: int) -> tuple[list[tuple[str, ...]], int]:
    done: list[tuple[str, ...]] = [()]
    while at < len(tokens) and tokens[at] != "]":
        if tokens[at] == "[":
            inner, at = _parsed(tokens, at + 1)
            done = [first + rest for first in done for rest in ((), *inner)]
        else:
            words = tokens[at].split("|")
            done = [(*first, word) for first in done for word in words]
        at += 1
    return done, at
