"""Who stands where: positions of holders on targets, with the words that show them."""

from tasks.extract.stances.finding import find_stances

__all__ = ["find_stances"]
