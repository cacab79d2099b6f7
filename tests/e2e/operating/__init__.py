"""The operator's command line on the deployed whole."""
