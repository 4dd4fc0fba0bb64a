from pathlib import Path

import pytest

from tasks.errors import SourceError
from tasks.records import Item
from tests.ingest.given import read
from warehouse.tables import Rejection


def refs(location: Path | str) -> list[str]:
    return [item.item_ref for item in read(location)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "sub/a.md", "sub/deep/c.HTML", ".hidden.txt", ".git/x.txt", "d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_is_read_recursively_in_order_of_path(folder: Path) -> None:
    assert refs(folder) == ["b.txt", "sub/a.md", "sub/deep/c.HTML"]


def test_a_file_is_named_by_its_name(folder: Path) -> None:
    (item,) = read(folder / "sub/a.md")
    assert isinstance(item, Item)
    assert (item.item_ref, item.media_type, item.content) == ("a.md", "text/markdown", b"x")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("**/*.md", ["sub/a.md"]),
        ("**", ["b.txt", "sub/a.md", "sub/deep/c.HTML"]),
        ("sub/*", ["a.md"]),
        ("sub/**/c.*", ["deep/c.HTML"]),
    ],
)
def test_a_glob_counts_from_its_fixed_part(folder: Path, pattern: str, expected: list[str]) -> None:
    assert refs(f"{folder}/{pattern}") == expected


def test_a_name_with_brackets_is_no_glob_where_it_exists(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")
    assert refs(tmp_path / "a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.txt", "no such file"),
        ("d.pdf", "not supported"),
        ("*.csv", "no supported file"),
        (".git", "no supported file"),
        ("none/*.txt", "no supported file"),
    ],
)
def test_a_source_without_readable_files_is_an_error_that_names_it(
    folder: Path, name: str, message: str
) -> None:
    (folder / ".git/x.txt").unlink()
    with pytest.raises(SourceError, match=message) as error:
        read(folder / name)
    assert str(folder / name) in str(error.value)
    assert "\n" not in str(error.value)


def test_links_in_a_circle_end_and_a_folder_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.txt").write_text("x")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self.txt").symlink_to(tmp_path / "a/self.txt")
    assert refs(tmp_path) == ["a/self.txt", "a/x.txt"]


def test_a_dangling_link_and_an_empty_file_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    first, second = read(tmp_path)
    assert isinstance(first, Rejection)
    assert isinstance(second, Rejection)
    assert (first.reason, first.item_ref, second.reason) == ("unreadable", "a.txt", "empty")


def test_names_that_are_not_unicode_can_be_stored(tmp_path: Path) -> None:
    import os

    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    assert refs(tmp_path) == ["caf\ufffd.txt"]
