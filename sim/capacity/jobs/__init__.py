"""The work of a run cut into jobs, and who does them: this process, a pool, a cluster."""
