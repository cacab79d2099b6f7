"""Webhooks to the tenants' endpoints: the secrets that sign them, and the requests."""
