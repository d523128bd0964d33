"""The list of changes: model, prepared index, table, pills."""
