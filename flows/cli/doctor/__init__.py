"""`demarche doctor`: whether an installation and its data are in order, and how to mend them."""
