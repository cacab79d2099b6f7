"""The commands, a module a group: arguments in, a use case called, a report out."""
