"""What every page and reply shares, tried."""
