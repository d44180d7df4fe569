"""This worker's open lines, the doorbell between workers, and who is here."""
