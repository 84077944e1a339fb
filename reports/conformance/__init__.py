"""The report of a judged trace: pages, JUnit, terminal, folder."""
