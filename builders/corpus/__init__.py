"""What sees many papers: the map over papers, their store, duplicates, decontamination, licence, coverage."""
