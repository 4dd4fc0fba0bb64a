"""Copies of the publication for other programs: a PostgreSQL schema, CSV, Arrow, Parquet."""
