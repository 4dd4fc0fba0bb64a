"""The command line `demarche`."""
