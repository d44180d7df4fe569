"""Taking a workshop home: one record of it, written in several formats."""
