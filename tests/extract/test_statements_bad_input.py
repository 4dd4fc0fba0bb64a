"""Texts that are no news: the rules must keep their promises on them, and take no time for ever."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tests.extract.documents import document, mentions
from warehouse.tables import Statement

LONG = "salt " * 4999 + "salt"
POEM = "The tide went out, the tide came in,\nand nobody said why;\nthe gulls sat on the harbour wall\nand told the rain to dry."
LYRICS = "[Chorus]\nOh, she said, she said, she said,\nhold the lamp (hold the lamp!)\n“Hey,” they said, “hey, hey”\n\n[x2]\nHold the lamp"
CODE = "def say(text: str) -> None:\n    print(f\"said: '{text}'\")\n\n\nif who == 'Anna Holm':\n    say(\"it's\" + ' late')  # said so\n"
MARKUP = '<p class="said">Anna Holm said: &quot;yes&quot;</p>\n{"said": "no", "by": ["Holm", \'K\']}'
