-- one row is one change in a holder's mean score on a target, with the evidence on both sides
-- needs: stance_positions
-- How it is found is told in warehouse/macros/stance_shifts_of.sql, which finds changes for other
-- floors of confidence, voices and probabilities.
SELECT * FROM stance_shifts_of()
