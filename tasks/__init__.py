"""What happens to an article: plain typed functions, without Prefect and without SQL."""
