"""Robots that play a workshop as people would: they read pages, send forms and listen to the socket.

Law: nothing of Concord is imported here, so a robot can do and see only what a phone or a laptop can.
"""
