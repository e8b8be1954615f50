"""The pages of the intake: a file sent, mended, compared, written, taken back."""
