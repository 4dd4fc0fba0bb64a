"""What the file system refuses, told with what to do about it."""

import os
from errno import EACCES, EDQUOT, EEXIST, EISDIR, ENOSPC, ENOTDIR, EPERM, EROFS

from warehouse.errors import LakeError, OutageError, WarehouseError

FULL = frozenset({ENOSPC, EDQUOT})
CLOSED = frozenset({EACCES, EPERM, EROFS})
IN_THE_WAY = frozenset({EEXIST, ENOTDIR, EISDIR})


def refused(what: str, error: OSError, *, instead: str = "another --data-dir") -> WarehouseError:
    """Return `error` as ours: LakeError where only a person can help, else OutageError.

    `what` says what could not be done, and to which path; `instead` what else may be chosen.
    """
    head = f"{what}: {os.strerror(error.errno) if error.errno else error}"
    if error.errno in FULL:
        return OutageError(f"{head}; see that the disk has room, then run again")
    if error.errno in CLOSED:
        return LakeError(f"{head}; give this user write permission or choose {instead}")
    if error.errno in IN_THE_WAY:
        return LakeError(f"{head}; move what is in the way or choose {instead}")
    return OutageError(f"{head}; see that the disk is there and well, then run again")
