"""Whether what the functions really tell makes the alarms ring that it should, and no others."""
