"""Stands in for annotating in processes of tests: no model, no rows, and some titles kill."""

import os
import signal

from flows.annotating.job import Done, Job
from tasks.records import Annotations


def load(_job: Job) -> None:
    """Load nothing."""


def die_at_load(_job: Job) -> None:
    """Die as a process does for which there is no memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def do(job: Job) -> Done:
    """Return no rows for articles, and die at one that is called 'Deadly'."""
    articles = job.exchange.articles(job.chunk)[job.first : job.end]
    if any(article.title == "Deadly" for article in articles):
        os.kill(os.getpid(), signal.SIGKILL)
    name = f"{job.chunk}.{job.first}.rows"
    job.exchange.put_rows(name, [Annotations()])
    return Done((name,), len(articles))
