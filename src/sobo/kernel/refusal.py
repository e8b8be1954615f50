"""A refused act: its class is its name, and its two texts say what to do instead."""


class Refusal(Exception):
    """What may not be done. Texts may hold `{names}` of the refusal's own attributes."""

    vi = ""
    en = ""

    def text(self, language: str) -> str:
        """The refusal in `vi` or `en`."""
        return (self.en if language == "en" else self.vi).format(**vars(self))
