"""`make pictures`: the dashboards, drawn from the metrics of a run on this machine."""
