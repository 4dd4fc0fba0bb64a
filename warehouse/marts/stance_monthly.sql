-- one row is one holder's record on one target in one month
-- needs: stance_positions
-- The month is that of the day in stance_positions; stances without any day are left out. For
-- other floors of confidence and voices, ask stance_records(by_month := true).
SELECT * FROM stance_records(by_month := true)
