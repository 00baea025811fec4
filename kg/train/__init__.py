"""Training of the reader: the gold corpus in, the weight files that ship out. Needs the extra `train`."""
