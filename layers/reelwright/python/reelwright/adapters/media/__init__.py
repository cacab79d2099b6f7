"""Copying a provider's result into the bucket, and knowing that it is a playable video."""
