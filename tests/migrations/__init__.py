"""Migrations, tried on both databases."""
