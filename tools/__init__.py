"""What the Makefile runs: catalogues, locks, and the example of the settings."""
