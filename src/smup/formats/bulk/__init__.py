"""Files for whoever takes a release whole: which there are, and how each is made of it."""
