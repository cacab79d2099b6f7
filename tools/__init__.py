"""Commands that developers and CI run; nothing in here travels to Lambda."""
