-- one row is one holder's record on one target, of its own or as represented by spokesmen
-- needs: stance_positions
-- Holders and targets that are no entity go by their words in the text, with a NULL id. What the
-- figures are is told in warehouse/macros/stance_records.sql, which gives them for other floors
-- of confidence, voices and days.
SELECT * EXCLUDE (month) FROM stance_records()
