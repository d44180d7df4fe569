"""Running a workshop: phases, moves, screens, and the sockets that carry them."""
