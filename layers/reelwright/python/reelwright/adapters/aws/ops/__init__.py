"""Adapters behind the operator's command line. No function imports them."""
