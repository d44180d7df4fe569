"""Measurements of the promises about speed, each beside a bare anchor in the same run."""
