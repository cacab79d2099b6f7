"""The chaos run: the deployed whole on one machine, its functions killed, its provider lying, its books compared."""
