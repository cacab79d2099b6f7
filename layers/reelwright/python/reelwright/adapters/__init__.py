"""The outside world behind the ports: AWS, Kling, media files."""
