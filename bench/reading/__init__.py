"""The reader judged against texts that people annotated; the gold holds offsets and labels, never text."""
