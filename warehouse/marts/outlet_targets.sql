-- one row is how one outlet's own voice treats one target, beside all other outlets
-- needs: stance_positions
-- What the figures are is told in warehouse/macros/outlet_targets_of.sql, which gives them for
-- other floors of confidence and days.
SELECT * FROM outlet_targets_of()
