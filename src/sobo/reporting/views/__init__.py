"""Pages of reports: the school's forms, signing, review, one return, the records under a figure."""
