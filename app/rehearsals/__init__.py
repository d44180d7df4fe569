"""Rehearsals: a copy of a workshop, played by robots, so that a trainer has seen it before people come."""
