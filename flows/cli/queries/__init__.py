"""Commands that answer questions: who, stance, timeline, statements, why, sql, shell."""
