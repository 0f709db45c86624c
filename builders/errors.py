"""The one exception for what a user can mend: printed as a single line, without a traceback."""


class UserError(Exception):
    """A mistake in the input or the configuration: names the value, the place and the remedy in one line."""
