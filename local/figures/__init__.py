"""What a running deployment told: its metrics, its dashboards drawn from them, its alarms judged by them."""
