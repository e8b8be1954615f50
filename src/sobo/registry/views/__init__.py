"""The register's pages: one question or one operation a view."""
