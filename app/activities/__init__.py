"""Activities: pure plug-ins, one folder a kind. No database, clock or web; kinds do not know each other."""
