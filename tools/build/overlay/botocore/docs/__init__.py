"""botocore without its documentation writer: only `utils`, which handlers use, and empty docstrings."""
