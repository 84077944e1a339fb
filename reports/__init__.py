"""What did happen, and was it right: trace, verdicts, pages. A leaf: it knows no other folder of the project."""
