-- one row is one dated thing: a story, a statement, a change of stance or a cited work
-- needs: timeline_reports, stance_shifts
-- What the columns tell stands in warehouse/macros/timeline_about.sql, which makes it for one
-- entity or for some kinds alone.
SELECT * EXCLUDE (part) FROM timeline_about()
