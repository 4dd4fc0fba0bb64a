"""Reviewed corrections: read from CSV files, applied to articles and to what is found in them."""

from tasks.corrections.articles import correct_article, restored
from tasks.corrections.loading import FILE, Corrections, load_corrections, no_corrections
from tasks.corrections.rows import correct_rows
from tasks.corrections.values import ROW_TABLES, SETTABLE

__all__ = [
    "FILE",
    "ROW_TABLES",
    "SETTABLE",
    "Corrections",
    "correct_article",
    "correct_rows",
    "load_corrections",
    "no_corrections",
    "restored",
]
