"""The steps of extraction: which rests on which, which tables each fills, and its version key.

A key is a digest of what decides over a step's rows: its code with all of ours that it imports,
the word lists that this code reads, the model or registry it is given, and the keys of the steps
before it. So a step whose key is as it was gives the rows that it gave.
"""

from tasks.extract.steps.graph import (
    STEPS,
    Step,
    StepName,
    keys_text,
    read_keys,
    resting_on,
    step_of,
    to_redo,
    with_needs,
)
from tasks.extract.steps.keys import step_keys

__all__ = [
    "STEPS",
    "Step",
    "StepName",
    "keys_text",
    "read_keys",
    "resting_on",
    "step_keys",
    "step_of",
    "to_redo",
    "with_needs",
]
