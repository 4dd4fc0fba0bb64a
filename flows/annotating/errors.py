"""What can go wrong where others annotate."""

from warehouse.errors import LakeError


class CrewError(LakeError):
    """Those who annotate cannot, as things are set up: another version, no way to the exchange."""
