"""Reelwright: requests in, finished Kling videos out; no job lost, nothing paid twice."""
