"""Writing a checked batch into the register, and taking it back."""
