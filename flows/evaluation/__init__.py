"""Measure what demarche reads against what people marked, one module a task."""
