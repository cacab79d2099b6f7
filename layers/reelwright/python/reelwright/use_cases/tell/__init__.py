"""Telling others what happened: events on the bus, and webhooks to the tenants' endpoints."""
