"""Trainers: who may prepare and run workshops, and how they sign in."""
