"""The report to look at: one HTML file made from the publication."""
