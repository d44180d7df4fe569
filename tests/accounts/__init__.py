"""Trainers' accounts, tried."""
