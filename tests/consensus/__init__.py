"""Tests of the consensus engine, mirroring `app/consensus`."""
