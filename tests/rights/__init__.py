"""Rights: every address and socket, tried by everybody; a new route without a row fails."""
