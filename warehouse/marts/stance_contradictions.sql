-- one row is one pair of opposite positions of the same holder on the same target
-- needs: stance_positions
-- Which pairs, and near in what, stands in warehouse/macros/stance_contradictions_of.sql, which
-- gives them for other floors of confidence, voices and days.
SELECT * FROM stance_contradictions_of()
