"""What happened: who did what to whom, where and when, read from the parse."""

from tasks.extract.events.finding import find_events

__all__ = ["find_events"]
