"""What a lake costs as it grows to a million articles: cloned articles, and each step timed."""
