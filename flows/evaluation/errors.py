"""What can go wrong in an evaluation that a person can mend."""

from tasks.errors import DemarcheError


class EvaluationError(DemarcheError):
    """Data for an evaluation are missing, or not as expected."""
