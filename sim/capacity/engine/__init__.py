"""One replication: the service under SimPy, its people, and everything counted. It never sees who judges it."""
