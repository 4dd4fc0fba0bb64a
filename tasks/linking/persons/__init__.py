"""Persons: one under several names, and several under one name."""
